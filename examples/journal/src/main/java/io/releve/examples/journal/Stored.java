package io.releve.examples.journal;

import io.releve.log.History;
import io.releve.persistence.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * What is on disk: a base, and files of records of which each continues the one before. A file that does not is of a start
 * whose base was never finished.
 *
 * @param base its number; 0 for nothing
 * @param last the number of the last file
 * @param offset behind its last record, where writing goes on
 * @param check of that record
 * @param history where it ends
 * @param bytes of records
 */
record Stored(long base, long last, long offset, int check, History history, long bytes) {
    /** Is shown the records. */
    interface Visitor {
        void batch(Path path, byte[] payload) throws IOException;
    }

    static final Stored NOTHING = new Stored(0, 0, 0, 0, null, 0);

    /** Walks over everything. @throws IOException where something is damaged that no loss of power explains */
    static Stored walk(Names names, Visitor visitor) throws IOException {
        Disk disk = names.disk();
        long base = names.lastBase();
        Stored stored = NOTHING;
        for (long number = base; base > 0; number++) {
            Path path = names.records(number);
            if (number > base && !disk.exists(path)) {
                break;
            }
            try (RecordReader reader = new RecordReader(disk, path)) {
                byte[] header = reader.next();
                boolean whole = header != null && header[0] == Frame.HEADER && header.length == Frame.COMMON + 5;
                if (!whole && number == base) {
                    throw damaged(path, 0);
                }
                if (!whole || number > base && header[Frame.COMMON] == 0) {
                    break;
                }
                if (number > base && ByteBuffer.wrap(header).getInt(Frame.COMMON + 1) != stored.check) {
                    throw damaged(path, 0);
                }
                stored = read(reader, path, base, number, header, stored.bytes, visitor);
            }
        }
        return stored;
    }

    private static Stored read(RecordReader reader, Path path, long base, long number, byte[] header, long before,
            Visitor visitor) throws IOException {
        byte[] last = header;
        for (byte[] next = reader.next(); next != null; next = reader.next()) {
            last = next;
            if (reader.isEnd()) {
                break;
            }
            if (next[0] != Frame.BATCH) {
                throw damaged(path, reader.offset());
            }
            visitor.batch(path, next);
        }
        if (reader.torn() && reader.wasClosed()) {
            // the disk had all of it
            throw damaged(path, reader.offset());
        }
        return new Stored(base, number, reader.offset(), reader.check(),
                new History(Frame.id(last), Frame.position(last), reader.isEnd()), before + reader.offset());
    }

    static IOException damaged(Path path, long offset) {
        return new IOException("The journal is damaged: " + path + " at byte " + offset
                + ". Take the folder from a backup or from a replica");
    }

    /** As {@link io.releve.persistence.Found#fingerprint}. */
    long fingerprint() {
        return history == null || !history.clean() ? 0
                : (last * 31 + history.position()) * 31 + Integer.toUnsignedLong(check) | 1L << 62;
    }
}
