package io.releve.keyspace.chronicle.directory;

import io.releve.keyspace.Keyspace.FullException;
import io.releve.keyspace.chronicle.memory.KeyHash;
import io.releve.keyspace.chronicle.memory.Memory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * A directory in a {@link GrowingMap}: a key is looked for in exactly one map, the next one if its segment has moved, else
 * the current one. A full segment moves at once, so that none ever overflows.
 */
public final class MappedDirectory implements Directory {
    /** Segments of a new directory: room for about 65,000 keys. */
    public static final int FIRST_SEGMENTS = 64;

    /** The next map is made when the average segment has used this much of its chunks or slots. */
    private static final int PREPARE_PERCENT = 55;
    /** Segments begin to move when the average segment has used this much. */
    private static final int GROW_PERCENT = 75;
    /** Those beyond are made when there are keys for them. */
    private static final int MOST_SEGMENTS = 1 << 22;
    /** Keys for which memory is fetched at the same time. */
    private static final int AHEAD = 32;
    private static final long WAIT_MILLISECONDS = 5_000;
    /** Slot and bits that an entry needs beside its chunks, at usual fill. */
    private static final int ENTRY_OVERHEAD = 12;

    private final GrowingMap maps;
    private final AtomicLong size = new AtomicLong();
    private final AtomicLong chunks = new AtomicLong();
    private final long scratch = Memory.allocate((long) DirectoryMap.CHUNKS * DirectoryMap.CHUNK);
    private long changes;
    private long expected;
    private final long[] ahead = new long[AHEAD];
    private int aheadCount;
    private int fetched;

    private MappedDirectory(GrowingMap maps) {
        this.maps = maps;
    }

    /** Creates an empty directory with files {@code name-generation.map}. */
    public static MappedDirectory create(Path folder, String name, KeyHash hashing, ExecutorService background)
            throws IOException {
        GrowingMap maps = new GrowingMap(folder, name, hashing, background);
        maps.create(FIRST_SEGMENTS);
        return new MappedDirectory(maps);
    }

    /** Opens the files of an earlier run. */
    public static MappedDirectory open(Path folder, DirectoryState state, KeyHash hashing, ExecutorService background)
            throws IOException {
        GrowingMap maps = new GrowingMap(folder, state.name(), hashing, background);
        maps.open(state);
        MappedDirectory directory = new MappedDirectory(maps);
        directory.size.set(state.size());
        directory.chunks.set(state.chunks());
        return directory;
    }

    /** What {@link #open} needs to find this directory again. */
    public DirectoryState state() {
        return maps.state(size.get(), chunks.get());
    }

    @Override
    public long size() {
        return size.getPlain();
    }

    @Override
    public long version() {
        return changes + maps.moves();
    }

    @Override
    public long usedBytes() {
        return chunks.getOpaque() * DirectoryMap.CHUNK + size.getOpaque() * ENTRY_OVERHEAD;
    }

    @Override
    public int usedBytes(long entry) {
        return DirectoryMap.chunks(Entry.size(entry)) * DirectoryMap.CHUNK + ENTRY_OVERHEAD;
    }

    @Override
    public long find(long hash, byte[] base, long offset, int length) {
        if (aheadCount > 0) {
            fetchAhead();
        }
        return maps.mapOf(hash).find(hash, base, offset, length);
    }

    @Override
    public long find(long hash, long expireAt) {
        DirectoryMap map = maps.mapOf(hash);
        long entry = map.candidate(hash, 0);
        while (entry != 0 && !(Record.expireAt(Entry.record(entry)) == expireAt && maps.hash(entry) == hash)) {
            entry = map.candidate(hash, entry);
        }
        return entry;
    }

