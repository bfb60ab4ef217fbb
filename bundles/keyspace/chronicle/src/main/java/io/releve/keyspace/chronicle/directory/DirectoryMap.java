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
 * One generation of a directory: a Chronicle Map with a power of two segments. The only thread that may reads it, and
 * enters new keys, directly in its structures: a segment is a table of 32-bit slots (bits of the hash, number of the
 * entry's first chunk), a bit set of used chunks, and the chunks. Entries are replaced and removed through Chronicle's
 * API.
 *
 * <p>A segment never gets a second tier: a new tier would be allocated on the disk by the thread that stores, and a
 * failure while an entry is being moved would leave its old place both freed and in use. So {@link #hasRoom} is to be
 * asked before one is replaced.
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
    private static final int PAGE = 4096;
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
        created.touchTables();
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

    /** Opens the one into which a map of so many segments was moving when an earlier run ended. */
    static DirectoryMap openNext(Path file, int segments) throws IOException {
        DirectoryMap opened = new DirectoryMap(file, MapFile.open(builder(2 * segments), file));
        if (opened.segments <= segments) {
            opened.close();
            throw new IOException(file + " has " + opened.segments + " segments, no more than " + segments
                    + ": remove it");
        }
        return opened;
    }

    /** Touches the tables of the segments, so that entering a segment's first key has to bring in less. */
    private void touchTables() {
        for (int segment = 0; segment < segments; segment++) {
            Memory.zero(tiers + segment * tierSize, entriesOffset);
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
        return Memory.getInt(header(segment) + HEADER_ENTRIES);
    }

    private long header(int segment) {
        return headers + segment * headerSize;
    }

    /** Whether a segment can take one more entry of this many chunks. */
    boolean hasRoom(int segment, int chunks) {
        return freeRun(segment, chunks) >= 0;
    }

    /** The first of so many free chunks side by side, which Chronicle would take as well, or -1. */
    private int freeRun(int segment, int chunks) {
        long header = header(segment);
        if (Memory.getInt(header + HEADER_ENTRIES) >= maxEntries) {
            return -1;
        }
        long bits = tiers + segment * tierSize + chunkMapOffset;
        int at = lowestFree(segment);
        int run = 0;
        while (at < CHUNKS) {
            int left = 64 - (at & 63);
            long word = Memory.getLong(bits + (at >> 6 << 3)) >>> (at & 63);
            int free = Math.min(Long.numberOfTrailingZeros(word), left);
            run += free;
            at += free;
            if (run >= chunks) {
                return at - run;
            }
            if (free < left) {
                run = 0;
                at += Math.min(Long.numberOfTrailingZeros(~(word >>> free)), left - free);
            }
        }
        return -1;
    }

    /** Makes chunks used that were free. */
    private void take(int segment, int from, int chunks) {
        long word = tiers + segment * tierSize + chunkMapOffset + (from >> 6 << 3);
        long mask = -1L >>> 64 - chunks;
        Memory.putLong(word, Memory.getLong(word) | mask << from);
        int beyond = (from & 63) + chunks - 64;
        if (beyond > 0) {
            Memory.putLong(word + 8, Memory.getLong(word + 8) | mask >>> chunks - beyond);
        }
        long header = header(segment);
        Memory.putInt(header + HEADER_ENTRIES, Memory.getInt(header + HEADER_ENTRIES) + 1);
        // Chronicle's rule: a gap that was too small is tried again once something before it was freed
        if (chunks == 1 || isUsed(segment, lowestFree(segment))) {
            Memory.putInt(header + HEADER_LOWEST_FREE_CHUNK, from + chunks);
        }
    }

    private boolean isUsed(int segment, int chunk) {
        long word = Memory.getLong(tiers + segment * tierSize + chunkMapOffset + (chunk >> 6 << 3));
        return (word >>> chunk & 1) != 0;
    }

    int usedChunks(int segment) {
        long bits = tiers + segment * tierSize + chunkMapOffset;
        int used = 0;
        for (int i = 0; i < CHUNKS / 8; i += 8) {
            used += Long.bitCount(Memory.getLong(bits + i));
        }
        return used;
    }

    /**
     * Enters a key that is not in this map.
     *
     * @return the entry, or 0 when its segment has no room
     */
    long insert(long hash, long keyAddress, int keyLength, long record, int recordSize) {
        long entry = place(hash, Entry.size(keyLength, recordSize));
        if (entry != 0) {
            Entry.write(entry, keyAddress, keyLength, record, recordSize);
        }
        return entry;
    }

    /** Enters a copy of an entry, of another map or outside of all, whose key is not in this one; as {@link #insert}. */
    long insert(long hash, long original) {
        int bytes = Entry.size(original);
        long entry = place(hash, bytes);
        if (entry != 0) {
            Memory.copy(original, entry, bytes);
        }
        return entry;
    }

    /** Reads what an {@link #insert} reads first. */
    int readTable(long hash) {
        return Memory.getInt(tiers + segment(hash) * tierSize + ((long) (slotKey(hash) & SLOTS - 1) << 2))
                ^ lowestFree(segment(hash));
    }

    /** Reads what it reads next. */
    int readFreeChunks(long hash) {
        int segment = segment(hash);
        return (int) Memory.getLong(tiers + segment * tierSize + chunkMapOffset + (lowestFree(segment) >> 6 << 3));
    }

    /** Reads where it will write. At the beginning of a page it does not: to bring that in is cheaper when it is written. */
    int readPlace(long hash) {
        int segment = segment(hash);
        long place = tiers + segment * tierSize + entriesOffset + (long) lowestFree(segment) * CHUNK;
        return place % PAGE < CHUNK || lowestFree(segment) == CHUNKS ? 0 : Memory.getByte(place);
    }

    private int lowestFree(int segment) {
        return Memory.getInt(header(segment) + HEADER_LOWEST_FREE_CHUNK);
    }

    /** Makes an entry of so many bytes, which are to be written; 0 when there is no room. */
    private long place(long hash, int bytes) {
        int segment = segment(hash);
        int chunks = chunks(bytes);
        int chunk = freeRun(segment, chunks);
        if (chunk < 0) {
            return 0;
        }
        take(segment, chunk, chunks);
        long tier = tiers + segment * tierSize;
        int wanted = slotKey(hash);
        int slot = wanted & SLOTS - 1;
        while (Memory.getInt(tier + ((long) slot << 2)) != 0) {
            slot = slot + 1 & SLOTS - 1;
        }
        int content = chunk << slotKeyBits | wanted;
        Memory.putInt(tier + ((long) slot << 2), content);
        return entry(tier, content);
    }

    /** Gives a key of this map another record; {@link #hasRoom} has said yes. The key may not lie in this map. */
    void replace(long hash, long keyAddress, int keyLength, long record, int recordSize) {
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
