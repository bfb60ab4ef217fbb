package io.releve.persistence.aof;

import io.releve.bytes.Bytes;
import io.releve.engine.Clock;
import io.releve.log.ChangeLog;
import io.releve.persistence.Disk;
import io.releve.persistence.FsyncPolicy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what is appended, and forces it to the disk, on a thread of its own. Where replies wait for the disk one force
 * serves all that came while the last one ran, and those that are about to come ({@link GroupCommit}); otherwise it looks every millisecond
 * while there is traffic, so that nobody pays for waking it. What cannot be written is tried again until it can.
 */
final class AofWriter {
    /** Opens the file for what follows; tried again when it fails. */
    @FunctionalInterface
    interface Opening {
        Disk.File open() throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(AofWriter.class);
    private static final int FIRST = 1 << 14;
    /** A larger array is given back. */
    private static final int KEPT = 1 << 20;
    private static final int BUFFER = 1 << 18;
    private static final long STEP_NANOS = 1_000_000;
    private static final int STEPS_BEFORE_SLEEP = 50;
    private static final long SECOND_NANOS = 1_000_000_000;
    private static final long RETRY_NANOS = 100_000_000;

    /** Bytes that go to one file, and the position of the log behind them. */
    private static final class Chunk {
        private byte[] bytes = new byte[FIRST];
        private int length;
        private long position;
        /** Null: to the same file as what came before. */
        private Opening opening;
    }

    private final Thread thread;
    private final Clock clock;
    private final ChangeLog log;
    private final LongConsumer synced;
    private final LongConsumer latency;
    private final Object lock = new Object();
    private final ArrayDeque<Chunk> queue = new ArrayDeque<>();
    private final GroupCommit group = new GroupCommit();
    /** Bytes of the piece that is being written; with the lock. */
    private long inHand;
    /** Entries that wait to be written; with the lock. */
    private int queued;
    /** How many wake the thread. */
    private volatile int enough;
    /** Entries written since the last force. */
    private int entries;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    /** Whoever has the turn fills it. */
    private byte[] batch = new byte[FIRST];
    private int batchLength;
    private int batchEntries;
    private Chunk spare;
    private Disk.File file;
    private volatile FsyncPolicy policy;
    private volatile boolean parked;
    private volatile boolean withoutFsync;
    private volatile boolean closing;
    private volatile byte[] lastLine = {};
    /** Whether something was written since the last force. */
    private boolean unforced;
    /** Whether what follows in the file comes behind a force. */
    private boolean justForced;
    private volatile boolean abandoned;
    private volatile String failure;
    /** Number of flushes, and since when something of them waits for its force; 0 when nothing does. */
    private volatile long flushes;
    private volatile long unforcedSince;
    private volatile long written;
    private volatile long durable;
    private volatile long appended;
    /** A force has failed: what it was to force may be gone although a later one succeeds. */
    private volatile boolean lost;

    /**
     * @param first opens the first file
     * @param position of the log
     * @param log names the history in marks
     * @param latency told how long a force has taken, in ns
     * @param synced told, on the thread of the writer, up to which position everything is where the policy wants it
     */
    AofWriter(String threadName, Clock clock, Opening first, long position, FsyncPolicy policy,
            ChangeLog log, LongConsumer synced, LongConsumer latency) {
        this.log = log;
        this.clock = clock;
        this.synced = synced;
        this.latency = latency;
        this.policy = policy;
        written = position;
        durable = position;
        rotate(first, position);
        thread = new Thread(this::run, threadName);
        thread.setDaemon(true);
        thread.start();
    }

    // With the turn

    /** Adds an entry of the log. */
    void add(Bytes entry) {
        batchEntries++;
        add(entry.array(), entry.offset(), entry.length());
    }

    void add(byte[] bytes, int from, int length) {
        if (batch.length - batchLength < length) {
            batch = Arrays.copyOf(batch, (int) Math.min(Integer.MAX_VALUE - 16L,
                    Math.max((long) batchLength + length, 2L * batch.length)));
        }
        System.arraycopy(bytes, from, batch, batchLength, length);
        batchLength += length;
    }

    /** Hands over what was added. @param position of the log behind it */
    void flush(long position) {
        boolean isEnough;
        synchronized (lock) {
            Chunk last = queue.peekLast();
            if (last == null) {
                last = next(null);
            }
            last.position = position;
            if (last.length == 0) {
                byte[] filled = batch;
                batch = last.bytes;
                last.bytes = filled;
                last.length = batchLength;
            } else {
                append(last);
            }
            appended += batchLength;
            queued += batchEntries;
            isEnough = queued >= enough;
            flushes++;
            if (unforcedSince == 0 && batchLength > 0) {
                unforcedSince = clock.nanoTime();
            }
        }
        batchLength = 0;
        batchEntries = 0;
        if (batch.length > KEPT) {
            batch = new byte[FIRST];
        }
        wake(isEnough);
    }

