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
    private final Prepared<Blocks> growth;
    private final List<ChronicleMap<Slice, Slice>> maps = new ArrayList<>();
    private long[] addresses = new long[1];
    private volatile int count;

    /** A file with the addresses of its blocks. */
    private record Blocks(ChronicleMap<Slice, Slice> map, long[] addresses) {
    }

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
            add(blocks(MapFile.open(builder(size), file(maps.size())), count, size, false));
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
        if (growth.isPending()) {
            return;
        }
        int size = nextFile();
        int before = count;
        Path file = file(maps.size());
        growth.request(() -> blocks(MapFile.create(builder(size), file), before, size, true));
    }

    /** Takes over blocks that were made meanwhile, waiting for them if need be; @return whether there are more now */
    boolean take(long waitMilliseconds) {
        Blocks made = waitMilliseconds == 0 ? growth.poll() : growth.await(waitMilliseconds);
        if (made != null) {
            add(made);
        }
        return made != null;
    }

    /**
     * Enters the blocks of a new file, or finds those of an old one. Entering and touching them takes up to tens of
     * milliseconds a file, so it is done in the background for new ones.
     */
    private static Blocks blocks(ChronicleMap<Slice, Slice> map, int before, int blocks, boolean isNew) {
        long[] found = new long[blocks];
        Slice key = new Slice();
        Slice value = new Slice();
        long number = Memory.allocate(KEY);
        try {
            for (int i = 0; i < blocks; i++) {
                Memory.putLong(number, before + i + 1L);
                key.set(number, KEY, before + i + 1L);
                if (isNew) {
                    map.put(key, value.set(0, SIZE, 0));
                }
                if (map.getUsing(key, value) == null) {
                    throw new IllegalStateException("Block " + (before + i + 1) + " is missing in " + map.file());
                }
                found[i] = value.address();
                if (isNew) {
                    Memory.putLong(found[i], 0);
                }
            }
            return new Blocks(map, found);
        } catch (RuntimeException e) {
            map.close();
            throw e;
        } finally {
            Memory.free(number);
        }
    }

    private void add(Blocks made) {
        maps.add(made.map);
        addresses = Arrays.copyOf(addresses, count + made.addresses.length + 1);
        System.arraycopy(made.addresses, 0, addresses, count + 1, made.addresses.length);
        count += made.addresses.length;
    }

    /** The address of a block. */
    long address(int block) {
        return addresses[block];
    }

    void close() {
        if (growth.isPending()) {
            Blocks unused = growth.await(Long.MAX_VALUE);
            if (unused != null) {
                unused.map.close();
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
