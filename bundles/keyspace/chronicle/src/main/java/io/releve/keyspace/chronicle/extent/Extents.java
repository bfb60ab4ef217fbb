package io.releve.keyspace.chronicle.extent;

import io.releve.chronicle.format.v1.Slice;
import io.releve.keyspace.chronicle.file.MapFile;
import io.releve.keyspace.chronicle.file.Prepared;
import io.releve.keyspace.chronicle.memory.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;

/**
 * Blocks of 1 MiB, numbered from 1, each at an address that never changes. They come in files, Chronicle Maps from the
 * number to the block; a file is made in the background with all its disk blocks and doubles what there is, up to
 * {@link #LARGEST_FILE} blocks at a time.
 */
final class Extents {
    static final int BITS = 20;
    static final int SIZE = 1 << BITS;

    private static final int FIRST_FILE = 8;
    private static final int LARGEST_FILE = 256;
    private static final int KEY = 8;

    private final Path folder;
    private final Prepared<ChronicleMap<Slice, Slice>> growth;
    private final List<ChronicleMap<Slice, Slice>> maps = new ArrayList<>();
    private final Slice key = new Slice();
    private final Slice value = new Slice();
    private long[] addresses = new long[1];
    private volatile int count;

    Extents(Path folder, ExecutorService background) {
        this.folder = folder;
        growth = new Prepared<>(background);
    }

    private static ChronicleMapBuilder<Slice, Slice> builder(int blocks) {
        return MapFile.builder("extents").constantKeySizeBySample(new Slice().set(0, KEY, 0))
                .constantValueSizeBySample(new Slice().set(0, SIZE, 0)).entryAndValueOffsetAlignment(8)
                .entries(blocks).actualSegments(1);
    }

    private Path file(int number) {
        return folder.resolve("extents-" + number + ".map");
    }

    /** Opens the files that hold the first {@code blocks} blocks. */
    void open(int blocks) throws IOException {
        while (count < blocks) {
            int size = nextFile();
            add(MapFile.open(builder(size), file(maps.size())), size, false);
        }
    }

    private int nextFile() {
        return Math.min(Math.max(count, FIRST_FILE), LARGEST_FILE);
    }

    /** Number of blocks there are. Any thread. */
    int count() {
        return count;
    }

    /** Starts to make more blocks. */
    void request() {
        int size = nextFile();
        Path file = file(maps.size());
        growth.request(() -> MapFile.create(builder(size), file));
    }

    /** Takes over blocks that were made meanwhile, waiting for them if need be; @return whether there are more now */
    boolean take(long waitMilliseconds) {
        ChronicleMap<Slice, Slice> made = waitMilliseconds == 0 ? growth.poll() : growth.await(waitMilliseconds);
        if (made != null) {
            add(made, nextFile(), true);
        }
        return made != null;
    }

    private void add(ChronicleMap<Slice, Slice> map, int blocks, boolean isNew) {
        maps.add(map);
        addresses = Arrays.copyOf(addresses, count + blocks + 1);
        long number = Memory.allocate(KEY);
        for (int i = 1; i <= blocks; i++) {
            int block = count + i;
            Memory.putLong(number, block);
            key.set(number, KEY, block);
            if (isNew) {
                map.put(key, value.set(0, SIZE, 0));
            }
            Slice found = map.getUsing(key, value);
            if (found == null) {
                throw new IllegalStateException("Block " + block + " is missing in " + map.file());
            }
            addresses[block] = found.address();
        }
        Memory.free(number);
        count += blocks;
    }

    /** The address of a block. */
    long address(int block) {
        return addresses[block];
    }

    void close() {
        if (growth.isPending()) {
            ChronicleMap<Slice, Slice> unused = growth.await(Long.MAX_VALUE);
            if (unused != null) {
                unused.close();
                try {
                    Files.deleteIfExists(file(maps.size()));
                } catch (IOException e) {
                    // the next file of this number replaces it
                }
            }
        }
        maps.forEach(ChronicleMap::close);
    }
}
