package io.releve.keyspace.chronicle.directory;

import io.releve.chronicle.format.v1.Slice;
import io.releve.keyspace.chronicle.file.MapFile;
import io.releve.keyspace.chronicle.file.Residency;
import io.releve.keyspace.chronicle.memory.Memory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.map.VanillaChronicleMap;

/**
 * One generation of a directory: a Chronicle Map with a power of two segments. It is changed through Chronicle's API
 * and read, by the only thread that may, directly in its structures: a segment is a table of 32-bit slots (bits of the
 * hash, number of the entry's first chunk), a bit set of used chunks, and the chunks.
 *
 * <p>A segment never gets a second tier: a new tier would be allocated on the disk by the thread that stores, and a
 * failure while an entry is being moved would leave its old place both freed and in use. So {@link #hasRoom} is to be
 * asked first.
 */
public final class DirectoryMap {
    /** Entries take whole chunks of this many bytes. */
    public static final int CHUNK = 16;
    /** Slots in the table of a segment; it takes entries up to 0.8 of them. */
    static final int SLOTS = 2048;
    /** Chunks in a segment: 128 KiB. */
    static final int CHUNKS = 8192;

    private static final int HASHED_ENTRIES = 1200;
    /** Entries in a segment from which on a random slot is soon found used. */
    private static final int DENSE = 128;
    private static final int LARGEST_ENTRY = 64;
    private static final int TIER_COUNTERS = 64;
    private static final int HEADER_ENTRIES = 8;
    private static final int HEADER_LOWEST_FREE_CHUNK = 12;

    private final Path file;
    private final ChronicleMap<Slice, Slice> map;
    private final int segments;
    private final int segmentBits;
    private final long tiers;
    private final long tierSize;
    private final long headers;
    private final long headerSize;
    private final long chunkMapOffset;
    private final long entriesOffset;
    private final int maxEntries;
    private final int slotKeyMask;
    private final int slotKeyBits;
    private final Slice key = new Slice();
    private final Slice value = new Slice();

    private DirectoryMap(Path file, ChronicleMap<Slice, Slice> map) throws IOException {
        this.file = file;
        this.map = map;
        VanillaChronicleMap<?, ?, ?> layout = (VanillaChronicleMap<?, ?, ?>) map;
        if (layout.tierHashLookupSlotSize != 4 || layout.tierHashLookupCapacity != SLOTS
                || layout.chunkSize != CHUNK || layout.actualChunksPerSegmentTier != CHUNKS
                || Integer.bitCount(layout.actualSegments) != 1 || layout.actualSegments < 2) {
            map.close();
            throw new IOException(file + " has another layout than a directory's: remove it");
        }
        segments = layout.actualSegments;
        segmentBits = Integer.numberOfTrailingZeros(segments);
        tiers = layout.segmentBaseAddr(0);
        tierSize = layout.segmentBaseAddr(1) - tiers;
        headers = layout.segmentHeaderAddress(0);
        headerSize = layout.segmentHeaderAddress(1) - headers;
        chunkMapOffset = layout.tierHashLookupOuterSize + TIER_COUNTERS;
        entriesOffset = chunkMapOffset + layout.tierFreeListOuterSize + layout.tierEntrySpaceInnerOffset;
        maxEntries = (int) layout.maxEntriesPerHashLookup;
        slotKeyBits = layout.tierHashLookupKeyBits;
        slotKeyMask = (1 << slotKeyBits) - 1;
        Residency.expectRandomAccess(tiers, tiers + tierSize * segments);
    }

    private static ChronicleMapBuilder<Slice, Slice> builder(int segments) {
        return MapFile.builder("directory").entries((long) segments * HASHED_ENTRIES).averageKeySize(16)
                .averageValueSize(Record.HEADER + 64).entryAndValueOffsetAlignment(1).actualSegments(segments)
                .entriesPerSegment(HASHED_ENTRIES).actualChunkSize(CHUNK).actualChunksPerSegmentTier(CHUNKS)
                .maxChunksPerEntry(LARGEST_ENTRY);
    }

    /** Creates an empty map; slow, since all blocks are allocated. */
    public static DirectoryMap create(Path file, int segments) throws IOException {
        DirectoryMap created = new DirectoryMap(file, MapFile.create(builder(segments), file));
        created.forgetUnused();
        return created;
    }

    /** Opens what an earlier run has left. */
    public static DirectoryMap open(Path file, int segments) throws IOException {
        DirectoryMap opened = new DirectoryMap(file, MapFile.open(builder(segments), file));
        if (opened.segments != segments) {
            opened.close();
            throw new IOException(file + " has " + opened.segments + " segments instead of " + segments
                    + ": remove it");
        }
        return opened;
    }

    /**
     * The kernel reads ahead while the tables of the segments are cleared, so that the whole file would be in memory
     * before the first key is.
     */
    private void forgetUnused() {
        for (int segment = 0; segment < segments; segment++) {
            long tier = tiers + segment * tierSize;
            Residency.release(tier + entriesOffset, tier + tierSize);
        }
    }

    public Path file() {
        return file;
    }

    public int segments() {
        return segments;
    }

    /** Size of the mapped segments in bytes. */
    public long mappedBytes() {
        return tierSize * segments;
    }

