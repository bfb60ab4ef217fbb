package io.releve.persistence.aof;

import io.releve.format.aof.AofException;
import io.releve.format.aof.AofReader;
import io.releve.format.rdb.RdbInput;
import io.releve.persistence.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * How far the last part of an append-only file can be relied on. What this server writes ends with a check; a power failure may
 * leave anything of what was not forced, in the middle of values too, and then the check is wrong or missing.
 */
final class Tail {
    private static final int PIECE = 1 << 20;

    private final Disk disk;
    private final Path file;
    private final AofReader reader;
    /** The byte behind what is good. */
    private long good;
    private boolean checks;
    /** Whether what follows what is good begins without a mark: another server has gone on with the file. */
    private boolean foreign;

    private Tail(Disk disk, Path file, InputStream in) {
        this.disk = disk;
        this.file = file;
        reader = new AofReader(RdbInput.source(in));
    }

    /** @return the byte behind what is good; -1 when nothing in the file says it */
    static long soundEnd(Disk disk, Path file) throws IOException {
        try (InputStream in = disk.read(file)) {
            return new Tail(disk, file, in).find();
        }
    }

    private long find() throws IOException {
        if (reader.hasPreamble()) {
            return -1;
        }
        boolean whole = false;
        try {
            AofReader.Event event = AofReader.Event.ANNOTATION;
            while (event == AofReader.Event.ANNOTATION || event == AofReader.Event.COMMAND) {
                long start = reader.position();
                event = reader.next();
                foreign |= event == AofReader.Event.COMMAND && start == good;
                PositionMark mark = event == AofReader.Event.ANNOTATION ? PositionMark.read(reader.annotation()) : null;
                if (mark != null && !accept(mark, start)) {
                    return good;
                }
                whole = event == AofReader.Event.END;
            }
        } catch (AofException e) {
            whole = false;
        }
        if (!checks) {
            return -1;
        }
        if (foreign) {
            return whole ? disk.size(file) : -1;
        }
        return good;
    }

    /** @return false when what is before it is not what was written */
    private boolean accept(PositionMark mark, long start) throws IOException {
        if (mark.kind() == PositionMark.Kind.CHECK) {
            long from = start - mark.length();
            boolean hole = from > good && checks && !foreign;
            if (from < 0 || hole || crc(from, mark.length()) != mark.check()) {
                return false;
            }
            checks = true;
            good = reader.position();
        } else if (start == 0) {
            // one at the very beginning tells that all of the file is this server's
            checks = true;
            good = reader.position();
        } else if (mark.kind() == PositionMark.Kind.CLEAN && (start == good || foreign || !checks)) {
            good = reader.position();
        }
        foreign &= good != reader.position();
        return true;
    }

    private int crc(long from, long length) throws IOException {
        CRC32C crc = new CRC32C();
        long at = from;
        while (at < from + length) {
            byte[] piece = disk.read(file, at, (int) Math.min(PIECE, from + length - at));
            if (piece.length == 0) {
                return ~(int) crc.getValue();
            }
            crc.update(piece);
            at += piece.length;
        }
        return (int) crc.getValue();
    }
}
