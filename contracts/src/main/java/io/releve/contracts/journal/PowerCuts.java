package io.releve.contracts.journal;

import io.releve.contracts.disk.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Cuts the power of a running server at many moments: copies of what its disk would hold, and what must be there. */
final class PowerCuts {
    /**
     * One of them.
     *
     * @param promised position up to which replies had left for which the journal answers, -1 for none
     * @param handedOut position that had been reached
     */
    record Cut(SimulatedDisk disk, String before, long promised, long handedOut) {
        Cut copy() {
            return new Cut(disk.copy(), before, promised, handedOut);
        }
    }

    /** What must not be lost. */
    enum Promise {
        /** What was acknowledged. */
        ACKNOWLEDGED,
        /** Replies that had left two seconds ago. */
        TWO_SECONDS,
        /** Replies that had left two seconds before the last one did: the disk hangs, and so do the clients. */
        TWO_SECONDS_OF_REPLIES,
        /** Nothing. */
        NONE
    }

    private final SimulatedDisk disk;
    private final TestServer server;
    private final Random random;
    private final double probability;
    private final Promise promise;
    private final List<Cut> cuts = new ArrayList<>();

    /**
     * Begins.
     *
     * @param probability of a cut before an operation of the disk
     */
    PowerCuts(SimulatedDisk disk, TestServer server, Random random, double probability, Promise promise) {
        this.disk = disk;
        this.server = server;
        this.random = random;
        this.probability = probability;
        this.promise = promise;
        disk.beforeOperation(this::operation);
    }

    private synchronized void operation(String name) {
        if (random.nextDouble() < probability) {
            cut(name);
        }
    }

    /** Cuts now. */
    synchronized void cut(String name) {
        long promised = promised();
        SimulatedDisk rest = disk.cut(random);
        cuts.add(new Cut(rest, name, promised, server.log.position()));
    }

    private long promised() {
        if (promise == Promise.NONE) {
            return -1;
        }
        if (promise == Promise.ACKNOWLEDGED) {
            long position = server.log.acknowledged();
            return position == Long.MAX_VALUE ? -1 : position;
        }
        long last = promise == Promise.TWO_SECONDS ? server.clock.nanoTime() : server.lastReply();
        var entry = server.released.floorEntry(last - 2_000_000_000L);
        return entry == null ? -1 : entry.getValue();
    }

    /** Stops. */
    synchronized List<Cut> end() {
        disk.beforeOperation(name -> { });
        return List.copyOf(cuts);
    }

    synchronized int count() {
        return cuts.size();
    }
}
