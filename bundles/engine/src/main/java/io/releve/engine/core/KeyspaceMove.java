package io.releve.engine.core;

import io.releve.bytes.Bytes;
import io.releve.format.rdb.DumpPayload;
import io.releve.format.rdb.RdbException;
import io.releve.format.rdb.ValueWriter;
import io.releve.keyspace.Database;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Moves all data into another keyspace while clients go on. Every key is copied once, in slices of the turn; meanwhile the engine
 * reports which keys are looked up for a change or have changed, and those are copied again, in rounds that become shorter. What
 * is left at last is copied in the slice in which the keyspaces are exchanged. A key is copied in one go.
 */
final class KeyspaceMove {
    /** So long the turn is held at most, if no single value takes longer, ns. */
    private static final long SLICE_NANOS = 500_000;
    /** As long it is left to others, ns. */
    private static final long REST_NANOS = 500_000;
    /** So many keys are copied in the last slice at most. */
    private static final int LAST = 1_000;
    private static final int SCAN_STEP = 100;
    /** Rounds after which clients change keys faster than they are copied. */
    private static final int MOST_ROUNDS = 100;

    private final RedisEngine engine;
    private final Keyspace target;
    private final EncodingLimits limits;
    /** Keys to be copied again, by database. Used while the turn is held. */
    private final List<Set<Bytes>> dirty = new ArrayList<>();
    private boolean disturbed;

    /** @param target empty, and used by nobody else */
    KeyspaceMove(RedisEngine engine, Keyspace target, EncodingLimits limits) {
        this.engine = engine;
        this.target = target;
        this.limits = limits;
        for (int i = 0; i < engine.databases(); i++) {
            dirty.add(new HashSet<>());
        }
    }

    // What the engine reports; the turn is held

    void touched(int database, Bytes key) {
        Set<Bytes> keys = dirty.get(database);
        if (!keys.contains(key)) {
            keys.add(key.copy());
        }
    }

    void databaseChanged() {
        disturbed = true;
    }

    /**
     * Copies everything and then has the keyspaces exchanged; without the turn.
     *
     * @param exchange run with the turn, when both hold the same
     * @return how long the turn was held for that, ns
     * @throws IOException in one sentence; the keyspace of before goes on
     */
    long run(Runnable exchange) throws IOException {
        engine.turn().run(() -> engine.signals().move(this));
        try {
            for (int i = 0; i < engine.databases(); i++) {
                inSlices(new Walk(i));
            }
            for (int round = 0; round < MOST_ROUNDS; round++) {
                long held = exchange(exchange);
                if (held >= 0) {
                    return held;
                }
                inSlices(deadline -> copyWaiting(deadline) > LAST);
            }
            throw new IOException("keys are changed faster than they are copied, or a snapshot is being written: try again later");
        } catch (RdbException | Keyspace.FullException e) {
            throw new IOException("the data could not be copied: " + e.getMessage(), e);
        } finally {
            engine.turn().run(() -> engine.signals().move(null));
        }
    }

    /** @return how long the turn was held, ns; -1 when too much waits, or a snapshot is being written */
    private long exchange(Runnable exchange) throws IOException {
        engine.turn().take();
        long began = engine.clock().nanoTime();
        try {
            check();
            if (waiting() > LAST || !engine.persistence().snapshotBegins(KeyspaceMove.class.getSimpleName())) {
                return -1;
            }
            try {
                copyWaiting(Long.MAX_VALUE);
                engine.signals().move(null);
                exchange.run();
            } finally {
                engine.persistence().snapshotDone();
            }
            return engine.clock().nanoTime() - began;
        } finally {
            engine.turn().give();
        }
    }

    private void check() throws IOException {
        if (disturbed) {
            throw new IOException("a whole database was emptied, exchanged or loaded meanwhile: try again");
        }
        if (engine.loading() != null) {
            throw new IOException("data is being loaded");
        }
    }

    private int waiting() {
        return dirty.stream().mapToInt(Set::size).sum();
    }

    /** Does work in slices of the turn until there is no more. */
    private void inSlices(Slice work) throws IOException {
        for (boolean more = true; more; LockSupport.parkNanos(REST_NANOS)) {
            engine.turn().take();
            try {
                check();
                long deadline = engine.clock().nanoTime() + SLICE_NANOS;
                more = work.goOn(deadline);
                target.maintain(deadline + SLICE_NANOS);
            } finally {
                engine.turn().give();
            }
        }
    }

    /** Work that comes in slices. */
    private interface Slice {
        /** @param deadline of the engine's clock, ns; it returns soon after. @return whether there is more */
        boolean goOn(long deadline);
    }

    /** Copies every key of a database that is there all the time; what comes or goes meanwhile is reported. */
    private final class Walk implements Slice {
        private final int index;
        private final List<Bytes> keys = new ArrayList<>();
        private int next;
        private long cursor;
        private boolean more = true;

        Walk(int index) {
            this.index = index;
        }

        @Override
        public boolean goOn(long deadline) {
            Database source = engine.databaseInUse(index);
            if (source == null) {
                return false;
            }
            do {
                if (next < keys.size()) {
                    copy(source, target.database(index), keys.get(next++));
                } else {
                    keys.clear();
                    next = 0;
                    cursor = source.scan(cursor, SCAN_STEP, (key, value) -> keys.add(key.copy()));
                    more = cursor != 0;
                }
            } while ((more || next < keys.size()) && engine.clock().nanoTime() < deadline);
            return more || next < keys.size();
        }
    }

    /** @return how many keys wait still */
    private int copyWaiting(long deadline) {
        for (int i = 0; i < dirty.size(); i++) {
            Database source = engine.databaseInUse(i);
            for (Iterator<Bytes> keys = dirty.get(i).iterator(); keys.hasNext() && engine.clock().nanoTime() < deadline; ) {
                Bytes key = keys.next();
                keys.remove();
                copy(source, target.database(i), key);
            }
        }
        return waiting();
    }

    private void copy(Database source, Database copies, Bytes key) {
        Value value = source == null ? null : source.find(key);
        if (value == null) {
            copies.remove(key);
        } else {
            DumpPayload payload = DumpPayload.of(value, limits, ValueWriter.DEFAULT_VERSION, false);
            long expireAt = value.expireAt();
            int access = value.access();
            engine.keyspace().endCall();
            byte[] bytes = new byte[payload.length()];
            payload.copyTo(0, bytes, 0, bytes.length);
            target.reserve(2L * bytes.length);
            copies.remove(key);
            DumpPayload.read(new Bytes(bytes), copies).put(key, expireAt, access);
        }
        target.endCall();
    }
}
