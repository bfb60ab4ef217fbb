package io.releve.sentinel.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.format.guard.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the doctor says of the article's machines, put together in each of the ways that docs/two-machines.md shows, is what stands there. */
class DoctorTest {
    private static final Path PAGE = Path.of("../../docs/two-machines.md");
    private static final List<String> FIRST = List.of("192.168.0.51", "192.168.0.52");
    private static final List<String> SECOND = List.of("10.25.14.1", "10.25.14.2");
    private static final Address MASTER = new Address("192.168.0.51", 6379);
    private static final Address THIRD = new Address("172.16.0.9", 26379);
    private static final int LONG_ENOUGH_MS = 30_000;

    private final SimulatedNetwork network = new SimulatedNetwork(1);
    private final List<SimulatedNetwork.Host> hosts = new ArrayList<>();
    private final List<SimulatedSentinel> sentinels = new ArrayList<>();
    private final List<SimulatedServer> servers = new ArrayList<>();

    private void machines(int need) {
        for (int i = 0; i < 2; i++) {
            hosts.add(network.new Host("machine" + i, List.of(FIRST.get(i), SECOND.get(i))));
            servers.add(new SimulatedServer(network, hosts.get(i), new Address(FIRST.get(i), 6379), i == 0 ? null : MASTER, true, need,
                    SimulatedServer.Observer.NOBODY));
        }
    }

    private void sentinel(SimulatedNetwork.Host host, Address address, Address witness, boolean ours) {
        SentinelConfig config = new SentinelConfig(String.format("%08x%032x", 0xa0 + sentinels.size(), sentinels.size() + 1));
        MasterConfig master = new MasterConfig("master", MASTER, 1);
        master.downAfter = 3_000;
        master.failoverTimeout = 10_000;
        master.witness = witness;
        config.masters.put("master", master);
        sentinels.add(new SimulatedSentinel(network, host, address, config, ours, event -> { }));
    }

    /** @param ours whether not only the one that is asked is one of ours */
    private void article(int need, Address witness, boolean ours) {
        machines(need);
        for (int i = 0; i < 2; i++) {
            sentinel(hosts.get(i), new Address(FIRST.get(i), 26379), witness, ours || i == 0);
            sentinel(hosts.get(i), new Address(SECOND.get(i), 26379), witness, ours);
        }
    }

    private SimulatedNetwork.Host third() {
        return network.new Host("third", List.of(THIRD.host()));
    }

    /** What stands below the line that begins with these words, without its line breaks. */
    private static String shown(String words) throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        int at = 0;
        while (at < lines.size() && !lines.get(at).startsWith(words)) {
            at++;
        }
        assertTrue(at < lines.size(), "not in the page: " + words);
        return lines.stream().skip(at).dropWhile(line -> !line.startsWith("    ")).takeWhile(line -> line.startsWith("    "))
                .map(String::strip).collect(Collectors.joining(" "));
    }

    private void says(String words) throws IOException {
        servers.forEach(server -> server.start(server.address));
        sentinels.forEach(sentinel -> sentinel.start(sentinel.address));
        network.runUntil(network.now() + LONG_ENOUGH_MS);
        assertEquals(shown(words), String.join(" ", new Doctor(sentinels.get(0).sentinel).examine("master")));
    }

    @Test
    void theArticlesFiles() throws Exception {
        article(0, null, true);
        says("The article's files, and the same with");
    }

    @Test
    void portsThatDiffer() throws Exception {
        machines(0);
        for (int i = 0; i < 4; i++) {
            sentinel(hosts.get(i / 2), new Address(FIRST.get(i / 2), 26379 + i % 2), null, true);
        }
        says("`ports`");
    }

    @Test
    void aFifthSentinelOnAThirdMachine() throws Exception {
        article(0, null, true);
        sentinel(third(), THIRD, null, true);
        says("A fifth sentinel");
    }

    @Test
    void aWitnessAndAcknowledgedCopies() throws Exception {
        article(1, THIRD, true);
        SimulatedSentinel witness = new SimulatedSentinel(network, third(), THIRD, new SentinelConfig("f".repeat(40)), true, event -> { });
        witness.start(THIRD);
        says("Its files");
    }

    @Test
    void sentinelsOfRedis() throws Exception {
        article(0, null, false);
        says("Sentinels of Redis");
    }
}
