package io.releve.engine.core;

import io.releve.engine.Dispatcher;
import io.releve.info.InfoSection;
import io.releve.replication.ReplicationContext.Synchronisation;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** The counters of INFO stats. Plain fields are changed with the turn; what listeners count comes from any thread. */
final class Statistics {
    private static final int SAMPLES = 16;

    long commands;
    final AtomicLong connections = new AtomicLong();
    final AtomicLong rejectedConnections = new AtomicLong();
    long expiredKeys;
    long expireCycleTimeouts;
    long evictedKeys;
    long evictedClients;
    long hits;
    long misses;
    long totalErrors;
    /** Spent with keys that were due. */
    long expireNanos;
    /** When more memory was found used than allowed, ms since the epoch; 0 when it is not. */
    private long exceededSince;
    private long exceededNow;
    private long exceededBefore;
    /** Changes since the last snapshot. */
    long dirty;
    private final long[] synchronisations = new long[Synchronisation.values().length];
    private final LongAdder[] events = new LongAdder[Dispatcher.Event.values().length];
    private final Map<String, long[]> errors = new TreeMap<>();
    private final Rate commandRate = new Rate();
    private final Rate inputRate = new Rate();
    private final Rate outputRate = new Rate();
    private final Rate masterRate = new Rate();
    private final Rate replicaRate = new Rate();
    private long fromMaster;
    private long toReplicas;
    /** The same when the counters were set to zero. */
    private long fromMasterBefore;
    private long toReplicasBefore;

    Statistics() {
        for (int i = 0; i < events.length; i++) {
            events[i] = new LongAdder();
        }
    }

    /** Whether more memory is used than allowed; now and then. @param now ms since the epoch */
    void exceeded(boolean yes, long now) {
        if (!yes) {
            exceededBefore += exceededNow;
            exceededNow = 0;
            exceededSince = 0;
        } else if (exceededSince == 0) {
            exceededSince = now;
        } else {
            exceededNow = Math.max(0, now - exceededSince);
        }
    }

    /** How long more memory is used than allowed, ms. */
    long currentExceeded() {
        return exceededNow;
    }

    /** The same of all times. */
    long totalExceeded() {
        return exceededBefore + exceededNow;
    }

    /** From here to its end nothing counts as a command; changes do, unless it is told otherwise. */
    Aside aside() {
        return new Aside();
    }

    /** Counters that what is loaded does not touch: they are put back at the end. */
    final class Aside implements AutoCloseable {
        private final long commandsBefore = commands;
        private long dirtyAfter = -1;

        /** What is loaded is there already, somewhere: it is no change. @param count changes since the last snapshot then */
        Aside changes(long count) {
            dirtyAfter = count;
            return this;
        }

        @Override
        public void close() {
            commands = commandsBefore;
            dirty = dirtyAfter < 0 ? dirty : dirtyAfter;
        }
    }

    void count(Dispatcher.Event event, long amount) {
        events[event.ordinal()].add(amount);
    }

    long counted(Dispatcher.Event event) {
        return events[event.ordinal()].sum();
    }

    void count(Synchronisation kind) {
        synchronisations[kind.ordinal()]++;
    }

    long counted(Synchronisation kind) {
        return synchronisations[kind.ordinal()];
    }

    /** Counts an error reply by its code. */
    void error(String message) {
        totalErrors++;
        int blank = message.indexOf(' ');
        String code = blank < 0 ? message : message.substring(0, blank);
        long[] count = errors.get(code);
        if (count == null && errors.size() < 128) {
            errors.put(code, count = new long[1]);
        }
        if (count != null) {
            count[0]++;
        }
    }

    /** Error codes to counts. */
    Map<String, long[]> errors() {
        return errors;
    }

    /** Takes samples for the rates; {@code now} of {@link System#nanoTime}. */
    void sample(long now) {
        commandRate.sample(now, commands);
        inputRate.sample(now, counted(Dispatcher.Event.BYTES_IN));
        outputRate.sample(now, counted(Dispatcher.Event.BYTES_OUT));
    }

    /** The same for links of replication; bytes since the start. */
    void sampleLinks(long now, long received, long sent) {
        fromMaster = received;
        toReplicas = sent;
        masterRate.sample(now, received);
        replicaRate.sample(now, sent);
    }

    /** Writes the lines of INFO stats about links of replication. */
    void describeLinks(InfoSection.Lines lines) {
        lines.add("total_net_repl_input_bytes", fromMaster - fromMasterBefore);
        lines.add("total_net_repl_output_bytes", toReplicas - toReplicasBefore);
        lines.add("instantaneous_input_repl_kbps", String.format(Locale.ROOT, "%.2f", masterRate.perSecond() / 1024));
        lines.add("instantaneous_output_repl_kbps", String.format(Locale.ROOT, "%.2f", replicaRate.perSecond() / 1024));
    }

    double commandsPerSecond() {
        return commandRate.perSecond();
    }

    double inputBytesPerSecond() {
        return inputRate.perSecond();
    }

    double outputBytesPerSecond() {
        return outputRate.perSecond();
    }

    void reset() {
        commands = 0;
        connections.set(0);
        rejectedConnections.set(0);
        expiredKeys = 0;
        expireCycleTimeouts = 0;
        evictedKeys = 0;
        fromMasterBefore = fromMaster;
        toReplicasBefore = toReplicas;
        expireNanos = 0;
        exceededBefore = 0;
        evictedClients = 0;
        hits = 0;
        misses = 0;
        totalErrors = 0;
        errors.clear();
        Arrays.fill(synchronisations, 0);
        for (LongAdder event : events) {
            event.reset();
        }
    }

    /** A rate over the last samples. */
    private static final class Rate {
        private final double[] samples = new double[SAMPLES];
        private int next;
        private long lastTime;
        private long lastCount;

        void sample(long now, long count) {
            if (lastTime != 0 && now > lastTime) {
                samples[next++ % SAMPLES] = Math.max(0, count - lastCount) * 1e9 / (now - lastTime);
            }
            lastTime = now;
            lastCount = count;
        }

        double perSecond() {
            double sum = 0;
            for (double sample : samples) {
                sum += sample;
            }
            return sum / SAMPLES;
        }
    }
}