    @Override
    public long put(long hash, long old, long key, int keyLength, long record, int recordSize) {
        changes++;
        int needed = DirectoryMap.chunks(Entry.size(keyLength, recordSize));
        int before = old == 0 ? 0 : DirectoryMap.chunks(Entry.size(old));
        long entry = old == 0 ? insert(hash, needed, key, keyLength, record, recordSize)
                : replace(hash, needed, key, keyLength, record, recordSize);
        took(needed - before);
        return entry;
    }

    /** Enters a copy of an entry, which lies outside of the directory; its key is not there. */
    public void enter(long hash, long original) {
        changes++;
        int needed = DirectoryMap.chunks(Entry.size(original));
        if (maps.mapOf(hash).insert(hash, original) == 0) {
            makeRoom(hash, needed).insert(hash, original);
        }
        size.setOpaque(size.getPlain() + 1);
        took(needed);
    }

    private void took(int more) {
        chunks.setOpaque(chunks.getPlain() + more);
        if (maps.next() == null && isUsed(PREPARE_PERCENT)) {
            maps.request(nextSegments());
            if (isUsed(GROW_PERCENT)) {
                maps.start(0);
            }
        }
    }

    /** Parts that lie one behind the other in memory; a power of two. They change when the directory grows. */
    public int segments() {
        return maps.current().segments();
    }

    private long insert(long hash, int needed, long key, int keyLength, long record, int recordSize) {
        long entry = maps.mapOf(hash).insert(hash, key, keyLength, record, recordSize);
        if (entry == 0) {
            entry = makeRoom(hash, needed).insert(hash, key, keyLength, record, recordSize);
        }
        size.setOpaque(size.getPlain() + 1);
        return entry;
    }

    private long replace(long hash, int needed, long key, int keyLength, long record, int recordSize) {
        DirectoryMap map = makeRoom(hash, needed);
        map.replace(hash, key, keyLength, record, recordSize);
        return map.find(hash, null, key, keyLength);
    }

    private boolean isUsed(int percent) {
        return fills(1, maps.current().segments(), percent);
    }

    /** Whether so many times what there is would use more than this much of the average segment. */
    private boolean fills(double times, long segments, int percent) {
        return times * chunks.getPlain() > segments * (DirectoryMap.CHUNKS * percent / 100)
                || times * size.getPlain() > segments * (DirectoryMap.SLOTS * 8 / 10 * percent / 100);
    }

    /** Twice as many as there are, or as many as what is expected needs. */
    private int nextSegments() {
        int segments = 2 * maps.current().segments();
        double times = (double) expected / size.getPlain();
        while (segments < MOST_SEGMENTS && fills(times, segments, PREPARE_PERCENT)) {
            segments *= 2;
        }
        return segments;
    }

    /** So many keys are to be there before long: the next map will be large enough for them. */
    public void expect(long keys) {
        expected = keys;
    }

    /**
     * The key of this hash is about to be put. Memory is fetched for all such keys at the same time, when the first of them
     * is looked for; without, each waits for it several times.
     */
    public void expectHash(long hash) {
        if (aheadCount < AHEAD) {
            ahead[aheadCount++] = hash;
        }
    }

    private void fetchAhead() {
        int sum = 0;
        for (int i = 0; i < aheadCount; i++) {
            sum ^= maps.mapOf(ahead[i]).readTable(ahead[i]);
        }
        for (int i = 0; i < aheadCount; i++) {
            sum ^= maps.mapOf(ahead[i]).readFreeChunks(ahead[i]);
        }
        for (int i = 0; i < aheadCount; i++) {
            sum ^= maps.mapOf(ahead[i]).readPlace(ahead[i]);
        }
        aheadCount = 0;
        // kept somewhere, or nothing would be read
        fetched = sum;
    }

    @Override
    public void remove(long hash, long entry) {
        changes++;
        int freed = DirectoryMap.chunks(Entry.size(entry));
        maps.mapOf(hash).remove(hash, entry);
        size.setOpaque(size.getPlain() - 1);
        chunks.setOpaque(chunks.getPlain() - freed);
    }

