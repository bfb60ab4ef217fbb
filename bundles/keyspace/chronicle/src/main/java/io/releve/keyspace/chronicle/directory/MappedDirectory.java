package io.releve.keyspace.chronicle.directory;

import io.releve.keyspace.Keyspace.FullException;
import io.releve.keyspace.chronicle.file.Prepared;
import io.releve.keyspace.chronicle.memory.KeyHash;
import io.releve.keyspace.chronicle.memory.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory that grows by doubling. The next map is made in the background with twice the segments; then whole
 * segments move, in any order, segment {@code s} of {@code n} becoming {@code s} and {@code s + n}. A key is looked
 * for in exactly one map: the next one if its segment has moved, else the current one. A full segment moves at once,
 * so that none ever overflows.
 */
public final class MappedDirectory implements Directory {
    /** Segments of a new directory: room for about 65,000 keys. */
    public static final int FIRST_SEGMENTS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(MappedDirectory.class);
    /** The next map is made when the average segment has used this much of its chunks or slots. */
    private static final int PREPARE_PERCENT = 55;
    /** Segments begin to move when the average segment has used this much. */
    private static final int GROW_PERCENT = 75;
    private static final long WAIT_MILLISECONDS = 5_000;
    private static final long RETIREMENT_NANOS = 1_000_000_000L;
    /** Slot and bits that an entry needs beside its chunks, at usual fill. */
    private static final int ENTRY_OVERHEAD = 12;

    private final Path folder;
    private final String name;
    private final ExecutorService background;
    private final KeyHash hashing;
    private final Prepared<DirectoryMap> growth;
    private final AtomicLong size = new AtomicLong();
    private final AtomicLong chunks = new AtomicLong();
    private final List<DirectoryMap> retired = new ArrayList<>();
    private final long scratch = Memory.allocate((long) DirectoryMap.CHUNKS * DirectoryMap.CHUNK);
    private int generation;
    private volatile DirectoryMap current;
    private volatile DirectoryMap next;
    private BitSet moved = new BitSet();
    private int movedCount;
    private int unmovedFrom;
    private long retiredAt;
    private long version;

    private MappedDirectory(Path folder, String name, KeyHash hashing, ExecutorService background) {
        this.folder = folder;
        this.name = name;
        this.hashing = hashing;
        this.background = background;
        growth = new Prepared<>(background);
    }

    /** Creates an empty directory with files {@code name-generation.map}. */
    public static MappedDirectory create(Path folder, String name, KeyHash hashing, ExecutorService background)
            throws IOException {
        MappedDirectory directory = new MappedDirectory(folder, name, hashing, background);
        directory.current = DirectoryMap.create(directory.file(0), FIRST_SEGMENTS);
        return directory;
    }

    /** Opens the files of an earlier run. */
    public static MappedDirectory open(Path folder, DirectoryState state, KeyHash hashing, ExecutorService background)
            throws IOException {
        MappedDirectory directory = new MappedDirectory(folder, state.name(), hashing, background);
        directory.generation = state.generation();
        directory.size.set(state.size());
        directory.chunks.set(state.chunks());
        directory.current = DirectoryMap.open(directory.file(state.generation()), state.segments());
        if (state.moved() != null) {
            directory.next = DirectoryMap.open(directory.file(state.generation() + 1), state.segments() * 2);
            directory.moved = BitSet.valueOf(state.moved());
            directory.movedCount = directory.moved.cardinality();
        }
        return directory;
    }

    /** What {@link #open} needs to find this directory again. */
    public DirectoryState state() {
        return new DirectoryState(name, generation, current.segments(), size.get(), chunks.get(),
                next == null ? null : moved.toLongArray());
    }

    private Path file(int number) {
        return folder.resolve(name + "-" + number + ".map");
    }

