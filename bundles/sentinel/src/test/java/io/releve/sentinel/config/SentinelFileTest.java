package io.releve.sentinel.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.QuotedWords;
import io.releve.config.Statement;
import io.releve.config.Statement.WrongException;
import io.releve.format.guard.Address;
import io.releve.sentinel.core.MasterConfig;
import io.releve.sentinel.core.SentinelConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentinelFileTest {
    private static final String ID = "98c50bc5a579283a4c2fdf0aea85c82c067390eb";
    private static final String MONITOR = "sentinel monitor m 127.0.0.1 6379 2";

    @TempDir
    Path directory;

    private static List<Statement> statements(List<String> lines) {
        List<Statement> statements = new ArrayList<>();
        for (String line : lines) {
            byte[] bytes = line.replaceFirst("^# ", "").getBytes(StandardCharsets.UTF_8);
            List<byte[]> words = QuotedWords.split(bytes, 0, bytes.length);
            if (words != null && !words.isEmpty()) {
                statements.add(new Statement("s.conf", statements.size() + 1, line,
                        words.stream().map(word -> new String(word, StandardCharsets.UTF_8)).toList()));
            }
        }
        return statements;
    }

    private static SentinelConfig read(String... lines) throws WrongException {
        return read(List.of(lines));
    }

    private static SentinelConfig read(List<String> lines) throws WrongException {
        SentinelFile file = new SentinelFile(null);
        file.read(statements(lines));
        return file.config();
    }

    private static List<String> written(List<String> lines) throws WrongException {
        SentinelFile file = new SentinelFile(null);
        file.read(statements(lines));
        return file.lines();
    }

    private static void refuses(String why, String... lines) {
        WrongException e = assertThrows(WrongException.class, () -> read(lines), List.of(lines)::toString);
        assertEquals(why, e.getMessage());
        assertEquals(lines[lines.length - 1], e.statement().text());
    }

    /** Every option, in the order in which they are written. */
    private List<String> everything() throws Exception {
        Path script = Files.writeString(directory.resolve("script"), "#!/bin/sh\n");
        assertTrue(script.toFile().setExecutable(true));
        return List.of("sentinel myid " + ID, "sentinel deny-scripts-reconfig no", "sentinel resolve-hostnames yes",
                "sentinel announce-hostnames yes", "sentinel monitor m db1.example 6379 2",
                "sentinel down-after-milliseconds m 3000", "sentinel failover-timeout m 10000",
                "sentinel parallel-syncs m 4", "sentinel notification-script m " + script,
                "sentinel client-reconfig-script m " + script, "sentinel auth-pass m \"se cret\"",
                "sentinel auth-user m bob", "sentinel master-reboot-down-after-period m 5000",
                "sentinel rename-command m config \"\"", "sentinel rename-command m slaveof \"other name\"",
                "sentinel witness m 192.168.0.99 26379", "sentinel config-epoch m 3", "sentinel leader-epoch m 4",
                "sentinel known-replica m 10.0.0.2 6380", "sentinel known-replica m ::1 6381",
                "sentinel known-sentinel m 10.0.0.3 26379 " + ID.replace('9', '8'),
                "# releve-sentinel m host 1 two \"\" 3", "sentinel monitor other 10.0.0.1 7000 1",
                "sentinel config-epoch other 0", "sentinel leader-epoch other 0", "sentinel current-epoch 7",
                "sentinel announce-ip \"1.2.3.4\"", "sentinel announce-port 4000", "sentinel sentinel-user su",
                "sentinel sentinel-pass \"s p\"", "sentinel host-id rack-7");
    }

    @Test
    void everythingThatIsReadIsWritten() throws Exception {
        List<String> lines = everything();
        assertEquals(lines, written(lines));
        SentinelConfig config = read(lines);
        assertEquals(ID, config.id);
        assertEquals("s p", config.sentinelPass);
        assertEquals("rack-7", config.hostId);
        MasterConfig master = config.masters.get("m");
        assertEquals(new Address("db1.example", 6379), master.address);
        assertEquals(new Address("192.168.0.99", 26379), master.witness);
        assertEquals("se cret", master.authPass);
        assertEquals("", master.renamedCommands.get("config"));
        assertEquals("1 two  3", master.remembered.get("host"));
        assertEquals(List.of(new Address("10.0.0.2", 6380), new Address("::1", 6381)), master.knownReplicas);
    }

    @Test
    void theOrderOfLinesDoesNotMatter() throws Exception {
        List<String> lines = everything();
        for (int seed = 0; seed < 100; seed++) {
            List<String> shuffled = new ArrayList<>(lines);
            Collections.shuffle(shuffled, new Random(seed));
            List<String> written = new ArrayList<>(written(shuffled));
            List<String> expected = new ArrayList<>(lines);
            Collections.sort(written);
            Collections.sort(expected);
            assertEquals(expected, written, "seed " + seed);
        }
    }

    @Test
    void defaultsAreWrittenAsRedisWritesThem() throws Exception {
        SentinelConfig config = read(MONITOR);
        assertTrue(config.id.matches("[0-9a-f]{40}"));
        assertEquals(List.of("sentinel myid " + config.id, MONITOR, "sentinel config-epoch m 0", "sentinel leader-epoch m 0",
                "sentinel current-epoch 0"), new StatementWriter(java.util.Set.of()).lines(config));
        List<String> mentioned = written(List.of("sentinel resolve-hostnames no", "sentinel deny-scripts-reconfig yes", MONITOR,
                "sentinel down-after-milliseconds m 30000", "sentinel announce-port 0", "sentinel announce-ip \"\""));
        assertEquals(List.of("sentinel deny-scripts-reconfig yes", "sentinel resolve-hostnames no"), mentioned.subList(1, 3));
        assertTrue(mentioned.stream().noneMatch(line -> line.contains("30000") || line.contains("-port") || line.contains("-ip")));
    }

    @Test
    void epochsKeepTheSentinelsOwnFromFallingBehind() throws Exception {
        assertEquals(9, read(MONITOR, "sentinel current-epoch 2", "sentinel leader-epoch m 9").currentEpoch);
    }

    @Test
    void linesOfTheSameKindTakeEachOthersPlace() {
        SentinelFile file = new SentinelFile(null);
        assertEquals(file.key(List.of("sentinel", "known-slave", "m", "1.1.1.1", "1")),
                file.key(List.of("SENTINEL", "Known-Replica", "m", "2.2.2.2", "2")));
        assertEquals(file.key(List.of("sentinel", "myid", "1")), file.key(List.of("sentinel", "myid", "2")));
        assertTrue(!file.key(List.of("sentinel", "monitor", "a", "1", "1", "1"))
                .equals(file.key(List.of("sentinel", "monitor", "b", "1", "1", "1"))));
        assertEquals(null, file.key(List.of("sentinel")));
    }

    @Test
    void wrongLinesAreRefusedInRedisWords() {
        String unknown = "Unrecognized sentinel configuration statement.";
        refuses(unknown, "sentinel monitor m 127.0.0.1 6379");
        refuses(unknown, "sentinel foo");
        refuses(unknown, MONITOR, "sentinel foo m 3");
        refuses(unknown, MONITOR, "sentinel down-after-milliseconds m");
        refuses(unknown, "sentinel announce-ip");
        for (String quorum : List.of("0", "-1", "x", "99999999999")) {
            refuses("Quorum must be 1 or greater.", "sentinel monitor m 127.0.0.1 6379 " + quorum);
        }
        for (String port : List.of("99999", "x", "0")) {
            refuses("Invalid port number.", "sentinel monitor m 127.0.0.1 " + port + " 1");
        }
        refuses("Can't resolve instance hostname.", "sentinel monitor m nohost.invalid 6379 1");
        refuses("Can't resolve instance hostname.", "sentinel monitor m 1.2.3.256 6379 1");
        refuses("Duplicate master name.", MONITOR, MONITOR);
        refuses("Invalid master name: it stands in messages, between blanks and commas.",
                "sentinel monitor a,b 127.0.0.1 6379 1");
        for (String option : List.of("down-after-milliseconds", "failover-timeout")) {
            refuses("No such master with specified name.", "sentinel " + option + " m 3");
            refuses("negative or zero time parameter.", MONITOR, "sentinel " + option + " m 0");
            refuses("negative or zero time parameter.", MONITOR, "sentinel " + option + " m x");
        }
        refuses("negative time parameter.", MONITOR, "sentinel master-reboot-down-after-period m -3");
        refuses("Notification script seems non existing or non executable.", MONITOR,
                "sentinel notification-script m /nonexistent");
        refuses("Notification script seems non existing or non executable.", MONITOR,
                "sentinel notification-script m /etc/passwd");
        refuses("Client reconfiguration script seems non existing or non executable.", MONITOR,
                "sentinel client-reconfig-script m /nonexistent");
        refuses("No such master with specified name.", "sentinel auth-pass q x");
        refuses("Malformed Sentinel id in myid option.", "sentinel myid 123");
        refuses("Please specify yes or no for the deny-scripts-reconfig options.", "sentinel deny-scripts-reconfig x");
        refuses("Please specify yes or no for the resolve-hostnames option.", "sentinel resolve-hostnames x");
        refuses("Please specify yes or no for the announce-hostnames option.", "sentinel announce-hostnames x");
        refuses("Same command renamed multiple times with rename-command.", MONITOR,
                "sentinel rename-command m CONFIG a", "sentinel rename-command m config b");
        refuses("Duplicate hostname and port for replica.", MONITOR, "sentinel known-replica m 127.0.0.1 6380",
                "sentinel known-slave m 127.0.0.1 6380");
        refuses("Duplicate runid for sentinel.", MONITOR, "sentinel known-sentinel m 127.0.0.1 26380 abc",
                "sentinel known-sentinel m 127.0.0.1 26381 abc");
    }

    @Test
    void whatRedisPassesOverIsPassedOver() throws Exception {
        SentinelConfig config = read("sentinel", MONITOR, "sentinel known-sentinel m 127.0.0.1 26380",
                "sentinel parallel-syncs m 0", "# releve-sentinel gone key value", "# releve-sentinel");
        assertTrue(config.masters.get("m").knownSentinels.isEmpty());
        assertTrue(config.masters.get("m").remembered.isEmpty());
    }

    /** A file that is cut anywhere is read or refused, never anything else. */
    @Test
    void filesThatAreCut() throws Exception {
        String whole = String.join("\n", everything());
        int refused = 0;
        for (int end = 0; end < whole.length(); end++) {
            try {
                read(List.of(whole.substring(0, end).split("\n")));
            } catch (WrongException e) {
                refused++;
            }
        }
        assertTrue(refused > 100, "refused: " + refused);
    }
}
