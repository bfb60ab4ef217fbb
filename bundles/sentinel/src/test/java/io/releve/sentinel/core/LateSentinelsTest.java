package io.releve.sentinel.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.releve.format.guard.Address;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sentinels that come after the first two have decided whose copies count: they are no party to that, but bound by it once they count. */
class LateSentinelsTest {
    private static final Address MASTER = new Address("192.168.0.51", 6379);

    private final SimulatedNetwork network = new SimulatedNetwork(7);
    private final List<SimulatedSentinel> sentinels = new ArrayList<>();

    @Test
    void theyHaveWrittenDownWhatTheMasterGoesBy() {
        for (int h = 0; h < 2; h++) {
            SimulatedNetwork.Host host = network.new Host("h" + h, List.of("192.168.0." + (51 + h), "10.25.14." + (1 + h)));
            Address address = new Address(host.addresses.get(0), 6379);
            new SimulatedServer(network, host, address, h == 0 ? null : MASTER, true, 1, SimulatedServer.Observer.NOBODY).start(address);
            for (int s = 0; s < 2; s++) {
                SentinelConfig config = new SentinelConfig(String.format("%08x%032x", 0xa0 + 2 * h + s, s));
                MasterConfig master = new MasterConfig("master", MASTER, 1);
                master.downAfter = 3_000;
                config.masters.put("master", master);
                sentinels.add(new SimulatedSentinel(network, host, new Address(host.addresses.get(s), 26379), config, true, event -> { }));
            }
        }
        sentinels.subList(0, 2).forEach(sentinel -> sentinel.start(sentinel.address));
        network.runUntil(network.now() + 4_000);
        String decided = copies(sentinels.get(0));
        assertEquals("0-0-1 1", decided);
        sentinels.subList(2, 4).forEach(sentinel -> sentinel.start(sentinel.address));
        network.runUntil(network.now() + 6_000);
        for (SimulatedSentinel sentinel : sentinels) {
            assertEquals(sentinel.sentinel.master("master").membership().view(), sentinel.sentinel.master("master").membership().settled());
            sentinel.kill();
            sentinel.start(sentinel.address);
            assertEquals(decided, copies(sentinel));
        }
    }

    /** Stamp and number of copies, by what it has on disk as long as nothing is heard. */
    private static String copies(SimulatedSentinel sentinel) {
        Acceptor acceptor = sentinel.sentinel.master("master").acceptor;
        return acceptor.arrangement().stamp() + " " + acceptor.arrangement().need();
    }
}