    private void append(Chunk chunk) {
        if (chunk.length > Integer.MAX_VALUE / 2 - batchLength) {
            Chunk more = next(null);
            more.position = chunk.position;
            chunk = more;
        }
        if (chunk.bytes.length - chunk.length < batchLength) {
            chunk.bytes = Arrays.copyOf(chunk.bytes, Math.max(chunk.length + batchLength, 2 * chunk.bytes.length));
        }
        System.arraycopy(batch, 0, chunk.bytes, chunk.length, batchLength);
        chunk.length += batchLength;
    }

    private Chunk next(Opening opening) {
        Chunk chunk = spare == null ? new Chunk() : spare;
        spare = null;
        chunk.opening = opening;
        chunk.length = 0;
        queue.add(chunk);
        return chunk;
    }

    /** What is added from now on goes to another file; what came before is forced first. */
    void rotate(Opening opening, long position) {
        synchronized (lock) {
            next(opening).position = position;
        }
        wake(true);
    }

    void policy(FsyncPolicy newPolicy) {
        policy = newPolicy;
        awake();
    }

    /** Whether nothing is forced for a while ({@code no-appendfsync-on-rewrite}). */
    void withoutFsync(boolean on) {
        withoutFsync = on;
    }

    private void wake(boolean isEnough) {
        if (parked && isEnough) {
            awake();
        }
    }

    private void awake() {
        LockSupport.unpark(thread);
    }

    // Any thread

    /** Why the disk does not take what is written, or null. */
    String failure() {
        return failure;
    }

    /** Since when something waits to be forced, by the clock's {@code nanoTime}; 0 when nothing does. */
    long unforcedSince() {
        return unforcedSince;
    }

    /** Has it look whether a force is due. */
    void look() {
        awake();
    }

    /** Whether what was written cannot be relied on any more: only a new base helps. */
    boolean lost() {
        return lost;
    }

    /** There is a new base, and a file that goes on from it. */
    void healed() {
        lost = false;
        recovered();
        awake();
    }

    /** Position up to which everything was forced. */
    long durable() {
        return durable;
    }

    /** Bytes handed over so far. */
    long appended() {
        return appended;
    }

    /** Bytes that wait to be written. */
    long waiting() {
        synchronized (lock) {
            return inHand + queue.stream().mapToLong(chunk -> chunk.length).sum();
        }
    }