    @Override
    public long size() {
        return size.getPlain();
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public long usedBytes() {
        return chunks.getOpaque() * DirectoryMap.CHUNK + size.getOpaque() * ENTRY_OVERHEAD;
    }

    @Override
    public int usedBytes(long entry) {
        return DirectoryMap.chunks(Entry.size(entry)) * DirectoryMap.CHUNK + ENTRY_OVERHEAD;
    }

    private DirectoryMap mapOf(long hash) {
        DirectoryMap map = current;
        return next != null && moved.get(map.segment(hash)) ? next : map;
    }

    @Override
    public long find(long hash, byte[] base, long offset, int length) {
        return mapOf(hash).find(hash, base, offset, length);
    }

    @Override
    public long find(long hash, long expireAt) {
        DirectoryMap map = mapOf(hash);
        long entry = map.candidate(hash, 0);
        while (entry != 0 && !(Record.expireAt(Entry.record(entry)) == expireAt && hash(entry) == hash)) {
            entry = map.candidate(hash, entry);
        }
        return entry;
    }

    private long hash(long entry) {
        return hashing.hash(null, Entry.key(entry), Entry.keyLength(entry));
    }

    @Override
    public long put(long hash, long key, int keyLength, long record, int recordSize) {
        version++;
        int needed = DirectoryMap.chunks(Entry.size(keyLength, recordSize));
        DirectoryMap map = mapOf(hash);
        if (!map.hasRoom(map.segment(hash), needed)) {
            map = makeRoom(hash, needed);
        }
        long old = map.find(hash, null, key, keyLength);
        int before = old == 0 ? 0 : DirectoryMap.chunks(Entry.size(old));
        map.put(hash, key, keyLength, record, recordSize);
        if (old == 0) {
            size.setOpaque(size.getPlain() + 1);
        }
        chunks.setOpaque(chunks.getPlain() + needed - before);
        if (next == null && isUsed(PREPARE_PERCENT)) {
            requestGrowth();
            if (isUsed(GROW_PERCENT)) {
                start(growth.poll());
            }
        }
        return map.find(hash, null, key, keyLength);
    }

    private boolean isUsed(int percent) {
        long segments = current.segments();
        return chunks.getPlain() > segments * (DirectoryMap.CHUNKS * percent / 100)
                || size.getPlain() > segments * (DirectoryMap.SLOTS * 8 / 10 * percent / 100);
    }

    @Override
    public void remove(long hash, long entry) {
        version++;
        int freed = DirectoryMap.chunks(Entry.size(entry));
        mapOf(hash).remove(hash, entry);
        size.setOpaque(size.getPlain() - 1);
        chunks.setOpaque(chunks.getPlain() - freed);
    }

    private void requestGrowth() {
        if (growth.isPending()) {
            return;
        }
        Path file = file(generation + 1);
        int segments = current.segments() * 2;
        growth.request(() -> DirectoryMap.create(file, segments));
    }

    private void start(DirectoryMap map) {
        if (map != null) {
            moved = new BitSet(current.segments());
            movedCount = 0;
            unmovedFrom = 0;
            next = map;
        }
    }

    /** Makes the segment of a hash take an entry. */
    private DirectoryMap makeRoom(long hash, int needed) {
        while (true) {
            DirectoryMap map = mapOf(hash);
            int segment = map.segment(hash);
            if (map.hasRoom(segment, needed)) {
                return map;
            }
            if (map.usedChunks(segment) + needed < DirectoryMap.CHUNKS * 9 / 10
                    && map.entries(segment) < DirectoryMap.SLOTS * 7 / 10) {
                compact(map, segment);
            } else if (map == next) {
                while (next != null) {
                    moveNext();
                }
            } else if (next != null) {
                move(segment);
            } else {
                requestGrowth();
                start(growth.await(WAIT_MILLISECONDS));
                if (next == null) {
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
            map.remove(hash(entry), entry);
        }
        for (long copy = scratch; copy < at[0]; copy += Entry.size(copy)) {
            map.put(hash(copy), Entry.key(copy), Entry.keyLength(copy), Entry.record(copy), Entry.recordSize(copy));
        }
    }

    private void moveNext() {
        unmovedFrom = moved.nextClearBit(unmovedFrom);
        move(unmovedFrom);
    }

    private void move(int segment) {
        version++;
        DirectoryMap target = next;
        current.visit(segment, entry -> target.put(hash(entry), Entry.key(entry), Entry.keyLength(entry),
                Entry.record(entry), Entry.recordSize(entry)));
        moved.set(segment);
        if (++movedCount == current.segments()) {
            retired.add(current);
            retiredAt = System.nanoTime();
            current = target;
            next = null;
            generation++;
        }
    }

    @Override
    public long scan(long cursor, int count, LongConsumer visitor) {
        long mask = current.segments() - 1;
        long at = cursor;
        long[] visited = {0};
        LongConsumer counting = entry -> {
            visited[0]++;
            visitor.accept(entry);
        };
        do {
            int segment = (int) (at & mask);
            if (next != null && moved.get(segment)) {
                next.visit(segment, counting);
                next.visit(segment + current.segments(), counting);
            } else {
                current.visit(segment, counting);
            }
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
        int segments = current.segments();
        // segments are accepted by their number of entries, up to a number that few exceed
        int usual = (int) Math.min(Integer.MAX_VALUE, 2 * (size.getPlain() / segments) + 8);
        while (true) {
            int segment = generator.nextInt(segments);
            boolean isMoved = next != null && moved.get(segment);
            DirectoryMap map = isMoved ? next : current;
            int first = map.entries(segment);
            int second = isMoved ? map.entries(segment + segments) : 0;
            if (generator.nextInt(usual) < first + second) {
                int chosen = generator.nextInt(first + second);
                return chosen < first ? map.random(segment, generator) : map.random(segment + segments, generator);
            }
        }
    }

    @Override
    public boolean maintain(long deadline) {
        if (next == null && growth.isPending() && isUsed(GROW_PERCENT)) {
            start(growth.poll());
        }
        while (next != null && System.nanoTime() < deadline) {
            moveNext();
        }
        if (!retired.isEmpty() && System.nanoTime() - retiredAt > RETIREMENT_NANOS) {
            retired.forEach(map -> background.execute(() -> delete(map)));
            retired.clear();
        }
        return next != null;
    }

    private static void delete(DirectoryMap map) {
        map.discard();
        try {
            Files.deleteIfExists(map.file());
        } catch (IOException e) {
            LOG.warn("{} could not be removed: {}", map.file(), e.getMessage());
        }
    }

    @Override
    public void details(Map<String, Long> figures) {
        DirectoryMap now = current;
        DirectoryMap growing = next;
        figures.merge("directory_bytes", usedBytes(), Long::sum);
        figures.merge("directory_mapped_bytes", now.mappedBytes() + (growing == null ? 0 : growing.mappedBytes()),
                Long::sum);
        figures.merge("directory_segments", (long) now.segments(), Long::sum);
        figures.merge("directories_growing", growing == null ? 0L : 1L, Long::sum);
    }

    /** Whether it has the size of a new one. */
    public boolean isSmall() {
        return current.segments() == FIRST_SEGMENTS && next == null && !growth.isPending();
    }

    /** Releases the memory and removes the files. */
    public void destroy() {
        close();
        for (int number = generation; number <= generation + 1; number++) {
            try {
                Files.deleteIfExists(file(number));
            } catch (IOException e) {
                LOG.warn("{} could not be removed: {}", file(number), e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        if (growth.isPending()) {
            DirectoryMap unused = growth.await(Long.MAX_VALUE);
            if (unused != null) {
                delete(unused);
            }
        }
        retired.forEach(MappedDirectory::delete);
        current.close();
        if (next != null) {
            next.close();
        }
        Memory.free(scratch);
    }
}
