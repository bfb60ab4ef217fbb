package io.releve.examples.journal;

import io.releve.engine.Clock;
import io.releve.log.ChangeLog;
import io.releve.persistence.Disk;
import io.releve.persistence.FsyncPolicy;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes and forces. What was not forced is kept: when the disk fails, the file is cut where it was certain, and
 * all of that is written again, until it can be. Nothing is acknowledged meanwhile.
 */
final class RecordWriter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordWriter.class);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** More is not kept: it is forced, whatever the policy. */
    private static final long MOST_KEPT = 8 << 20;

    /** What is to be written, in this order: a batch, or the beginning of the file of the number {@code turn}. */
    private record Item(byte[] payload, String id, long position, long since, long turn, boolean continues,
            CompletableFuture<Void> done) {
    }

    private final Names names;
    private final Clock clock;
    private final Thread thread;
    private final Deque<Item> waiting = new ArrayDeque<>();
    private final List<Item> unforced = new ArrayList<>();
    private ChangeLog.Subscription subscription;
    private Disk.File file;
    private long number;
    private long forcedLength;
    private int forcedCheck;
    private int check;
    private String endId;
    private long unforcedBytes;
    private long lastForce;
    private boolean broken;
    private volatile FsyncPolicy policy;
    private volatile boolean stopping;
    private volatile boolean forceWanted;
    private volatile boolean based;
    private volatile IOException failure;
    private volatile long durable;
    private volatile long bytes;

    RecordWriter(String name, Names names, Clock clock) {
        this.names = names;
        this.clock = clock;
        thread = new Thread(this, name);
        thread.setDaemon(true);
    }

    /** Where the file ends that is gone on with; called before {@link #start}. */
    void goOn(Stored stored) {
        number = stored.last();
        forcedLength = stored.offset();
        forcedCheck = stored.check();
        bytes = stored.bytes();
        broken = true;
    }

    /** Opens the file and cuts off the end that said it was closed, before anybody sees what comes after it. */
    void open() throws IOException {
        if (file == null && number > 0) {
            file = names.disk().append(names.records(number));
        }
        if (broken && file != null) {
            file.truncate(forcedLength);
            file.force();
            synchronized (this) {
                for (int i = unforced.size() - 1; i >= 0; i--) {
                    waiting.addFirst(unforced.get(i));
                }
                unforced.clear();
            }
            check = forcedCheck;
            unforcedBytes = 0;
        }
        broken = false;
    }

    void start(FsyncPolicy first, long position, ChangeLog.Subscription acknowledging) {
        policy = first;
        durable = position;
        subscription = acknowledging;
        lastForce = clock.nanoTime();
        thread.start();
    }

    // Any thread

    void batch(String batchId, long position, byte[] groups, long now) {
        add(new Item(Frame.batch(batchId, position, groups), null, position, now, 0, false, null));
    }

    /** Another file from here on; completes when its beginning is certain. */
    CompletableFuture<Void> turn(long next, String nextId, long position, boolean continues, long now) {
        Item item = new Item(null, nextId, position, now, next, continues, new CompletableFuture<>());
        add(item);
        return item.done;
    }

    private void add(Item item) {
        synchronized (this) {
            waiting.add(item);
        }
        LockSupport.unpark(thread);
    }

    void policy(FsyncPolicy next) {
        policy = next;
        LockSupport.unpark(thread);
    }

    /** There is a base: what is in the records can be loaded. */
    void based() {
        based = true;
        forceSoon();
    }

    void forceSoon() {
        forceWanted = true;
        LockSupport.unpark(thread);
    }

    boolean hasBase() {
        return based;
    }

    IOException failure() {
        return failure;
    }

    long durable() {
        return durable;
    }

    long bytes() {
        return bytes;
    }

    /** How long the oldest change waits to become certain, ns. */
    synchronized long uncertainFor(long now) {
        Item oldest = unforced.isEmpty() ? waiting.peek() : unforced.get(0);
        return oldest == null ? 0 : now - oldest.since;
    }

    /** Writes everything, and that the file was closed in good order. @return whether it could */
    boolean stop(String lastId) {
        endId = lastId;
        stopping = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return failure == null;
    }

    // The thread

    @Override
    public void run() {
        for (boolean last = false; !last; ) {
            last = stopping;
            try {
                open();
                work();
                if (last) {
                    end();
                }
                if (failure != null) {
                    LOG.warn("The journal can be written again");
                    failure = null;
                }
            } catch (IOException | RuntimeException e) {
                if (failure == null) {
                    LOG.error("The journal cannot be written, writes are refused until it can: {}", e.getMessage());
                }
                failure = e instanceof IOException io ? io : new IOException(e.toString(), e);
                broken = true;
            }
            if (!last) {
                rest();
            }
        }
        close();
    }

    private void work() throws IOException {
        for (Item item = peek(); item != null; item = peek()) {
            if (item.turn > 0) {
                force();
                begin(item);
            } else {
                write(item);
            }
            if (unforcedBytes > MOST_KEPT) {
                force();
            }
        }
        if (due()) {
            force();
        }
        acknowledge();
    }

    private synchronized Item peek() {
        return waiting.peek();
    }

    private void write(Item item) throws IOException {
        int next = Frame.check(check, item.payload);
        file.write(Frame.framed(item.payload, next));
        check = next;
        unforcedBytes += Frame.PREFIX + item.payload.length;
        synchronized (this) {
            unforced.add(waiting.remove());
        }
    }

    /** The next file; the one before stays open until its beginning is certain. */
    private void begin(Item item) throws IOException {
        byte[] header = Frame.header(item.id, item.position, item.continues, forcedCheck);
        int first = Frame.check(0, header);
        Disk.File next = names.disk().create(names.records(item.turn));
        try {
            next.write(Frame.framed(header, first));
            next.force();
            names.disk().syncDirectory(names.folder());
        } catch (IOException e) {
            next.close();
            throw e;
        }
        close();
        file = next;
        number = item.turn;
        forcedLength = Frame.PREFIX + header.length;
        forcedCheck = first;
        check = first;
        bytes = forcedLength;
        synchronized (this) {
            waiting.remove();
        }
        durable = Math.max(durable, item.position);
        item.done.complete(null);
    }

    private boolean due() {
        long now = clock.nanoTime();
        return unforcedBytes > 0 && (forceWanted || policy == FsyncPolicy.ALWAYS
                || policy == FsyncPolicy.EVERYSEC && (now - lastForce >= SECOND || uncertainFor(now) >= SECOND));
    }

    private void force() throws IOException {
        lastForce = clock.nanoTime();
        if (unforcedBytes > 0) {
            file.force();
            forcedLength += unforcedBytes;
            bytes += unforcedBytes;
            forcedCheck = check;
            unforcedBytes = 0;
            synchronized (this) {
                durable = unforced.get(unforced.size() - 1).position;
                unforced.clear();
            }
        }
        forceWanted = false;
        acknowledge();
    }

    private void acknowledge() {
        if (based) {
            subscription.acknowledge(durable);
        }
    }

    private void end() throws IOException {
        force();
        if (file != null) {
            byte[] end = Frame.end(endId, durable, forcedCheck);
            file.write(Frame.framed(end, Frame.check(0, end)));
            file.force();
        }
    }

    private void close() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            LOG.debug("{} is not closed", names.records(number), e);
        }
    }

    private void rest() {
        if (failure != null) {
            LockSupport.parkNanos(RETRY_NANOS);
        } else if (policy == FsyncPolicy.EVERYSEC && unforcedBytes > 0) {
            LockSupport.parkNanos(LOOK_NANOS);
        } else if (peek() == null && !stopping && !(forceWanted && unforcedBytes > 0)) {
            // whoever changes anything wakes it
            LockSupport.parkNanos(SECOND);
        }
    }
}
