package io.releve.keyspace.chronicle;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory with the files of a keyspace, locked against others. */
final class Folder {
    private final Path path;
    private static final Logger LOG = LoggerFactory.getLogger(Folder.class);

    private final FileChannel lockFile;
    private final FileLock lock;

    private Folder(Path path, FileChannel lockFile, FileLock lock) {
        this.path = path;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    static Folder lock(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            throw new IOException("The directory " + path + " for the keyspace does not exist: create it, or set dir");
        }
        FileChannel file;
        try {
            file = FileChannel.open(path.resolve("keyspace.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException("The directory " + path + " cannot be written to by user "
                    + System.getProperty("user.name") + ": change its owner or its mode, or set dir", e);
        }
        FileLock lock = null;
        try {
            lock = file.tryLock();
        } catch (OverlappingFileLockException e) {
            // held by another engine of this process: the same answer
        }
        if (lock == null) {
            file.close();
            throw new IOException("The keyspace in " + path + " is in use by another server: stop it, or set dir");
        }
        return new Folder(path, file, lock);
    }

    Path path() {
        return path;
    }

    /** Bytes the disk has left for us; without limit when nobody can tell. */
    long usableBytes() {
        try {
            return Files.getFileStore(path).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE >> 1;
        }
    }

    /** Whether there are data files. */
    boolean hasData() throws IOException {
        try (DirectoryStream<Path> maps = Files.newDirectoryStream(path, "{directory,extents}-*.map")) {
            return maps.iterator().hasNext();
        }
    }

    /** Removes data files, finished or not. */
    void removeData() throws IOException {
        try (DirectoryStream<Path> maps = Files.newDirectoryStream(path, "{directory,extents}-*.map*")) {
            for (Path map : maps) {
                Files.delete(map);
            }
        }
    }

    /**
     * Has the data files written to the disk, waiting no longer than this.
     *
     * @return whether they are there; otherwise the system goes on writing by itself
     */
    boolean sync(long milliseconds) {
        AtomicBoolean complete = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            try (DirectoryStream<Path> maps = Files.newDirectoryStream(path, "{directory,extents}-*.map")) {
                for (Path map : maps) {
                    try (FileChannel file = FileChannel.open(map, StandardOpenOption.WRITE)) {
                        file.force(true);
                    }
                }
                complete.set(true);
            } catch (IOException e) {
                LOG.warn("The keyspace's files could not be synced: {}", e.toString());
            }
        }, "releve-keyspace-sync");
        writer.setDaemon(true);
        writer.start();
        try {
            writer.join(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return complete.get();
    }

    void unlock() throws IOException {
        lock.release();
        lockFile.close();
    }
}
