package io.releve.keyspace.chronicle.file;

import io.releve.chronicle.format.v1.Slice;
import io.releve.chronicle.format.v1.SliceAccess;
import io.releve.chronicle.format.v1.SliceReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import net.openhft.chronicle.hash.impl.util.jna.PosixFallocate;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;

/** Creates and opens the files of Chronicle Maps. */
public final class MapFile {
    private static final int STRIP = 1 << 20;

    private MapFile() {
    }

    /** A builder with what all our maps have in common. */
    public static ChronicleMapBuilder<Slice, Slice> builder(String name) {
        SliceReader reader = new SliceReader();
        return ChronicleMapBuilder.of(Slice.class, Slice.class).name(name)
                .keyReaderAndDataAccess(reader, new SliceAccess())
                .valueReaderAndDataAccess(reader, new SliceAccess())
                .putReturnsNull(true).removeReturnsNull(true).checksumEntries(false).skipCloseOnExitHook(true);
    }

    /**
     * Creates a file whose blocks all exist on the disk, so that no later store into the mapping can fail. It gets its
     * name when it is complete: a file that failed half-way would block every later opening.
     */
    public static ChronicleMap<Slice, Slice> create(ChronicleMapBuilder<Slice, Slice> builder, Path file)
            throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        ChronicleMap<Slice, Slice> map = null;
        try {
            map = allocate(builder, unfinished);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return map;
        } catch (IOException | RuntimeException e) {
            if (map != null) {
                map.close();
            }
            Files.deleteIfExists(unfinished);
            throw e instanceof IOException io ? io : new IOException(file + " cannot be created: " + e.getMessage(), e);
        }
    }

    private static ChronicleMap<Slice, Slice> allocate(ChronicleMapBuilder<Slice, Slice> builder, Path file)
            throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            long size = Blueprint.write(builder, file.toFile(), open);
            if (Files.getFileStore(file).getUsableSpace() < size) {
                throw new IOException("there is no room for its " + size + " bytes");
            }
            open.setLength(size);
            try {
                PosixFallocate.fallocate(open.getFD(), 0, size);
            } catch (IOException e) {
                // a file system without fallocate gets its blocks by writing; a full one fails here too
                fill(file);
            }
        }
        return map(builder, file);
    }

    /** Gives every block of a sparse file its place on the disk without changing what it holds. */
    static void fill(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer strip = ByteBuffer.allocateDirect(STRIP);
            long size = channel.size();
            for (long at = 0; at < size; at += strip.limit()) {
                strip.clear().limit((int) Math.min(STRIP, size - at));
                while (strip.hasRemaining() && channel.read(strip, at + strip.position()) >= 0) {
                    continue;
                }
                strip.flip();
                while (strip.hasRemaining()) {
                    channel.write(strip, at + strip.position());
                }
            }
        }
    }

    /** Opens a file that was closed properly. */
    public static ChronicleMap<Slice, Slice> open(ChronicleMapBuilder<Slice, Slice> builder, Path file)
            throws IOException {
        if (!Files.exists(file)) {
            throw new IOException(file + " is missing");
        }
        return map(builder, file);
    }

    private static ChronicleMap<Slice, Slice> map(ChronicleMapBuilder<Slice, Slice> builder, Path file)
            throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Chronicle finds the classes named in a file's header through the context class loader
        thread.setContextClassLoader(ChronicleMap.class.getClassLoader());
        try {
            return builder.createPersistedTo(file.toFile());
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
