package io.releve.contracts.disk;

import io.releve.persistence.Disk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A disk in memory that remembers what is certain on it and what is not: of each file the content that was forced and
 * the changes since, of directories the names that were synced and the operations since. {@link #cut} says what is there
 * after a power cut. It can become full, slow or broken. Any thread.
 */
public final class SimulatedDisk implements Disk {
    private static final String FULL = "No space left on device";
    private static final String BROKEN = "Input/output error";
    private static final String OFF = "The power is off";
    private static final long UNLIMITED = Long.MAX_VALUE;

    private final Directory root;
    private final LongSupplier clock;
    /** Operations on names that are not certain, in order. */
    private final List<NameOperation> names = new ArrayList<>();
    private long room = UNLIMITED;
    private boolean forcesFail;
    private boolean off;
    private long writes;
    private long forces;
    private long syncs;
    private volatile Runnable duringForce = () -> { };
    private volatile Consumer<String> beforeOperation = operation -> { };

    /** An empty one, with the wall clock. */
    public SimulatedDisk() {
        this(System::currentTimeMillis);
    }

    /** @param clock times of changes, ms since the epoch */
    public SimulatedDisk(LongSupplier clock) {
        this(new Directory(), clock);
    }

    private SimulatedDisk(Directory root, LongSupplier clock) {
        this.root = root;
        this.clock = clock;
    }

    // What a test does

    /**
     * Another disk, with what this one would hold if the power failed now. Of what was not forced any part may be there, in
     * any order, torn anywhere; of the operations on names that were not synced any may have happened, each as a whole.
     */
    public synchronized SimulatedDisk cut(Random random) {
        return new SimulatedDisk(new PowerCut(random).of(root, names), clock);
    }

    /** Another disk with everything, certain or not: what is there after the process was killed. */
    public synchronized SimulatedDisk copy() {
        return new SimulatedDisk(root.copy(), clock);
    }

    /** From now on writes fail after this many bytes, which are written; 0: the disk is full. */
    public synchronized void fullAfter(long bytes) {
        room = bytes;
    }

    /** There is room again, and forcing works. */
    public synchronized void repair() {
        room = UNLIMITED;
        forcesFail = false;
    }

    /** From now on forcing fails. What was to be forced then is lost in a cut, also after a later force that does not fail. */
    public synchronized void failForces() {
        forcesFail = true;
    }

    /** From now on everything fails. */
    public synchronized void powerOff() {
        off = true;
    }

    /** Called, without a lock, in every force before it has an effect: may wait. */
    public void duringForce(Runnable hook) {
        duringForce = hook;
    }

    /** Called, without a lock, before every operation that changes something, with words that name it. */
    public void beforeOperation(Consumer<String> hook) {
        beforeOperation = hook;
    }

    /** Number of writes that were asked for. */
    public synchronized long writes() {
        return writes;
    }

    /** Number of files forced. */
    public synchronized long forces() {
        return forces;
    }

    /** Number of directories synced. */
    public synchronized long directorySyncs() {
        return syncs;
    }

    /** All bytes of a file as they are now. */
    public synchronized byte[] content(Path path) throws IOException {
        return file(path).bytes();
    }

    /** Puts a file there, certain: what somebody has damaged, for example. */
    public synchronized void put(Path path, byte[] content) {
        StoredFile file = new StoredFile(clock.getAsLong());
        file.write(0, content, 0, content.length, clock.getAsLong());
        file.force();
        Directory directory = root.descend(path.getParent(), true);
        directory.now.put(name(path), file);
        directory.certain.put(name(path), file);
    }

    // What a disk does

    private void operation(String what, Path path) throws IOException {
        beforeOperation.accept(what + " " + path.getFileName());
    }

    private void live() throws IOException {
        if (off) {
            throw new IOException(OFF);
        }
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private Directory directory(Path path) throws IOException {
        Directory found = root.descend(path, false);
        if (found == null) {
            throw new NoSuchFileException(path.toString());
        }
        return found;
    }

    private Stored find(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            return root;
        }
        Directory directory = root.descend(parent, false);
        return directory == null ? null : directory.now.get(name(path));
    }

    private StoredFile file(Path path) throws IOException {
        if (find(path) instanceof StoredFile file) {
            return file;
        }
        throw new NoSuchFileException(path.toString());
    }

    private StoredFile add(Path path) throws IOException {
        StoredFile file = new StoredFile(clock.getAsLong());
        Directory directory = directory(path.getParent());
        directory.now.put(name(path), file);
        names.add(new NameOperation(null, null, directory, name(path), file));
        return file;
    }

    @Override
    public File append(Path path) throws IOException {
        operation("append", path);
        synchronized (this) {
            live();
            return new OpenFile(path, find(path) == null ? add(path) : file(path));
        }
    }

    @Override
    public File create(Path path) throws IOException {
        operation("create", path);
        synchronized (this) {
            live();
            if (find(path) == null) {
                return new OpenFile(path, add(path));
            }
            file(path).truncate(0, clock.getAsLong());
            return new OpenFile(path, file(path));
        }
    }

    @Override
    public synchronized InputStream read(Path path) throws IOException {
        live();
        return new Reading(file(path));
    }

    @Override
    public synchronized byte[] read(Path path, long offset, int length) throws IOException {
        live();
        return file(path).read(offset, length);
    }

    @Override
    public synchronized boolean exists(Path path) {
        return find(path) != null;
    }

    @Override
    public synchronized long size(Path path) throws IOException {
        live();
        return file(path).length();
    }

    @Override
    public synchronized long modified(Path path) throws IOException {
        live();
        return file(path).modified();
    }

    @Override
    public synchronized List<Path> list(Path path) throws IOException {
        live();
        return find(path) instanceof Directory directory
                ? directory.now.keySet().stream().map(Path::of).toList() : List.of();
    }

    @Override
    public synchronized void createDirectories(Path path) throws IOException {
        live();
        root.descend(path, true);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        operation("rename", from);
        synchronized (this) {
            live();
            Stored moved = find(from);
            if (moved == null) {
                throw new NoSuchFileException(from.toString());
            }
            Directory source = directory(from.getParent());
            Directory target = directory(to.getParent());
            source.now.remove(name(from));
            target.now.put(name(to), moved);
            names.add(new NameOperation(source, name(from), target, name(to), moved));
        }
    }

    @Override
    public void delete(Path path) throws IOException {
        operation("delete", path);
        synchronized (this) {
            live();
            Stored removed = find(path);
            if (removed != null) {
                Directory directory = directory(path.getParent());
                directory.now.remove(name(path));
                names.add(new NameOperation(directory, name(path), null, null, removed));
            }
        }
    }

    @Override
    public void syncDirectory(Path path) throws IOException {
        operation("sync", path);
        synchronized (this) {
            live();
            Directory directory = directory(path);
            syncs++;
            for (NameOperation operation : names) {
                if (operation.concerns(directory)) {
                    operation.apply();
                }
            }
            names.removeIf(operation -> operation.concerns(directory));
        }
    }

    private final class OpenFile implements File {
        private final Path path;
        private final StoredFile file;

        OpenFile(Path path, StoredFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            operation("write", path);
            synchronized (SimulatedDisk.this) {
                live();
                writes++;
                byte[] part = new byte[(int) Math.min(bytes.remaining(), room)];
                bytes.get(part);
                file.write(file.length(), part, 0, part.length, clock.getAsLong());
                if (room != UNLIMITED) {
                    room -= part.length;
                }
                if (bytes.hasRemaining()) {
                    throw new IOException(FULL);
                }
            }
        }

        @Override
        public void force() throws IOException {
            operation("force", path);
            duringForce.run();
            synchronized (SimulatedDisk.this) {
                live();
                if (forcesFail) {
                    file.failForce();
                    throw new IOException(BROKEN);
                }
                forces++;
                file.force();
            }
        }

        @Override
        public void truncate(long length) throws IOException {
            operation("truncate", path);
            synchronized (SimulatedDisk.this) {
                live();
                file.truncate(length, clock.getAsLong());
            }
        }

        @Override
        public long size() {
            synchronized (SimulatedDisk.this) {
                return file.length();
            }
        }

        @Override
        public void close() {
            // what was not forced stays uncertain
        }
    }

    /** Goes on at bytes that were added meanwhile. */
    private final class Reading extends InputStream {
        private static final int BLOCK = 1 << 16;

        private final StoredFile file;
        private long at;
        private ByteArrayInputStream block = new ByteArrayInputStream(new byte[0]);

        Reading(StoredFile file) {
            this.file = file;
        }

        private void fill() {
            if (block.available() == 0) {
                synchronized (SimulatedDisk.this) {
                    byte[] next = file.read(at, BLOCK);
                    at += next.length;
                    block = new ByteArrayInputStream(next);
                }
            }
        }

        @Override
        public int read() {
            fill();
            return block.read();
        }

        @Override
        public int read(byte[] target, int from, int length) {
            fill();
            return block.read(target, from, length);
        }
    }
}
