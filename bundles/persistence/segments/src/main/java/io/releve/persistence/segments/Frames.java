package io.releve.persistence.segments;

import io.releve.persistence.Disk;
import java.io.IOException;
import java.nio.file.Path;

/** Walks over the frames of all segments, and checks that each continues the one before. */
final class Frames implements AutoCloseable {
    private final Disk disk;
    private final Contents contents;
    private int segment = -1;
    private SegmentReader reader;
    private int check;
    private long position;
    private boolean clean;
    private long bytes;

    /** @param contents with a base */
    Frames(Disk disk, Contents contents) {
        this.disk = disk;
        this.contents = contents;
        position = contents.base().position();
    }

    /**
     * Goes to the next frame.
     *
     * @return false at the end, or where the last segment is torn
     * @throws IOException where something is damaged that no power cut can have damaged
     */
    boolean next() throws IOException {
        if (segment < 0 && !nextSegment()) {
            return false;
        }
        long before = reader.offset();
        Frame frame = reader.next();
        while (frame == null) {
            if (reader.offset() < reader.size()) {
                boolean last = segment == contents.segments().size() - 1;
                if (!last || reader.wasForced()) {
                    throw damaged("a frame is damaged");
                }
                return false;
            }
            if (!nextSegment()) {
                return false;
            }
            before = reader.offset();
            frame = reader.next();
        }
        bytes += reader.offset() - before;
        check = frame.check();
        position = frame.end();
        clean = frame.kind() == Frame.END;
        return true;
    }

    private boolean nextSegment() throws IOException {
        if (segment + 1 == contents.segments().size()) {
            return false;
        }
        SegmentHeader header = contents.headers().get(segment + 1);
        Path path = contents.segments().get(segment + 1).in(contents.folder());
        if (segment >= 0 && (header.previous() != check || header.position() < position)) {
            throw Contents.damaged(path, 0, position, "it does not continue the segment before, "
                    + contents.segments().get(segment) + "; one between them may be missing");
        }
        close();
        segment++;
        reader = new SegmentReader(disk, path, header);
        check = header.previous();
        position = Math.max(position, header.position());
        clean = false;
        return true;
    }

    /** Something is wrong with the frame read last. */
    IOException damaged(String what) {
        return Contents.damaged(contents.segments().get(segment).in(contents.folder()), reader.offset(), position, what);
    }

    Frame frame() {
        return reader.frame();
    }

    /** Good until the next frame. */
    byte[] payload() {
        return reader.payload();
    }

    /** Of the last frame, or what the head of the segment has in its place. */
    int check() {
        return check;
    }

    /** In the log, behind the last frame. */
    long position() {
        return position;
    }

    /** Bytes of the frames so far. */
    long bytes() {
        return bytes;
    }

    /** Byte of the segment behind the last frame. */
    long offset() {
        return reader.offset();
    }

    /** Bytes of the segment behind the last frame, at the end. */
    long torn() {
        return reader.size() - reader.offset();
    }

    /** Whether it was closed in good order, at the end. */
    boolean isClean() {
        return clean && torn() == 0;
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
    }
}
