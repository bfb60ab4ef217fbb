package io.releve.persistence.rdb;

import io.releve.format.rdb.SnapshotPlace;
import io.releve.persistence.Disk;
import io.releve.persistence.Found;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** What tells one snapshot file from another without reading it: length, time of its last change, and its check. */
final class SnapshotIdentity {
    /** Enough for the fields that a snapshot begins with. */
    private static final int BEGINNING = 1024;
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private SnapshotIdentity() {
    }

    /** @return null when there is no file */
    static Found of(Disk disk, Path file) throws IOException {
        if (!disk.exists(file)) {
            return null;
        }
        long size = disk.size(file);
        byte[] end = disk.read(file, Math.max(0, size - Long.BYTES), Long.BYTES);
        long check = end.length == Long.BYTES ? ByteBuffer.wrap(end).getLong() : 0;
        long fingerprint = ((size * PRIME + disk.modified(file)) * PRIME + check) * PRIME;
        return new Found("the snapshot " + file, fingerprint == 0 ? 1 : fingerprint,
                SnapshotPlace.at(disk.read(file, 0, BEGINNING)));
    }
}
