package io.releve.sentinel.core;

import io.releve.format.guard.Address;
import io.releve.format.guard.GuardAnswer;
import io.releve.format.guard.GuardRequest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Fetches the master's lease for it: asks witness and sentinels, and hands it on when those who granted keep everybody else
 * from being elected. It counts from a moment of the master's own clock that it told before anybody was asked, so that no
 * delay on the way makes it longer.
 */
final class Lease {
    /** What the holder takes for itself of what is granted: clocks may differ in speed. */
    private static final double SAFE = 0.9;

    private final Master master;
    private final Set<String> granted = new TreeSet<>();
    private long round;
    private long clock = -1;
    private long asked;
    private long readyClock = -1;
    private boolean saidLost;

    Lease(Master master) {
        this.master = master;
    }

    boolean isNeeded() {
        return master.config.witness != null && master.server.isOurs;
    }

    long duration() {
        return master.config.downAfter * 8 / 10;
    }

    /**
     * What is said to a server: whether a master needs a lease here, and up to when the one that leads has it.
     *
     * @param leads whether the server is the master
     */
    GuardRequest.Lease said(boolean leads) {
        if (master.config.witness == null) {
            return new GuardRequest.Lease(false, 0, 0);
        }
        return leads && readyClock >= 0 ? new GuardRequest.Lease(true, readyClock, (long) (duration() * SAFE))
                : new GuardRequest.Lease(true, 0, 0);
    }

    /** The master has told its clock. */
    void told(GuardAnswer answer) {
        long now = master.sentinel.world.now();
        if (!isNeeded() || !answer.isMaster() || answer.paused() || answer.epoch() > master.config.configEpoch || master.failover.isRunning()
                || now - asked < Math.max(50, master.config.downAfter / 10)) {
            return;
        }
        round++;
        asked = now;
        clock = answer.clock();
        granted.clear();
        long current = round;
        Address holder = master.config.address;
        List<String> words = master.grantWords(holder, duration(), clock);
        if (master.grantOwn(holder, duration(), clock)) {
            took(current, master.sentinel.config.id);
        }
        master.askAll("GRANT", words, (id, reply) -> {
            if (Long.valueOf(1).equals(reply)) {
                took(current, id);
            }
            master.refused(reply);
        });
    }

    private void took(long current, String id) {
        if (current == round) {
            granted.add(id);
            handOn();
        }
    }

    private void handOn() {
        if (readyClock < clock && master.blocks(granted)) {
            readyClock = clock;
            master.server.askGuard();
        }
    }

    void forget() {
        round++;
        readyClock = -1;
        clock = -1;
    }

    /** Said once when nobody grants any more. */
    void tick(long now) {
        boolean lost = isNeeded() && readyClock >= 0 && now - asked < 5_000 && clock - readyClock > duration();
        if (lost && !saidLost) {
            master.sentinel.event("+lease-lost", master.server.described() + " the witness and the other sentinels do not renew its lease",
                    Event.Level.WARNING, master);
        }
        saidLost = lost;
    }
}
