package io.releve.persistence.aof;

import io.releve.format.aof.AofException;
import io.releve.format.aof.AofFile;
import io.releve.format.aof.AofManifest;
import io.releve.log.History;
import io.releve.persistence.Disk;
import io.releve.persistence.Found;
import io.releve.persistence.PersistenceContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of an append-only file and the manifest that names them. A change of the manifest is certain on the disk when the
 * method that makes it returns. Any thread.
 */
final class AofFolder {
    private static final Logger LOG = LoggerFactory.getLogger(AofFolder.class);
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private final Disk disk;
    private final Path directory;
    private final Path folder;
    private final String prefix;
    private AofManifest manifest;
    /** Sequence number of the last increment that was given out. */
    private long reserved;
    private boolean prepared;
    private boolean closed;
    /** The one file of Redis before 7.0, which is to be taken over. */
    private Path oldFile;

    AofFolder(PersistenceContext context) throws IOException {
        disk = context.disk();
        directory = context.directory();
        prefix = context.settings().get(AofDirectives.FILE_NAME);
        folder = directory.resolve(context.settings().get(AofDirectives.DIRECTORY));
        manifest = readManifest();
    }

    private AofManifest readManifest() throws IOException {
        Path file = folder.resolve(AofManifest.fileName(prefix));
        if (!disk.exists(file)) {
            Path single = directory.resolve(prefix);
            if (disk.exists(single)) {
                oldFile = single;
                return AofManifest.ofOldFile(prefix);
            }
            return AofManifest.EMPTY;
        }
        try {
            AofManifest read = AofManifest.parse(disk.read(file, 0, (int) Math.min(Integer.MAX_VALUE - 16,
                    disk.size(file))));
            // before anything of it was moved into the folder the server stopped
            if (read.base() != null && !disk.exists(folder.resolve(read.base().name()))
                    && read.base().name().equals(prefix) && disk.exists(directory.resolve(prefix))) {
                oldFile = directory.resolve(prefix);
            }
            return read;
        } catch (AofException e) {
            throw new IOException("The manifest " + file + " is damaged: " + e.getMessage(), e);
        }
    }

    synchronized AofManifest manifest() {
        return manifest;
    }

    String prefix() {
        return prefix;
    }

    Path path() {
        return folder;
    }

    Path path(AofFile file) {
        return oldFile != null && file.name().equals(prefix) ? oldFile : folder.resolve(file.name());
    }

    /** What is there, or null. */
    synchronized Found found() throws IOException {
        if (manifest.files().isEmpty()) {
            return null;
        }
        History clean = null;
        AofFile last = manifest.lastIncrement();
        if (last != null && disk.exists(path(last))) {
            long size = disk.size(path(last));
            int length = (int) Math.min(size, PositionMark.MAX_LENGTH);
            clean = PositionMark.atEnd(disk.read(path(last), size - length, length));
        }
        return new Found("the append-only file " + folder, clean == null ? 0 : fingerprint(), clean);
    }

    private long fingerprint() throws IOException {
        long sum = 1;
        for (AofFile file : manifest.files()) {
            if (!disk.exists(path(file))) {
                return 0;
            }
            sum = sum * PRIME + file.name().hashCode();
            sum = sum * PRIME + disk.size(path(file));
            sum = sum * PRIME + disk.modified(path(file));
        }
        return sum == 0 ? 1 : sum;
    }

    /** Makes the folder, and takes over the one file of Redis before 7.0. */
    synchronized void prepare() throws IOException {
        if (prepared) {
            return;
        }
        prepared = true;
        disk.createDirectories(folder);
        if (oldFile != null) {
            // the manifest comes first: a crash in between finds it, and the file where it was
            store(manifest);
            disk.rename(oldFile, folder.resolve(prefix));
            disk.syncDirectory(folder);
            disk.syncDirectory(directory);
            LOG.info("The old append-only file {} was taken over into {}", oldFile, folder);
            oldFile = null;
        }
        removeStrangers();
    }

    /** Removes unfinished files and history that an earlier run has left. */
    private void removeStrangers() throws IOException {
        Set<String> known = new HashSet<>();
        manifest.files().forEach(file -> known.add(file.name()));
        for (Path name : disk.list(folder)) {
            String text = name.toString();
            if (text.startsWith("temp-") || !known.contains(text) && text.startsWith(prefix + ".")
                    && (text.endsWith(".incr.aof") || text.endsWith(".base.rdb") || text.endsWith(".base.aof"))) {
                LOG.info("Removing {}, which is not part of the append-only file", text);
                disk.delete(folder.resolve(name));
            }
        }
    }

    /** Changes nothing any more. */
    synchronized void close() {
        closed = true;
    }

    private void store(AofManifest next) throws IOException {
        if (closed) {
            throw new IOException("the append-only file was closed");
        }
        Path temporary = folder.resolve(AofManifest.temporaryName(prefix));
        try (Disk.File file = disk.create(temporary)) {
            file.write(ByteBuffer.wrap(next.toByteArray()));
            file.force();
        }
        disk.rename(temporary, folder.resolve(AofManifest.fileName(prefix)));
        disk.syncDirectory(folder);
        manifest = next;
    }

    /** Makes an increment a part of the append-only file, with a file of its own, unless it is one already. */
    synchronized AofFile addIncrement(AofFile next, byte[] head) throws IOException {
        if (!next.equals(manifest.lastIncrement())) {
            createIncrement(next, head);
            store(manifest.with(next));
        }
        return next;
    }

    /** Makes the file of an increment; name and head, which tells that all of it is this server's, are certain. */
    void createIncrement(AofFile next, byte[] head) throws IOException {
        try (Disk.File file = disk.create(folder.resolve(next.name()))) {
            file.write(ByteBuffer.wrap(head));
            file.force();
        }
        disk.syncDirectory(folder);
    }

    /** The next increment, which is not part of it yet; every call gives another one. */
    synchronized AofFile reserveIncrement() {
        reserved = Math.max(manifest.nextIncrement(prefix).sequence(), reserved + 1);
        return new AofFile(prefix + "." + reserved + ".incr.aof", reserved, AofFile.Kind.INCREMENT);
    }

    /** A base was written completely under {@code temporary}: it takes the place of all before {@code firstKept}. */
    synchronized void replaceBase(Path temporary, boolean rdb, AofFile firstKept, boolean keepHistory) throws IOException {
        if (closed) {
            throw new IOException("the append-only file was closed");
        }
        AofFile base = manifest.nextBase(prefix, rdb);
        disk.rename(temporary, folder.resolve(base.name()));
        disk.syncDirectory(folder);
        AofManifest known = manifest.increments().stream().anyMatch(i -> i.sequence() == firstKept.sequence())
                ? manifest : manifest.with(firstKept);
        store(known.rewritten(base, firstKept.sequence()));
        if (keepHistory) {
            return;
        }
        AofManifest before = manifest;
        store(before.withoutHistory());
        for (AofFile old : before.history()) {
            disk.delete(folder.resolve(old.name()));
        }
    }

    /** Has nobody take the files for the data any more; they stay, for people. */
    synchronized void retire() throws IOException {
        Path file = folder.resolve(AofManifest.fileName(prefix));
        if (disk.exists(file)) {
            disk.rename(file, folder.resolve(AofManifest.fileName(prefix) + ".retired"));
            disk.syncDirectory(folder);
        }
    }

    /** Bytes of all parts. */
    synchronized long size() throws IOException {
        long sum = 0;
        for (AofFile file : manifest.files()) {
            if (disk.exists(path(file))) {
                sum += disk.size(path(file));
            }
        }
        return sum;
    }
}
