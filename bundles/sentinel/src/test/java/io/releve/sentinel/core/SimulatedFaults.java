package io.releve.sentinel.core;

import io.releve.sentinel.core.SimulatedNetwork.Host;
import io.releve.sentinel.core.SimulatedNetwork.Process;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What goes wrong in a world: now and then anywhere, and at moments at which it may hurt, where these were. Not every world has faults
 * of all kinds, nor as many of them: where everything is cut all the time nothing else can happen.
 */
final class SimulatedFaults {
    private enum Kind { CUT, ISOLATE, KILL, RESTART, SLEEP, POWER_OFF, FAILOVER, DISK_FULL, CLOCK_SET, LAG }

    private final SimulatedCluster cluster;
    private final SimulatedNetwork network;
    private final Random random;
    private final List<Kind> kinds = new ArrayList<>();
    /** ms, the longest time between two that come anywhere. */
    private final int pace;
    /** Chance of a moment, per thousand. */
    private final int aptness;
    private boolean isOver = true;
    int count;

    SimulatedFaults(SimulatedCluster cluster) {
        this.cluster = cluster;
        network = cluster.network;
        random = network.random;
        for (Kind kind : Kind.values()) {
            if (random.nextBoolean()) {
                kinds.add(kind);
            }
        }
        if (kinds.isEmpty()) {
            kinds.add(Kind.RESTART);
        }
        pace = List.of(3_000, 6_000, 15_000).get(random.nextInt(3));
        aptness = List.of(0, 20, 60).get(random.nextInt(3));
    }

    /** For so many ms; in the end everything is healed. */
    void run(int ms) {
        isOver = false;
        network.slowness = random.nextInt(3) == 0 ? random.nextInt(20) : 0;
        network.breakage = random.nextInt(3) == 0 ? random.nextInt(20) : 0;
        network.doubling = random.nextInt(3) == 0 ? random.nextInt(100) : 0;
        long end = network.now() + ms;
        while (network.now() < end) {
            network.runUntil(network.now() + random.nextInt(pace));
            switch (random.nextInt(4)) {
                case 0 -> network.heal();
                case 1 -> cluster.everybody().forEach(this::revive);
                default -> inflict(any(cluster.everybody()));
            }
        }
        isOver = true;
        network.heal();
        network.slowness = 0;
        network.breakage = 0;
        network.doubling = 0;
        cluster.servers.forEach(server -> server.lag = 0);
        cluster.everybody().forEach(this::revive);
    }

    /** Something has just happened here: to a server less does than to a sentinel. */
    void moment(Process where) {
        if (!isOver && random.nextInt(1_000) < (where instanceof SimulatedServer ? 4 * aptness : aptness)) {
            int soon = random.nextInt(random.nextBoolean() ? 50 : 600);
            network.after(soon, () -> strike(where));
            if (random.nextInt(3) == 0) {
                network.after(soon + random.nextInt(2_000), () -> strike(where));
            }
        }
    }

    private void strike(Process where) {
        if (!isOver) {
            inflict(where);
        }
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private void inflict(Process one) {
        count++;
        Kind kind = any(kinds);
        Host host = one.host;
        cluster.say(kind + " " + (one instanceof SimulatedServer s ? "server " + s.address : "sentinel " + ((SimulatedSentinel) one).address));
        switch (kind) {
            case CUT -> {
                Host other = any(cluster.hosts.stream().filter(each -> each != host).toList());
                switch (random.nextInt(4)) {
                    case 0 -> network.cutOneWay(host, other);
                    case 1 -> network.cutOneWay(other, host);
                    default -> network.cut(host, other);
                }
            }
            case ISOLATE -> cluster.hosts.forEach(other -> network.cut(host, other));
            case KILL -> one.kill();
            case RESTART -> {
                one.kill();
                network.after(random.nextInt(random.nextBoolean() ? 200 : 4_000), () -> revive(one));
            }
            case SLEEP -> {
                one.pause();
                network.after(500 + random.nextInt(8_000), one::resume);
            }
            case POWER_OFF -> {
                List<Process> there = cluster.everybody().stream().filter(process -> process.host == host).toList();
                there.forEach(Process::kill);
                network.after(random.nextInt(15_000), () -> there.forEach(this::revive));
            }
            case FAILOVER -> {
                // now and then two people have the same idea
                for (int i = random.nextInt(3); i < 3; i += 2) {
                    SimulatedSentinel sentinel = any(cluster.sentinels);
                    if (sentinel.alive && !sentinel.paused) {
                        sentinel.sentinel.failover("master");
                    }
                }
            }
            case DISK_FULL -> any(cluster.sentinels).failingSaves = random.nextInt(5);
            case CLOCK_SET -> host.set += random.nextInt(20_000) - 10_000;
            case LAG -> any(cluster.servers).lag = random.nextInt(3) == 0 ? 0 : random.nextInt(1_500);
        }
    }

    private void revive(Process process) {
        if (!process.alive) {
            process.start(process instanceof SimulatedServer s ? s.address : ((SimulatedSentinel) process).address);
        } else {
            process.resume();
        }
    }
}
