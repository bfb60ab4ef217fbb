package io.releve.keyspace.chronicle.directory;

import io.releve.keyspace.chronicle.file.Prepared;
import io.releve.keyspace.chronicle.memory.KeyHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The map of a directory, and a larger one into which it moves, segment by segment: segment {@code s} of {@code n} becomes
 * {@code s} and {@code s + n} of twice as many, {@code s}, {@code s + n}, {@code s + 2n} ... of more. The next map is made in the background; one from which all has moved
 * is removed there, some time later. Files are {@code name-generation.map}.
 */
final class GrowingMap {
    private static final Logger LOG = LoggerFactory.getLogger(GrowingMap.class);
    private static final long RETIREMENT_NANOS = 1_000_000_000L;

    private final Path folder;
    private final String name;
    private final ExecutorService background;
    private final KeyHash hashing;
    private final Prepared<DirectoryMap> growth;
    private final List<DirectoryMap> retired = new ArrayList<>();
    private int generation;
    private volatile DirectoryMap current;
    private volatile DirectoryMap next;
    private BitSet moved = new BitSet();
    private int movedCount;
    private int unmovedFrom;
    private long retiredAt;
    private long moves;

    GrowingMap(Path folder, String name, KeyHash hashing, ExecutorService background) {
        this.folder = folder;
        this.name = name;
        this.hashing = hashing;
        this.background = background;
        growth = new Prepared<>(background);
    }

    void create(int segments) throws IOException {
        current = DirectoryMap.create(file(0), segments);
    }

    /** Opens the files of an earlier run. */
    void open(DirectoryState state) throws IOException {
        generation = state.generation();
        current = DirectoryMap.open(file(generation), state.segments());
        if (state.moved() != null) {
            next = DirectoryMap.openNext(file(generation + 1), state.segments());
            moved = BitSet.valueOf(state.moved());
            movedCount = moved.cardinality();
        }
    }

    DirectoryState state(long size, long chunks) {
        return new DirectoryState(name, generation, current.segments(), size, chunks,
                next == null ? null : moved.toLongArray());
    }

    private Path file(int number) {
        return folder.resolve(name + "-" + number + ".map");
    }

    /** Any thread. */
    DirectoryMap current() {
        return current;
    }

    /** Null while nothing moves. Any thread. */
    DirectoryMap next() {
        return next;
    }

    /** Whether a segment of the current map has gone to the next one. */
    boolean isMoved(int segment) {
        return next != null && moved.get(segment);
    }

    /** The only map that may have the key of a hash. */
    DirectoryMap mapOf(long hash) {
        DirectoryMap map = current;
        return next != null && moved.get(map.segment(hash)) ? next : map;
    }

    /** Changes whenever entries have moved. */
    long moves() {
        return moves;
    }

    /** Begins to make the next map, of so many segments, or of twice as many as there are if that is not possible. */
    void request(int segments) {
        if (growth.isPending()) {
            return;
        }
        Path file = file(generation + 1);
        int least = current.segments() * 2;
        growth.request(() -> {
            try {
                return DirectoryMap.create(file, segments);
            } catch (IOException e) {
                if (segments == least) {
                    throw e;
                }
                return DirectoryMap.create(file, least);
            }
        });
    }

    /** Whether a map was requested that is not in use yet. */
    boolean isRequested() {
        return growth.isPending();
    }

    /** Lets segments move if the next map is there, waiting for it so long if need be. */
    void start(long waitMilliseconds) {
        DirectoryMap map = waitMilliseconds == 0 ? growth.poll() : growth.await(waitMilliseconds);
        if (map != null) {
            moved = new BitSet(current.segments());
            movedCount = 0;
            unmovedFrom = 0;
            next = map;
        }
    }

    /** Visits the entries that a segment of the current map has, or had when it was moved. */
    void visit(int segment, LongConsumer visitor) {
        if (!isMoved(segment)) {
            current.visit(segment, visitor);
            return;
        }
        for (int part = segment; part < next.segments(); part += current.segments()) {
            next.visit(part, visitor);
        }
    }

    /** How many {@link #visit} visits. */
    int entries(int segment) {
        if (!isMoved(segment)) {
            return current.entries(segment);
        }
        int sum = 0;
        for (int part = segment; part < next.segments(); part += current.segments()) {
            sum += next.entries(part);
        }
        return sum;
    }

    /** One of them at random; {@code number} below {@link #entries} is drawn as well. */
    long random(int segment, int number, RandomGenerator generator) {
        if (!isMoved(segment)) {
            return current.random(segment, generator);
        }
        int part = segment;
        for (int before = number - next.entries(part); before >= 0; before -= next.entries(part)) {
            part += current.segments();
        }
        return next.random(part, generator);
    }

    /** Moves one more segment. */
    void moveNext() {
        unmovedFrom = moved.nextClearBit(unmovedFrom);
        move(unmovedFrom);
    }

    /** Moves a segment of the current map. */
    void move(int segment) {
        moves++;
        DirectoryMap target = next;
        current.visit(segment, entry -> target.insert(hash(entry), entry));
        moved.set(segment);
        if (++movedCount == current.segments()) {
            retired.add(current);
            retiredAt = System.nanoTime();
            current = target;
            next = null;
            generation++;
        }
    }

    /** Hash of an entry's key. */
    long hash(long entry) {
        return hashing.hash(null, Entry.key(entry), Entry.keyLength(entry));
    }

    /** Removes maps that have not been in use for a while. */
    void removeRetired() {
        if (!retired.isEmpty() && System.nanoTime() - retiredAt > RETIREMENT_NANOS) {
            retired.forEach(map -> background.execute(() -> delete(map)));
            retired.clear();
        }
    }

    private static void delete(DirectoryMap map) {
        map.discard();
        remove(map.file());
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} could not be removed: {}", file, e.getMessage());
        }
    }

    /** Removes the files; nothing is open any more. */
    void removeFiles() {
        remove(file(generation));
        remove(file(generation + 1));
    }

    void close() {
        if (growth.isPending()) {
            DirectoryMap unused = growth.await(Long.MAX_VALUE);
            if (unused != null) {
                delete(unused);
            }
        }
        retired.forEach(GrowingMap::delete);
        current.close();
        if (next != null) {
            next.close();
        }
    }
}
