package io.releve.examples.journal;

import io.releve.persistence.Disk;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Reads a file record by record, as far as they follow each other. */
final class RecordReader implements AutoCloseable {
    private final Disk disk;
    private final Path path;
    private final long size;
    private final DataInputStream in;
    private long offset;
    private int check;
    private byte[] payload;

    RecordReader(Disk disk, Path path) throws IOException {
        this.disk = disk;
        this.path = path;
        size = disk.size(path);
        in = new DataInputStream(new java.io.BufferedInputStream(disk.read(path), 1 << 16));
    }

    /** The next record, or null where what follows is none; {@link #torn} says whether anything follows. */
    byte[] next() throws IOException {
        long left = size - offset - Frame.PREFIX;
        if (left < Frame.COMMON) {
            return null;
        }
        int length = in.readInt();
        int expected = in.readInt();
        if (length < Frame.COMMON || length > left) {
            return null;
        }
        byte[] read = new byte[length];
        in.readFully(read);
        boolean end = read[0] == Frame.END;
        if (Frame.check(end ? 0 : check, read) != expected || end && !endsHere(read)) {
            return null;
        }
        if (!end) {
            offset += Frame.PREFIX + length;
            check = expected;
        }
        payload = read;
        return read;
    }

    private boolean endsHere(byte[] read) {
        return read.length == Frame.END_BYTES - Frame.PREFIX && offset + Frame.END_BYTES == size
                && ByteBuffer.wrap(read).getInt(Frame.COMMON) == check;
    }

    /** Whether the file was closed in good order, whatever is before its end. */
    boolean wasClosed() throws IOException {
        if (size < Frame.END_BYTES) {
            return false;
        }
        ByteBuffer last = ByteBuffer.wrap(disk.read(path, size - Frame.END_BYTES, Frame.END_BYTES));
        byte[] end = new byte[Frame.END_BYTES - Frame.PREFIX];
        int length = last.getInt();
        int expected = last.getInt();
        last.get(end);
        return length == end.length && end[0] == Frame.END && Frame.check(0, end) == expected;
    }

    /** Whether the last record was the end of a file closed in good order. */
    boolean isEnd() {
        return payload != null && payload[0] == Frame.END;
    }

    /** Behind the last record, an end not counted. */
    long offset() {
        return offset;
    }

    /** Of the last record, an end not counted. */
    int check() {
        return check;
    }

    /** Whether something follows that is no record. */
    boolean torn() {
        return !isEnd() && offset < size;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