    public int segment(long hash) {
        return (int) hash & segments - 1;
    }

    /** Chunks that an entry of this many bytes takes. */
    public static int chunks(int entrySize) {
        return (entrySize + CHUNK - 1) / CHUNK;
    }

    /**
     * The entry of a key ({@code offset} counts from {@link Memory#ARRAY}, or is an address with a null base), or 0.
     */
    long find(long hash, Object base, long offset, int length) {
        long tier = tiers + (hash & segments - 1) * tierSize;
        int wanted = slotKey(hash);
        int slot = wanted & SLOTS - 1;
        while (true) {
            int content = Memory.getInt(tier + ((long) slot << 2));
            if (content == 0) {
                return 0;
            }
            if ((content & slotKeyMask) == wanted) {
                long entry = entry(tier, content);
                if (Entry.keyLength(entry) == length && Memory.equal(Entry.key(entry), base, offset, length)) {
                    return entry;
                }
            }
            slot = slot + 1 & SLOTS - 1;
        }
    }

    /** The next entry, after {@code previous} (or 0), whose slot agrees with the hash; 0 at the end. */
    long candidate(long hash, long previous) {
        long tier = tiers + (hash & segments - 1) * tierSize;
        int wanted = slotKey(hash);
        boolean reached = previous == 0;
        for (int slot = wanted & SLOTS - 1;; slot = slot + 1 & SLOTS - 1) {
            int content = Memory.getInt(tier + ((long) slot << 2));
            if (content == 0) {
                return 0;
            }
            if ((content & slotKeyMask) == wanted) {
                long entry = entry(tier, content);
                if (reached) {
                    return entry;
                }
                reached = entry == previous;
            }
        }
    }

    private int slotKey(long hash) {
        int bits = (int) (hash >>> segmentBits) & slotKeyMask;
        return bits != 0 ? bits : slotKeyMask;
    }

    private long entry(long tier, int slot) {
        return tier + entriesOffset + (long) (slot >>> slotKeyBits) * CHUNK;
    }

    int entries(int segment) {
        return Memory.getInt(headers + segment * headerSize + HEADER_ENTRIES);
    }

    /** Whether a segment can take one more entry of this many chunks, as Chronicle will look for it. */
    boolean hasRoom(int segment, int chunks) {
        long header = headers + segment * headerSize;
        if (Memory.getInt(header + HEADER_ENTRIES) >= maxEntries) {
            return false;
        }
        long bits = tiers + segment * tierSize + chunkMapOffset;
        int at = Memory.getInt(header + HEADER_LOWEST_FREE_CHUNK);
        int run = 0;
        while (at < CHUNKS) {
            int left = 64 - (at & 63);
            long word = Memory.getLong(bits + (at >> 6 << 3)) >>> (at & 63);
            int free = Math.min(Long.numberOfTrailingZeros(word), left);
            run += free;
            if (run >= chunks) {
                return true;
            }
            at += free;
            if (free < left) {
                run = 0;
                at += Math.min(Long.numberOfTrailingZeros(~(word >>> free)), left - free);
            }
        }
        return false;
    }

    int usedChunks(int segment) {
        long bits = tiers + segment * tierSize + chunkMapOffset;
        int used = 0;
        for (int i = 0; i < CHUNKS / 8; i += 8) {
            used += Long.bitCount(Memory.getLong(bits + i));
        }
        return used;
    }

    /** Inserts or replaces; {@link #hasRoom} has said yes. The key may not lie in this map. */
    void put(long hash, long keyAddress, int keyLength, long record, int recordSize) {
        map.put(key.set(keyAddress, keyLength, hash), value.set(record, recordSize, 0));
    }

    /** Removes an entry of this map. */
    void remove(long hash, long entry) {
        map.remove(key.set(Entry.key(entry), Entry.keyLength(entry), hash));
    }

    /** Visits the entries of a segment; nothing may be changed meanwhile. */
    void visit(int segment, LongConsumer visitor) {
        if (entries(segment) == 0) {
            return;
        }
        long tier = tiers + segment * tierSize;
        for (int slot = 0; slot < SLOTS; slot++) {
            int content = Memory.getInt(tier + ((long) slot << 2));
            if (content != 0) {
                visitor.accept(entry(tier, content));
            }
        }
    }

    /** An entry of a segment, which is not empty, chosen at random. */
    long random(int segment, RandomGenerator generator) {
        long tier = tiers + segment * tierSize;
        int entries = entries(segment);
        if (entries >= DENSE) {
            int content;
            do {
                content = Memory.getInt(tier + ((long) generator.nextInt(SLOTS) << 2));
            } while (content == 0);
            return entry(tier, content);
        }
        int skip = generator.nextInt(entries);
        for (int slot = 0;; slot++) {
            int content = Memory.getInt(tier + ((long) slot << 2));
            if (content != 0 && skip-- == 0) {
                return entry(tier, content);
            }
        }
    }

    /**
     * Unmaps what is not needed again. The pages go first and in pieces: to unmap them all at once would stop every
     * thread that meets a page fault.
     */
    void discard() {
        Residency.drop(tiers, tiers + tierSize * segments);
        close();
    }

    /** Unmaps. Only when nobody can hold an address any more. */
    public void close() {
        map.close();
    }
}
