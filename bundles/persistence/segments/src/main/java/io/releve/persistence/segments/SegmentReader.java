package io.releve.persistence.segments;

import io.releve.persistence.Disk;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Reads the frames of a segment, one after the other, as long as they are right. */
final class SegmentReader implements AutoCloseable {
    private static final int BLOCK = 1 << 16;

    private final Disk disk;
    private final Path path;
    private final long size;
    private final SegmentHeader header;
    private final InputStream in;
    private final byte[] head = new byte[Frame.LENGTH];
    private byte[] payload = new byte[BLOCK];
    private long offset = SegmentHeader.LENGTH;
    private int previous;
    private long position;
    private Frame frame;

    /** @param header the segment's, already read */
    SegmentReader(Disk disk, Path path, SegmentHeader header) throws IOException {
        this.disk = disk;
        this.path = path;
        this.header = header;
        size = disk.size(path);
        previous = header.previous();
        position = header.position();
        in = new BufferedInputStream(disk.read(path), BLOCK);
        in.readNBytes(SegmentHeader.LENGTH);
    }

    /** @return null when the segment has no right header */
    static SegmentHeader header(Disk disk, Path path) throws IOException {
        return SegmentHeader.parse(disk.read(path, 0, SegmentHeader.LENGTH));
    }

    /**
     * Goes to the next frame.
     *
     * @return null at the end, or where it is damaged: when {@link #offset} is less than {@link #size}
     */
    Frame next() throws IOException {
        frame = null;
        if (size - offset < Frame.LENGTH || in.readNBytes(head, 0, Frame.LENGTH) < Frame.LENGTH) {
            return null;
        }
        Frame next = Frame.parse(head, 0);
        if (next == null || next.previous() != previous || next.start() < position
                || next.length() > size - offset - Frame.LENGTH) {
            return null;
        }
        if (payload.length < next.length() || payload.length > BLOCK && next.length() < BLOCK) {
            payload = new byte[Math.max(next.length(), BLOCK)];
        }
        if (in.readNBytes(payload, 0, next.length()) < next.length()
                || Frame.check(header.salt(), offset, head, 0, payload, 0, next.length()) != next.check()) {
            return null;
        }
        offset += Frame.LENGTH + next.length();
        previous = next.check();
        position = next.end();
        frame = next;
        return next;
    }

    /** The frame read last. */
    Frame frame() {
        return frame;
    }

    /** Its content, good until the next. */
    byte[] payload() {
        return payload;
    }

    /** The byte behind the frame read last. */
    long offset() {
        return offset;
    }

    long size() {
        return size;
    }

    /** Check of the last frame that was right. */
    int previous() {
        return previous;
    }

    /** Position in the log behind it. */
    long position() {
        return position;
    }

    /**
     * Whether the damage at {@link #offset} cannot come from a power cut: some frame behind it was written after what is
     * damaged had been forced to the disk.
     */
    boolean wasForced() throws IOException {
        byte[] rest = disk.read(path, offset, (int) Math.min(Integer.MAX_VALUE - 16, size - offset));
        for (int i = 0; i + Frame.LENGTH <= rest.length; i++) {
            if (rest[i] == (byte) (Frame.MAGIC >>> 24)) {
                Frame later = Frame.parse(rest, i);
                if (later != null && later.forced() > offset && later.length() <= rest.length - i - Frame.LENGTH
                        && Frame.check(header.salt(), offset + i, java.util.Arrays.copyOfRange(rest, i, i + Frame.LENGTH),
                                0, rest, i + Frame.LENGTH, later.length()) == later.check()) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
