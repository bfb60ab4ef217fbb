package io.releve.keyspace.chronicle;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import io.releve.keyspace.chronicle.directory.Directory;
import io.releve.keyspace.chronicle.directory.Entry;
import io.releve.keyspace.chronicle.directory.MappedDirectory;
import io.releve.keyspace.chronicle.directory.Record;
import io.releve.keyspace.chronicle.memory.Memory;
import java.util.Arrays;

/**
 * Strings on their way into a database that is being loaded: they are gathered as entries, and entered segment by segment.
 * One after the other, each would wait for pages of another segment, which are many more than a processor knows the places of.
 */
final class StringBatch {
    private static final int MOST = 1 << 17;
    private static final int BYTES = 16 << 20;
    private static final int LARGEST = 1024;
    /** Entries whose memory is fetched at the same time. */
    private static final int AHEAD = 32;
    private static final int PARTS = 1 << 13;

    private final Storage storage;
    private final Entries entries;
    private final long memory = Memory.allocate(BYTES);
    private final long[] hashes = new long[MOST];
    private final int[] offsets = new int[MOST];
    private final int[] order = new int[MOST];
    private final int[] ends = new int[PARTS];
    private int count;
    private int used;
    private int fetched;

    StringBatch(Storage storage, Entries entries) {
        this.storage = storage;
        this.entries = entries;
    }

    /** Whether it takes such a string. */
    static boolean takes(Bytes key, Bytes content) {
        return key.length() <= Directory.MAX_KEY && content.length() <= Strings.INLINE;
    }

    boolean isFull() {
        return count == MOST || used > BYTES - LARGEST;
    }

    /** Takes a string; there is room. */
    void add(KeyStage stage, Bytes key, Bytes content, long expireAt, int access) {
        stage.set(key);
        int size = entries.draft(stage, key, 0, Type.STRING, expireAt, access, Strings.bodyLength(content));
        Strings.write(storage.draft(), 0, content, 0);
        Entry.write(memory + used, stage.copy(), stage.length(), storage.draft(), size);
        hashes[count] = stage.hash();
        offsets[count++] = used;
        used += Entry.size(stage.length(), size);
    }

    /** Enters what was taken, and is empty; @return whether none of the keys was there */
    boolean enter() {
        MappedDirectory directory = entries.directory();
        sort(directory.segments());
        boolean isNew = true;
        try {
            for (int i = 0; i < count; i++) {
                if (i % AHEAD == 0) {
                    fetch(directory, i);
                }
                isNew &= enter(directory, hashes[order[i]], memory + offsets[order[i]]);
            }
        } finally {
            count = 0;
            used = 0;
        }
        return isNew;
    }

    private void fetch(MappedDirectory directory, int from) {
        int sum = 0;
        for (int i = from; i < Math.min(count, from + AHEAD); i++) {
            directory.expectHash(hashes[order[i]]);
            sum += Memory.getByte(memory + offsets[order[i]]);
        }
        // kept somewhere, or nothing would be read
        fetched = sum;
    }

    private boolean enter(MappedDirectory directory, long hash, long entry) {
        if (directory.find(hash, null, Entry.key(entry), Entry.keyLength(entry)) != 0) {
            return false;
        }
        long record = Entry.record(entry);
        long expireAt = Record.expireAt(record);
        entries.expiry().ensure(Value.NEVER, expireAt);
        Record.epoch(record, storage.pages().epoch());
        directory.enter(hash, entry);
        entries.expiry().change(hash, Value.NEVER, expireAt);
        return true;
    }

    /** By segments, or groups of neighbours: counts, then places. */
    private void sort(int segments) {
        int shift = Math.max(0, Integer.numberOfTrailingZeros(segments) - Integer.numberOfTrailingZeros(PARTS));
        int mask = segments - 1;
        Arrays.fill(ends, 0);
        for (int i = 0; i < count; i++) {
            ends[((int) hashes[i] & mask) >>> shift]++;
        }
        for (int i = 1; i < PARTS; i++) {
            ends[i] += ends[i - 1];
        }
        for (int i = count - 1; i >= 0; i--) {
            order[--ends[((int) hashes[i] & mask) >>> shift]] = i;
        }
    }

    void close() {
        Memory.free(memory);
    }
}
