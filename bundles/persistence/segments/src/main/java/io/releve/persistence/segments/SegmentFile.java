package io.releve.persistence.segments;

import io.releve.persistence.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The segment that is written. When something fails, the next call first cuts off what was written in part, so that it can be
 * tried again. One thread at a time.
 */
final class SegmentFile {
    /** A frame up to this length goes to the disk in one write, with its head. */
    private static final int STAGED = 1 << 18;

    private final Disk disk;
    private final Path path;
    private final SegmentHeader header;
    private final ByteBuffer staging;
    private final byte[] head = new byte[Frame.LENGTH];
    private Disk.File file;
    /** Bytes that are whole, and those that are certain. */
    private long size;
    private long forced;
    private int check;
    private int forcedCheck;
    /** Whether there is something behind {@link #size}. */
    private boolean torn;

    private SegmentFile(Disk disk, Path path, SegmentHeader header, ByteBuffer staging) {
        this.disk = disk;
        this.path = path;
        this.header = header;
        this.staging = staging;
    }

    static ByteBuffer staging() {
        return ByteBuffer.allocateDirect(STAGED);
    }

    /** A new segment; its head and its name are certain afterwards. It can be tried again. */
    static SegmentFile create(Disk disk, Path path, SegmentHeader header, ByteBuffer staging) throws IOException {
        SegmentFile segment = new SegmentFile(disk, path, header, staging);
        segment.file = disk.create(path);
        try {
            segment.file.write(ByteBuffer.wrap(header.toByteArray()));
            segment.file.force();
            disk.syncDirectory(path.getParent());
        } catch (IOException e) {
            segment.close();
            throw e;
        }
        segment.size = SegmentHeader.LENGTH;
        segment.check = header.previous();
        segment.noteForced();
        return segment;
    }

    /** One that is there, to go on in it. */
    static SegmentFile open(Disk disk, Tail tail, ByteBuffer staging) throws IOException {
        SegmentFile segment = new SegmentFile(disk, tail.path(), tail.header(), staging);
        segment.size = tail.offset();
        segment.check = tail.check();
        segment.file = disk.append(tail.path());
        segment.noteForced();
        return segment;
    }

    private void noteForced() {
        forced = size;
        forcedCheck = check;
    }

    private void mend() throws IOException {
        if (torn) {
            file.truncate(size);
            torn = false;
        }
    }

    /** Adds a frame. */
    void append(int kind, long start, long end, byte[] payload, int length) throws IOException {
        mend();
        int next = Frame.write(head, kind, start, end, forced, check, header.salt(), size, payload, length);
        torn = true;
        if (length <= staging.capacity() - Frame.LENGTH) {
            staging.clear();
            file.write(staging.put(head).put(payload, 0, length).flip());
        } else {
            file.write(ByteBuffer.wrap(head));
            file.write(ByteBuffer.wrap(payload, 0, length));
        }
        torn = false;
        size += Frame.LENGTH + length;
        check = next;
    }

    /** Says that everything up to here is there. */
    void end(long position) throws IOException {
        byte[] id = header.replicationId().getBytes(StandardCharsets.US_ASCII);
        append(Frame.END, position, position, id, id.length);
    }

    void force() throws IOException {
        mend();
        if (forced < size) {
            file.force();
            noteForced();
        }
    }

    /** What was not forced is to be written again. @return how many bytes that are */
    long rewind() {
        long bytes = size - forced;
        size = forced;
        check = forcedCheck;
        torn = true;
        return bytes;
    }

    Path path() {
        return path;
    }

    SegmentHeader header() {
        return header;
    }

    long size() {
        return size;
    }

    boolean isForced() {
        return forced == size;
    }

    boolean isEmpty() {
        return size == SegmentHeader.LENGTH;
    }

    /** Of the last frame. */
    int check() {
        return check;
    }

    void close() {
        try {
            file.close();
        } catch (IOException e) {
            // what matters was forced before
        }
    }
}
