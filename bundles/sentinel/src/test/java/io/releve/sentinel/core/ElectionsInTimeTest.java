package io.releve.sentinel.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.format.guard.Address;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where nothing but the master is lost, another leads within the time that is promised, whatever the sentinels notice at which moment. */
class ElectionsInTimeTest {
    private static final Address MASTER = new Address("192.168.0.51", 6379);
    private static final Address WITNESS = new Address("172.16.0.9", 26379);
    private static final int DOWN_AFTER = 3_000;
    private static final int WORLDS = 6;

    private SimulatedNetwork network;
    private final List<SimulatedServer> servers = new ArrayList<>();
    private final List<SimulatedSentinel> sentinels = new ArrayList<>();

    private void build(long seed, boolean witness, int need) {
        network = new SimulatedNetwork(seed);
        servers.clear();
        sentinels.clear();
        if (witness) {
            SimulatedNetwork.Host third = network.new Host("w", List.of(WITNESS.host()));
            new SimulatedSentinel(network, third, WITNESS, new SentinelConfig(String.format("%040x", 999)), true, event -> { }).start(WITNESS);
        }
        for (int h = 0; h < 2; h++) {
            SimulatedNetwork.Host host = network.new Host("h" + h, List.of("192.168.0." + (51 + h), "10.25.14." + (1 + h)));
            Address address = new Address(host.addresses.get(0), 6379);
            SimulatedServer server = new SimulatedServer(network, host, address, h == 0 ? null : MASTER, true, need, SimulatedServer.Observer.NOBODY);
            server.start(address);
            servers.add(server);
            for (int s = 0; s < 2; s++) {
                SentinelConfig config = new SentinelConfig(String.format("%08x%032x", network.random.nextInt() & 0x7fffffff, 2 * h + s));
                MasterConfig master = new MasterConfig("master", MASTER, 1);
                master.downAfter = DOWN_AFTER;
                master.failoverTimeout = 10_000;
                master.witness = witness ? WITNESS : null;
                config.masters.put("master", master);
                SimulatedSentinel sentinel = new SimulatedSentinel(network, host, new Address(host.addresses.get(s), 26379), config, true,
                        event -> { });
                sentinel.start(sentinel.address);
                sentinels.add(sentinel);
            }
        }
        network.runUntil(network.now() + 20_000 + network.random.nextInt(1_000));
    }

    @ParameterizedTest
    @CsvSource({"false, 0", "true, 0", "false, 1", "true, 1"})
    void aMachineIsLost(boolean witness, int need) {
        theMasterIsLost(witness, need, 2);
    }

    @ParameterizedTest
    @CsvSource({"false, 0", "true, 0", "false, 1", "true, 1"})
    void aServerIsLost(boolean witness, int need) {
        theMasterIsLost(witness, need, 0);
    }

    /** @param lostSentinels how many of the master's host go with it */
    private void theMasterIsLost(boolean witness, int need, int lostSentinels) {
        for (int seed = 0; seed < WORLDS; seed++) {
            build(seed, witness, need);
            servers.get(0).kill();
            sentinels.subList(0, lostSentinels).forEach(SimulatedNetwork.Process::kill);
            network.runUntil(network.now() + DOWN_AFTER + 1_500);
            assertTrue(servers.get(1).isMaster(), "not promoted in world " + seed);
        }
    }

    @ParameterizedTest
    @CsvSource({"false, 0", "true, 0", "false, 1", "true, 1"})
    void byHand(boolean witness, int need) {
        for (int seed = 0; seed < WORLDS; seed++) {
            build(seed, witness, need);
            // to and fro: the clocks of the two hosts are not the same
            for (int round = 0; round < 2; round++) {
                assertEquals("", sentinels.get(seed % 4).sentinel.failover("master"));
                network.runUntil(network.now() + 2_000);
                SimulatedServer leads = servers.get(1 - round);
                assertTrue(leads.isMaster() && leads.serves(), "not promoted in world " + seed + ", round " + round);
                assertFalse(servers.get(round).isMaster(), "two masters in world " + seed);
                network.runUntil(network.now() + 3_000);
            }
        }
    }
}
