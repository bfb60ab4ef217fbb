package io.releve.sentinel.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.format.guard.Address;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Histories that worlds hardly ever have by chance; each breaks its world when the rule it is about is left out. */
class RareHistoriesTest {
    private SimulatedCluster cluster;
    private SimulatedNetwork network;
    private final Set<String> seen = new HashSet<>();

    private void cluster(SimulatedCluster.Plan plan) {
        cluster = new SimulatedCluster(5, plan);
        network = cluster.network;
        cluster.start();
    }

    private void run(int ms) {
        network.runUntil(network.now() + ms);
    }

    private void heal() {
        network.heal();
        cluster.everybody().stream().filter(process -> !process.alive).forEach(this::start);
        cluster.converge(90_000);
        assertEquals(List.of(), cluster.violations);
    }

    private void start(SimulatedNetwork.Process process) {
        process.start(process instanceof SimulatedServer s ? s.address : ((SimulatedSentinel) process).address);
    }

    private List<SimulatedNetwork.Process> of(SimulatedNetwork.Host host) {
        return cluster.everybody().stream().filter(process -> process.host == host).toList();
    }

    /**
     * A planned change gives the role to the other host, which loses power before its sentinels have heard that it took place. When
     * they come back without the new master, cut off from the first, each host takes the other for the master's and elects alone.
     */
    @Test
    void theTwoHostsNeverUseTheSameEpoch() {
        cluster(new SimulatedCluster.Plan(2, 2, 2, 4, 1, 0, false, false, false));
        SimulatedNetwork.Host second = cluster.hosts.get(1);
        cluster.servers.get(2).kill();
        run(11_000);
        cluster.listener = (by, event) -> {
            if (event.equals("+promoted-slave") && seen.add(event)) {
                List<SimulatedNetwork.Process> there = of(second);
                Address promoted = by.sentinel.master("master").failover.promoted().address;
                assertTrue(second.addresses.contains(promoted.host()), "" + promoted);
                there.forEach(SimulatedNetwork.Process::kill);
                network.cut(cluster.hosts.get(0), second);
                network.after(100, () -> there.stream().filter(process -> process != network.listener(promoted)).forEach(this::start));
            }
        };
        cluster.sentinels.get(0).sentinel.failover("master");
        run(30_000);
        assertEquals(3, cluster.leaders.size(), "one leader by hand, and one of each host: " + cluster.leaders + cluster.violations);
        heal();
    }

    /** The replicas still turn to the one that was promoted: its epoch is told, and written down, with its name. */
    @Test
    void aLeaderNamesTheNewMasterWithItsEpoch() {
        cluster(new SimulatedCluster.Plan(2, 2, 2, 4, 1, 1, false, false, false));
        cluster.listener = (by, event) -> {
            if (event.equals("+slave-reconf-sent") && seen.add(event)) {
                Failover failover = by.sentinel.master("master").failover;
                PeerState state = PeerState.of(by.sentinel.master("master").state(false));
                assertEquals(failover.epoch() + " " + failover.promoted().address, state.configEpoch() + " " + state.master());
                Address promoted = failover.promoted().address;
                by.kill();
                by.start(by.address);
                assertEquals(state.configEpoch() + " " + promoted, by.config.masters.get("master").configEpoch + " " + by.config.masters.get("master").address);
                assertTrue(by.config.masters.get("master").knownReplicas.contains(cluster.servers.get(0).address));
            }
        };
        cluster.sentinels.get(0).sentinel.failover("master");
        run(15_000);
        assertTrue(seen.contains("+slave-reconf-sent"), "" + seen);
        heal();
    }

    /** The next election has given the role back to the old master, while the replicas are still told to follow the other one. */
    @Test
    void whoLeadsInALaterEpochLeads() {
        cluster(new SimulatedCluster.Plan(2, 2, 2, 4, 1, 0, false, false, false));
        Address old = cluster.servers.get(0).address;
        cluster.listener = (by, event) -> {
            if (event.equals("+slave-reconf-sent") && seen.add(event)) {
                Master master = by.sentinel.master("master");
                long later = master.failover.epoch() + 1;
                SimulatedSentinel other = cluster.sentinels.get(1);
                network.after(0, () -> {
                    by.sentinel.hello(new Hello(other.address, other.config.id, later, "master", old, later).text());
                    assertEquals(later + " " + old, master.config.configEpoch + " " + master.config.leading());
                    seen.add("later");
                });
            }
        };
        cluster.sentinels.get(0).sentinel.failover("master");
        run(5_000);
        assertTrue(seen.contains("later"), "" + seen);
        heal();
    }