    /** Makes the segment of a hash take an entry. */
    private DirectoryMap makeRoom(long hash, int needed) {
        while (true) {
            DirectoryMap map = maps.mapOf(hash);
            int segment = map.segment(hash);
            if (map.hasRoom(segment, needed)) {
                return map;
            }
            if (map.usedChunks(segment) + needed < DirectoryMap.CHUNKS * 9 / 10
                    && map.entries(segment) < DirectoryMap.SLOTS * 7 / 10) {
                compact(map, segment);
            } else if (map == maps.next()) {
                while (maps.next() != null) {
                    maps.moveNext();
                }
            } else if (maps.next() != null) {
                maps.move(segment);
            } else {
                maps.request(nextSegments());
                maps.start(WAIT_MILLISECONDS);
                if (maps.next() == null) {
                    throw new FullException("OOM command not allowed: there is no disk space for more keys");
                }
            }
        }
    }

    /** Puts the entries of a segment side by side, so that its free chunks are in one piece. */
    private void compact(DirectoryMap map, int segment) {
        long[] at = {scratch};
        List<Long> entries = new ArrayList<>();
        map.visit(segment, entry -> {
            int bytes = Entry.size(entry);
            Memory.copy(entry, at[0], bytes);
            at[0] += bytes;
            entries.add(entry);
        });
        for (long entry : entries) {
            map.remove(maps.hash(entry), entry);
        }
        for (long copy = scratch; copy < at[0]; copy += Entry.size(copy)) {
            map.insert(maps.hash(copy), copy);
        }
    }

    @Override
    public long scan(long cursor, int count, LongConsumer visitor) {
        long mask = maps.current().segments() - 1;
        long at = cursor;
        long[] visited = {0};
        LongConsumer counting = entry -> {
            visited[0]++;
            visitor.accept(entry);
        };
        do {
            int segment = (int) (at & mask);
            maps.visit(segment, counting);
            // counting in reversed bits keeps a cursor meaningful when the number of segments changes
            at = Long.reverse(Long.reverse(at | ~mask) + 1);
        } while (at != 0 && visited[0] < count);
        return at;
    }

    @Override
    public long random(RandomGenerator generator) {
        if (size.getPlain() == 0) {
            return 0;
        }
        int segments = maps.current().segments();
        // segments are accepted by their number of entries, up to a number that few exceed
        int usual = (int) Math.min(Integer.MAX_VALUE, 2 * (size.getPlain() / segments) + 8);
        while (true) {
            int segment = generator.nextInt(segments);
            int entries = maps.entries(segment);
            if (generator.nextInt(usual) < entries) {
                return maps.random(segment, generator.nextInt(entries), generator);
            }
        }
    }

    @Override
    public boolean maintain(long deadline) {
        if (maps.next() == null && maps.isRequested() && isUsed(GROW_PERCENT)) {
            maps.start(0);
        }
        while (maps.next() != null && System.nanoTime() < deadline) {
            maps.moveNext();
        }
        maps.removeRetired();
        return maps.next() != null;
    }

    @Override
    public void details(Map<String, Long> figures) {
        DirectoryMap now = maps.current();
        DirectoryMap growing = maps.next();
        figures.merge("directory_bytes", usedBytes(), Long::sum);
        figures.merge("directory_mapped_bytes", now.mappedBytes() + (growing == null ? 0 : growing.mappedBytes()),
                Long::sum);
        figures.merge("directory_segments", (long) now.segments(), Long::sum);
        figures.merge("directories_growing", growing == null ? 0L : 1L, Long::sum);
    }

    /** Whether it has the size of a new one. */
    public boolean isSmall() {
        return maps.current().segments() == FIRST_SEGMENTS && maps.next() == null && !maps.isRequested();
    }

    /** Releases the memory and removes the files. */
    public void destroy() {
        close();
        maps.removeFiles();
    }

    @Override
    public void close() {
        maps.close();
        Memory.free(scratch);
    }
}
