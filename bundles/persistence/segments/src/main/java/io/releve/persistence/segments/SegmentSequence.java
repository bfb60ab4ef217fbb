package io.releve.persistence.segments;

import io.releve.log.ChangeLog;
import io.releve.persistence.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The segments that are written, one after the other. Whatever fails can be tried again. Where nothing else is said methods are
 * for the thread that writes.
 */
final class SegmentSequence {
    private static final byte[] NOTHING = {};

    private final Disk disk;
    private final Path folder;
    private final ChangeLog log;
    private final SecureRandom random = new SecureRandom();
    private final ByteBuffer staging = SegmentFile.staging();
    /** Segments begun for a base, and the bytes in those before. */
    private final ConcurrentSkipListMap<Long, Long> turns = new ConcurrentSkipListMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private volatile long maxBytes = Long.MAX_VALUE;
    private volatile long newest;
    private volatile boolean fresh;
    private SegmentFile segment;
    private SegmentName current;
    private SegmentName pending;
    private int previous;
    private long forcedAt;
    /** Position at which the segment still ends with the mark of a good end, or -1. */
    private long marked = -1;

    SegmentSequence(Disk disk, Path folder, ChangeLog log) {
        this.disk = disk;
        this.folder = folder;
        this.log = log;
    }

    // Before it starts

    /** Goes on in the last segment, which may end with the mark of a good end. */
    void goOn(Tail tail, long sequence) throws IOException {
        segment = SegmentFile.open(disk, tail, staging);
        forcedAt = segment.size();
        newest = sequence;
        marked = tail.history().position();
    }

    /** Goes on in a new segment, which continues what has this check. @param withoutBase whether there is no base yet */
    void goOnIn(SegmentName name, int check, boolean withoutBase) {
        pending = name;
        previous = check;
        newest = name.sequence();
        fresh = withoutBase;
    }

    // Any thread

    /** Bytes in segments that are needed. */
    AtomicLong bytes() {
        return bytes;
    }

    /** Sequence number of the segment that is written. */
    long newest() {
        return newest;
    }

    /** Bytes after which another segment is begun. */
    void maxBytes(long most) {
        maxBytes = most;
    }

    boolean hasBase() {
        return !fresh;
    }

    /** There is a base now, which needs the segments from this one on. */
    void hasBase(long sequence) {
        fresh = false;
        turns.headMap(sequence, false).clear();
        Long before = turns.get(sequence);
        if (before != null) {
            bytes.addAndGet(-before);
            turns.replaceAll((later, count) -> count - before);
        }
    }

    // The thread that writes

    /** There is a segment to write to. What says that it ends well is void, and that is certain. */
    void open() throws IOException {
        if (segment == null) {
            SegmentHeader header = new SegmentHeader(random.nextLong(), pending.position(), log.replicationId(), previous,
                    fresh);
            segment = SegmentFile.create(disk, pending.in(folder), header, staging);
            bytes.addAndGet(segment.size());
            forcedAt = segment.size();
            current = pending;
            newest = pending.sequence();
            pending = null;
        }
        if (marked >= 0) {
            segment.append(Frame.CONTEXT, marked, marked, NOTHING, 0);
            segment.force();
            marked = -1;
        }
    }

    /** What is asked for. A segment that begins just there, with nothing in it, needs no other. */
    void turn(Batch turn) throws IOException {
        if (turn.next == null && segment.isEmpty() && current != null && current.position() == turn.start) {
            turn.next = current;
        }
        if (turn.next == null) {
            turn.next = new SegmentName(newest + 1, turn.start, false);
        }
        if (newest < turn.next.sequence()) {
            turnTo(turn.next);
        }
        turns.put(turn.next.sequence(), bytes.get() - segment.size());
        turn.turned.complete(turn.next);
    }

    /** What was written is forced, and another segment begun. */
    private void turnTo(SegmentName next) throws IOException {
        force();
        previous = segment.check();
        segment.close();
        segment = null;
        pending = next;
        open();
    }

    boolean isFull() {
        return segment.size() >= maxBytes && !segment.isEmpty();
    }

    /** Begins another segment at this position; everything was forced. */
    void turnAt(long position) throws IOException {
        turnTo(new SegmentName(newest + 1, position, false));
    }

    void write(Batch batch) throws IOException {
        if (segment.isEmpty() && batch.database != Batch.NONE) {
            byte[] select = Select.of(batch.database);
            append(Frame.CONTEXT, batch.start, batch.start, select, select.length);
        }
        append(Frame.DATA, batch.start, batch.end, batch.bytes, batch.length);
    }

    private void append(int kind, long start, long end, byte[] payload, int length) throws IOException {
        segment.append(kind, start, end, payload, length);
        bytes.addAndGet(Frame.LENGTH + length);
    }

    void force() throws IOException {
        segment.force();
        forcedAt = segment.size();
    }

    /** What was not forced is to be written again. */
    void rewind() {
        bytes.addAndGet(-segment.rewind());
    }

    boolean isForced() {
        return segment.isForced();
    }

    /** Bytes written since the last force. */
    long unforced() {
        return segment.size() - forcedAt;
    }

    /** Everything was written up to here, and will be found. */
    void end(long position) throws IOException {
        force();
        segment.end(position);
        force();
    }

    void close() {
        if (segment != null) {
            segment.close();
        }
    }
}