    /** A replica comes back, and while the master asks for its copies another server becomes master. */
    @Test
    void aWishIsOnlyOfWhoWished() {
        cluster(new SimulatedCluster.Plan(2, 2, 2, 3, 1, 1, false, false, false));
        SimulatedServer replica = cluster.servers.get(2);
        cluster.observer = new SimulatedServer.Observer() {
            @Override
            public void changed(SimulatedServer which, String what) {
                if (replica.alive && what.contains(replica.runId()) && seen.add("asks")) {
                    network.after(0, () -> cluster.sentinels.get(0).sentinel.failover("master"));
                }
            }
        };
        replica.kill();
        run(10_000);
        replica.start(replica.address);
        run(3_000);
        assertTrue(seen.contains("asks") && !cluster.servers.get(0).isMaster(), "" + seen);
        heal();
    }

    /** It has voted, and is asked again, after a restart, by another candidate of the same epoch. */
    @Test
    void aVoteIsNotForgotten() {
        cluster(new SimulatedCluster.Plan(3, 1, 1, 2, 2, 0, false, false, false));
        SimulatedSentinel voter = cluster.sentinels.get(2);
        List<Object> votes = new ArrayList<>();
        for (int candidate = 0; candidate < 2; candidate++) {
            voter.request(null, List.of("SENTINEL", "is-master-down-by-addr", "192.168.0.51", "6379", "9",
                    cluster.sentinels.get(candidate).config.id), reply -> votes.add(((List<?>) reply).get(1)));
            voter.kill();
            voter.start(voter.address);
        }
        assertEquals(List.of(cluster.sentinels.get(0).config.id, "*"), votes);
    }

    /**
     * The leader dies when the replica it has chosen leads, and that one is cut off with its clients, whom it answers alone. Not all of
     * the others have heard of the choice. They know of copies enough of what the old master answered, but have none of what this one did.
     */
    @Test
    void aPromotionThatNobodyHasHeardOfMayHaveTakenPlace() {
        cluster(new SimulatedCluster.Plan(5, 1, 1, 3, 2, 2, false, false, false));
        List<Long> alone = new ArrayList<>();
        SimulatedSentinel[] leader = new SimulatedSentinel[1];
        SimulatedServer[] led = new SimulatedServer[1];
        cluster.listener = (by, event) -> {
            seen.add(event);
            if (event.equals("+failover-state-agree") && leader[0] == null) {
                leader[0] = by;
                String chosen = by.sentinel.master("master").failover.promoted().address.host();
                cluster.hosts.stream().filter(host -> host != by.host && !host.addresses.contains(chosen)).limit(2)
                        .forEach(host -> network.cut(by.host, host));
            }
        };
        cluster.observer = new SimulatedServer.Observer() {
            @Override
            public void changed(SimulatedServer which, String what) {
                if (what.startsWith("follows null") && led[0] == null) {
                    led[0] = which;
                    leader[0].kill();
                    cluster.hosts.forEach(other -> network.cut(which.host, other));
                }
            }

            @Override
            public void answered(SimulatedServer by, long write) {
                if (by == led[0]) {
                    alone.add(write);
                }
            }
        };
        cluster.servers.get(0).kill();
        run(60_000);
        assertTrue(alone.size() > 100 && seen.contains("-failover-abort-no-good-slave"), alone.size() + " " + seen);
        heal();
    }

    /**
     * A master that answers alone asks for a replica, which gets nothing from then on. Its sentinels agree, and when the master is lost
     * the replica counts as one that has everything.
     */
    @Test
    void whoAsksForAReplicaWaitsForItsCopies() {
        cluster(new SimulatedCluster.Plan(3, 1, 1, 2, 2, 1, false, false, false));
        SimulatedServer replica = cluster.servers.get(0);
        SimulatedServer master = cluster.servers.get(1);
        cluster.observer = new SimulatedServer.Observer() {
            @Override
            public void changed(SimulatedServer which, String what) {
                boolean asks = what.matches(".* 1 " + replica.runId() + " \\d+");
                if (which == master && what.contains(" leads ") && asks && seen.add("asks")) {
                    assertTrue(what.contains(" 1 - "), "it answers alone: " + what);
                    replica.lag = 60_000;
                } else if (which == master && seen.contains("asks") && !asks && seen.add("agreed")) {
                    network.after(100, () -> cluster.hosts.forEach(other -> network.cut(master.host, other)));
                }
            }
        };
        cluster.sentinels.get(2).sentinel.failover("master");
        run(30_000);
        assertTrue(seen.contains("agreed") && replica.isMaster(), "" + seen);
        replica.lag = 0;
        heal();
    }
}
