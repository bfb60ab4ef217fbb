package io.releve.sentinel.core;

import io.releve.format.guard.Address;
import io.releve.format.guard.GuardAnswer;
import io.releve.format.guard.GuardRequest;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
    private final Map<String, Boolean> granted = new TreeMap<>();
    private boolean witnessGranted;
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
        witnessGranted = false;
        long current = round;
        Address holder = master.config.address;
        String[] words = master.grantWords(holder, duration(), clock);
        if (master.grantOwn(holder, duration(), clock)) {
            took(current, master.sentinel.config.id);
        }
        master.witness.send(reply -> {
            if (current == round && Long.valueOf(1).equals(reply)) {
                witnessGranted = true;
                handOn();
            }
            master.refused(reply);
        }, words);
        for (Peer peer : master.peers()) {
            if (!peer.hostId.isEmpty() && !peer.isMisdirected()) {
                peer.send(reply -> {
                    if (Long.valueOf(1).equals(reply)) {
                        took(current, peer.id());
                    }
                    master.refused(reply);
                }, words);
            }
        }
    }

    private void took(long current, String id) {
        if (current == round) {
            granted.put(id, true);
            handOn();
        }
    }

    private void handOn() {
        Set<String> ids = new TreeSet<>(granted.keySet());
        if (readyClock < clock && (witnessGranted || master.rules().blocks(ids, master.hostOf(master.config.address)))) {
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
