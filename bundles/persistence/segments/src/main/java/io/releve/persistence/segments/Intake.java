package io.releve.persistence.segments;

import io.releve.log.Entry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Between the log, which hands out entries with the turn, and the thread that writes them. Small batches that wait become one.
 * What is taken out ends outside of atomic groups.
 */
final class Intake {
    /** A batch is not made longer than that by others. */
    private static final int JOINED = 1 << 18;
    /** Larger arrays are not used again. */
    private static final int KEPT = 1 << 20;

    private final Deque<Batch> waiting = new ArrayDeque<>();
    // With the turn alone.
    private Batch gathering = new Batch();
    private int selected = Batch.NONE;
    private boolean inGroup;
    // With the lock.
    private Batch spare;
    private long handed;
    private long bytes;
    private boolean writerHasFirst;

    /** Nothing is selected, and nothing came before this position; the turn is held. */
    synchronized void begin(long position) {
        selected = Batch.NONE;
        handed = position;
    }

    /** Copies an entry, the turn is held. */
    void entry(Entry entry) {
        boolean grouped = inGroup || entry.remainingInGroup() > 0;
        inGroup = entry.remainingInGroup() > 0;
        if (entry.kind() != Entry.Kind.EFFECT && !(entry.kind() == Entry.Kind.MESSAGE && grouped)) {
            return;
        }
        if (gathering.length == 0) {
            gathering.start = entry.start();
            // nothing needs to be selected by what another server has written
            gathering.database = selected == Batch.NONE && entry.kind() == Entry.Kind.EFFECT ? entry.database() : selected;
        }
        if (entry.kind() == Entry.Kind.EFFECT) {
            selected = entry.database();
        }
        gathering.add(entry.stream());
        gathering.end = entry.position();
    }

    /**
     * Everything up to here was handed out; the turn is held.
     *
     * @return whether there is anything new to write
     */
    boolean flush(long position, long now) {
        if (gathering.length == 0 || inGroup) {
            synchronized (this) {
                handed = inGroup ? handed : position;
            }
            return false;
        }
        gathering.end = position;
        gathering.since = now;
        synchronized (this) {
            handed = position;
            bytes += gathering.length;
            Batch last = waiting.peekLast();
            boolean free = last != null && !last.isTurn() && !(writerHasFirst && waiting.size() == 1);
            if (free && last.length + gathering.length <= JOINED) {
                last.add(gathering.bytes, 0, gathering.length);
                last.end = position;
                gathering.length = 0;
            } else {
                waiting.add(gathering);
                gathering = spare == null ? new Batch() : spare;
                spare = null;
            }
        }
        return true;
    }

    /** Asks for another segment from here on; the turn is held, and everything was flushed. */
    synchronized Batch turn(long position) {
        Batch turn = Batch.turn(position);
        waiting.add(turn);
        return turn;
    }

    /** The next batch, which stays until {@link #remove}, or null. */
    synchronized Batch peek() {
        writerHasFirst = !waiting.isEmpty();
        return waiting.peek();
    }

    /** The batch that was looked at is done with. */
    synchronized void remove() {
        writerHasFirst = false;
        bytes -= waiting.remove().length;
    }

    /** An array that may be used again. */
    synchronized void recycle(Batch batch) {
        if (spare == null && !batch.isTurn() && batch.bytes.length <= KEPT) {
            batch.length = 0;
            spare = batch;
        }
    }

    /** These come first again, in this order. */
    synchronized void putBack(List<Batch> batches) {
        writerHasFirst = false;
        for (int i = batches.size() - 1; i >= 0; i--) {
            waiting.addFirst(batches.get(i));
            bytes += batches.get(i).length;
        }
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Position up to which everything was handed out if nothing waits, else -1. */
    synchronized long handedIfEmpty() {
        return waiting.isEmpty() ? handed : -1;
    }

    /** When the first batch that waits was handed over, or {@code otherwise}. */
    synchronized long since(long otherwise) {
        for (Batch batch : waiting) {
            if (!batch.isTurn()) {
                return batch.since;
            }
        }
        return otherwise;
    }

    /** Position up to which everything was handed out. */
    synchronized long handed() {
        return handed;
    }

    /** Bytes that wait. */
    synchronized long bytes() {
        return bytes;
    }
}
