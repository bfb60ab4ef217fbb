package io.releve.persistence.rdb;

import io.releve.format.rdb.SnapshotStream;
import io.releve.persistence.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A snapshot on its way into a file: it is written under a name of its own, forced to the disk, and only then gets the name
 * under which it is looked for.
 */
final class SnapshotFile implements SnapshotStream.Target {
    /** Bytes after which what was written is forced, so that the end does not wait for all of it. */
    private static final long FORCED_EACH = 4L << 20;
    private static final int BUFFER = 1 << 18;

    private final Disk disk;
    private final Path temporary;
    private final boolean incremental;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private Disk.File file;
    private long unforced;

    SnapshotFile(Disk disk, Path directory, boolean incremental) {
        this.disk = disk;
        this.incremental = incremental;
        temporary = directory.resolve(temporaryName());
    }

    static String temporaryName() {
        return "temp-" + ProcessHandle.current().pid() + ".rdb";
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (file == null) {
            file = disk.create(temporary);
        }
        int done = 0;
        while (done < length) {
            int piece = Math.min(length - done, buffer.remaining());
            buffer.put(bytes, from + done, piece);
            done += piece;
            if (!buffer.hasRemaining()) {
                drain();
            }
        }
    }

    private void drain() throws IOException {
        unforced += buffer.position();
        file.write(buffer.flip());
        buffer.clear();
        if (incremental && unforced >= FORCED_EACH) {
            file.force();
            unforced = 0;
        }
    }

    /** The file is complete and takes its place. */
    void commit(Path target) throws IOException {
        drain();
        file.force();
        file.close();
        file = null;
        disk.rename(temporary, target);
        disk.syncDirectory(temporary.getParent());
    }

    /** Removes what was written. */
    void discard() {
        try {
            if (file != null) {
                file.close();
            }
            disk.delete(temporary);
        } catch (IOException e) {
            // what cannot be removed now is removed at the next start
        }
    }
}