    /**
     * Writes and forces everything, then a last line likewise, and ends.
     *
     * @return whether it could
     */
    boolean close(byte[] line, long patienceMs) {
        lastLine = line;
        closing = true;
        awake();
        try {
            thread.join(patienceMs);
            if (thread.isAlive()) {
                abandoned = true;
                awake();
                thread.join(1000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive() && !abandoned;
    }

    // The thread

    private void run() {
        int idle = 0;
        while (!abandoned) {
            Chunk chunk;
            gather();
            synchronized (lock) {
                chunk = queue.poll();
                inHand = chunk == null ? 0 : chunk.length;
                entries += queued;
                queued = 0;
            }
            if (chunk != null) {
                idle = 0;
                write(chunk);
                synchronized (lock) {
                    inHand = 0;
                    spare = chunk.bytes.length <= KEPT ? chunk : null;
                }
                afterWrite();
            } else if (closing) {
                force();
                tellSynced(written);
                writeLastLine();
                closeFile();
                return;
            } else {
                forceIfDue();
                idle++;
                rest(idle);
            }
        }
    }

    /** Where there is something to force, waits for what is worth it. */
    private void gather() {
        if (!waitsForDisk() || withoutFsync || !lacks(1, group.wanted())) {
            return;
        }
        long start = System.nanoTime();
        long left = group.patienceNanos();
        enough = group.wanted();
        parked = true;
        while (left > 0 && lacks(1, enough) && !closing) {
            LockSupport.parkNanos(this, left);
            left = group.patienceNanos() - (System.nanoTime() - start);
        }
        parked = false;
        enough = 0;
    }

    /** Whether so many entries wait at least, and fewer than so many. */
    private boolean lacks(int least, int most) {
        synchronized (lock) {
            return queued >= least && queued < most;
        }
    }

    private boolean waitsForDisk() {
        return policy == FsyncPolicy.ALWAYS;
    }

    private void rest(int idle) {
        boolean forceIsDue = policy == FsyncPolicy.EVERYSEC && unforced && !lost;
        if (!waitsForDisk() && (idle < STEPS_BEFORE_SLEEP || forceIsDue)) {
            LockSupport.parkNanos(idle < STEPS_BEFORE_SLEEP ? STEP_NANOS : 10 * STEP_NANOS);
            return;
        }
        parked = true;
        boolean nothing;
        synchronized (lock) {
            nothing = queue.isEmpty();
        }
        if (nothing && !closing) {
            LockSupport.park(this);
        }
        parked = false;
    }

    private void afterWrite() {
        if (waitsForDisk()) {
            if (!withoutFsync) {
                force();
            }
            tellSynced(written);
        } else {
            forceIfDue();
        }
    }

    private void forceIfDue() {
        if (policy == FsyncPolicy.EVERYSEC && unforced && !withoutFsync
                && clock.nanoTime() - unforcedSince >= SECOND_NANOS) {
            force();
            tellSynced(durable);
        }
    }

    private void tellSynced(long position) {
        if (!lost) {
            synced.accept(position);
        }
    }

    private void write(Chunk chunk) {
        if (chunk.opening != null) {
            force();
            closeFile();
            open(chunk.opening);
        }
        if (chunk.length > 0 && file != null) {
            writeChecked(chunk);
        }
        if (!abandoned) {
            written = chunk.position;
            durable = unforced || lost ? durable : written;
        }
    }

    /** The bytes with a check behind them, and before them a mark, which tells whether what is before was forced. */
    private void writeChecked(Chunk chunk) {
        byte[] head = justForced ? PositionMark.forced(log.replicationId(), durable)
                : PositionMark.place(log.replicationId(), written);
        justForced = false;
        CRC32C crc = new CRC32C();
        crc.update(head);
        crc.update(chunk.bytes, 0, chunk.length);
        byte[] check = PositionMark.check(log.replicationId(), chunk.position, (long) head.length + chunk.length,
                (int) crc.getValue());
        if (head.length + chunk.length + check.length <= BUFFER) {
            writeTogether(head, chunk, check);
        } else {
            write(head);
            write(chunk.bytes, chunk.length);
            write(check);
        }
    }

    /** What is not much is written at once. */
    private void writeTogether(byte[] head, Chunk chunk, byte[] check) {
        boolean done = false;
        while (!done && !abandoned) {
            done = write(buffer.clear().put(head).put(chunk.bytes, 0, chunk.length).put(check).flip());
        }
    }

    private void write(byte[] bytes) {
        write(bytes, bytes.length);
    }

    private void write(byte[] bytes, int length) {
        int done = 0;
        while (done < length && !abandoned) {
            done += writePiece(bytes, done, Math.min(BUFFER, length - done));
        }
    }

    /** What comes before it is on the disk already: so it is never there without that. */
    private void writeLastLine() {
        if (file != null && !lost && !abandoned) {
            write(lastLine);
            force();
        }
    }

    /** @return bytes written: all of them, or none */
    private int writePiece(byte[] bytes, int from, int length) {
        return write(buffer.clear().put(bytes, from, length).flip()) ? length : 0;
    }

    /** @return whether all was written; otherwise nothing was */
    private boolean write(ByteBuffer bytes) {
        long size = -1;
        try {
            size = file.size();
            unforced = true;
            file.write(bytes);
            recovered();
            return true;
        } catch (IOException e) {
            failed("written", e);
            cut(size);
            return false;
        }
    }

    /** What was written in part would be taken for damage. */
    private void cut(long size) {
        while (size >= 0 && !abandoned) {
            try {
                file.truncate(size);
                return;
            } catch (IOException e) {
                failed("cut", e);
            }
        }
    }

    private void open(Opening opening) {
        while (!abandoned) {
            try {
                file = opening.open();
                recovered();
                return;
            } catch (IOException e) {
                failed("opened", e);
            }
        }
    }

    /** When it fails, the system may have dropped what it was to write: trying again would prove nothing. */
    private void force() {
        if (!unforced && !lost) {
            durable = written;
        }
        if (file != null && unforced && !abandoned && !lost) {
            long start = clock.nanoTime();
            long position = written;
            long before;
            synchronized (lock) {
                before = queue.isEmpty() ? flushes : -1;
            }
            try {
                file.force();
                durable = position;
                unforced = false;
                justForced = true;
                int waiting;
                synchronized (lock) {
                    unforcedSince = flushes == before ? 0 : start;
                    waiting = queued;
                }
                group.forced(entries, waiting, clock.nanoTime() - start);
                recovered();
            } catch (IOException e) {
                lost = true;
                failed("forced to the disk", e);
            }
            entries = 0;
            latency.accept(clock.nanoTime() - start);
        }
    }

    private void closeFile() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            LOG.warn("A part of the append-only file could not be closed: {}", e.getMessage());
        }
        file = null;
    }

    private void failed(String what, IOException e) {
        if (failure == null) {
            LOG.error("The append-only file cannot be {}: {}. Writes are refused until it can", what, e.getMessage());
        }
        failure = e.getMessage() == null ? e.toString() : e.getMessage();
        if (closing) {
            // what the disk does not take now it will not take before the end
            abandoned = true;
            return;
        }
        LockSupport.parkNanos(RETRY_NANOS);
    }

    private void recovered() {
        if (failure != null && !lost) {
            LOG.warn("The append-only file can be written again");
            failure = null;
        }
    }
}
