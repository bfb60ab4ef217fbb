package io.releve.sentinel.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.format.guard.Address;
import io.releve.format.guard.GuardAnswer;
import io.releve.format.guard.GuardRequest;
import io.releve.replication.guard.Guard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What strangers say to sentinels, and what false peers and false servers answer them: words of chance, many of them nearly right.
 * Nothing is thrown but what is answered as an error, and what cannot be true has no consequence.
 */
class LiarsTest {
    private static final Address MASTER = new Address("192.168.0.51", 6379);
    private static final Address REPLICA = new Address("192.168.0.52", 6379);
    private static final Address FALSE = new Address("192.168.0.52", 9999);
    private static final String STRANGER = "e".repeat(40);
    /** Epochs and the like that no group reaches by elections. */
    private static final List<String> ABSURD = List.of("" + (1L << 40), "" + Long.MAX_VALUE, "-1", "" + Long.MIN_VALUE, "99999999999999999999",
            "x", "", "1e9", "0x10");
    private static final List<String> LIKELY = List.of("0", "1", "2", "3", "7", "6379", "26379", "1000");

    private final Random random = new Random(11);
    private final SimulatedNetwork network = new SimulatedNetwork(3);
    private final List<SimulatedNetwork.Host> hosts = new ArrayList<>();
    private final List<SimulatedServer> servers = new ArrayList<>();
    private final List<SimulatedSentinel> sentinels = new ArrayList<>();
    private boolean onlyAbsurd;

    private void group(int need, boolean withFalsePeer) {
        for (int i = 0; i < 2; i++) {
            hosts.add(network.new Host("h" + i, List.of("192.168.0." + (51 + i), "10.25.14." + (1 + i))));
            servers.add(new SimulatedServer(network, hosts.get(i), i == 0 ? MASTER : REPLICA, i == 0 ? null : MASTER, true, need,
                    SimulatedServer.Observer.NOBODY));
        }
        for (int i = 0; i < 4; i++) {
            SentinelConfig config = new SentinelConfig(String.format("%08x%032x", 0xa0 + i, i));
            MasterConfig master = new MasterConfig("master", MASTER, 1);
            master.downAfter = 3_000;
            master.failoverTimeout = 10_000;
            if (withFalsePeer) {
                master.knownSentinels.add(new MasterConfig.KnownSentinel(STRANGER, FALSE));
                master.knownReplicas.add(FALSE);
            }
            config.masters.put("master", master);
            sentinels.add(new SimulatedSentinel(network, hosts.get(i / 2),
                    new Address(hosts.get(i / 2).addresses.get(i % 2), 26379), config, true, event -> { }));
        }
        servers.forEach(server -> server.start(server.address));
        sentinels.forEach(sentinel -> sentinel.start(sentinel.address));
    }

    private String any(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private String number() {
        return any(onlyAbsurd || random.nextInt(3) == 0 ? ABSURD : LIKELY);
    }

    private String host() {
        return any(List.of("192.168.0.51", "192.168.0.52", "10.25.14.1", "1.2.3.4", "", "a b", "-", ",", "1.2.3.999", "x".repeat(300), "::1"));
    }

    private String port() {
        return onlyAbsurd ? any(List.of("0", "65536", "-1", "99999", "x", "")) : any(List.of("6379", "26379", "9999", "0", "65536", "-1", "x"));
    }

    private String id() {
        return any(List.of(STRANGER, sentinels.get(0).config.id, sentinels.get(3).config.id, "short", "", "E".repeat(40)));
    }

    private String stamp() {
        return number() + "-" + number() + (random.nextInt(9) == 0 ? "" : "-" + number());
    }

    private String view() {
        return any(List.of("", id() + "@h0 " + id() + "@h1", "@", "nonsense", id() + "@", sentinels.get(0).sentinel.master("master").membership().view()));
    }

    private String hello() {
        List<String> words = new ArrayList<>(List.of(host(), port(), id(), number(), onlyAbsurd ? "other" : any(List.of("master", "other", "")),
                host(), port(), number()));
        if (random.nextInt(9) == 0) {
            words.remove(random.nextInt(words.size()));
        }
        return String.join(",", words);
    }

    private List<String> state(String name) {
        return List.of(name, id(), any(List.of("h0", "h1", "a b", "@", "")), any(List.of(host() + "," + host(), ",", "")), port(), number(), number(),
                host(), port(), view(), view(), view());
    }

    private List<String> request() {
        List<String> arrangement = List.of(stamp(), host(), port(), number(), any(List.of("-", id(), id() + "," + id(), "")));
        List<String> words = new ArrayList<>(List.of("SENTINEL"));
        String name = any(List.of("master", "master", "other"));
        switch (random.nextInt(9)) {
            case 0 -> {
                words.addAll(List.of("PEER", "STATE"));
                words.addAll(state(name));
            }
            case 1 -> words.addAll(List.of("PEER", "ARRANGEMENT", name, number()));
            case 2 -> words.addAll(List.of("PEER", "PROMOTE", name, number(), stamp(), host(), port(), number()));
            case 3 -> words.addAll(List.of("PEER", "PROPOSE", name, stamp()));
            case 4 -> words.addAll(List.of("PEER", "GRANT", name, host(), port(), number(), number(), number()));
            case 5 -> words.addAll(List.of("PEER", "RELEASE", name, host(), port(), number()));
            case 6 -> words.addAll(List.of("PEER", any(List.of("", "FOO", "BYE")), id()));
            case 7 -> {
                return List.of("PUBLISH", Hello.CHANNEL, hello());
            }
            default -> words.addAll(List.of("is-master-down-by-addr", host(), any(List.of("6379", "1")), any(List.of("0", "3", "" + (1L << 40))), id()));
        }
        if (words.contains("PROPOSE") || words.contains("GRANT")) {
            words.addAll(arrangement);
        }
        while (words.get(1).equals("PEER") && random.nextInt(6) == 0 && words.size() > 3) {
            words.remove(words.size() - 1);
        }
        return words;
    }

    private void lies(int count) {
        for (int i = 0; i < count; i++) {
            SimulatedSentinel to = sentinels.get(random.nextInt(4));
            List<String> request = request();
            if (!request.get(0).equals("SENTINEL") || request.size() > 2) {
                to.request(null, request, reply -> { });
            }
            if (i % 20 == 0) {
                network.runUntil(network.now() + 100);
            }
        }
    }

    @Test
    void whateverIsAskedIsAnswered() {
        group(1, false);
        network.runUntil(network.now() + 15_000);
        lies(5_000);
        network.runUntil(network.now() + 60_000);
        sentinels.forEach(sentinel -> assertTrue(sentinel.config.currentEpoch < 1L << 33, "" + sentinel.config.currentEpoch));
    }

    /** Forged epochs, other masters' names, ports out of range: the group goes on as before, and survives the loss of its master. */
    @Test
    void whatCannotBeTrueHasNoConsequence() {
        group(1, false);
        network.runUntil(network.now() + 20_000);
        onlyAbsurd = true;
        lies(5_000);
        for (SimulatedSentinel sentinel : sentinels) {
            Master master = sentinel.sentinel.master("master");
            assertEquals(MASTER, master.config.address);
            assertTrue(sentinel.config.currentEpoch < 100, "" + sentinel.config.currentEpoch);
            assertTrue(master.acceptor.arrangement().stamp().ballot() < 100 && master.acceptor.ballot() < 100, master.acceptor.remember());
            assertEquals(3, master.peers().size());
        }
        loseMaster();
    }

    /** All is right but the numbers, which would stand in the way of every later election. */
    @Test
    void stampsOfTheFarFuture() {
        group(1, false);
        network.runUntil(network.now() + 20_000);
        String far = "" + (1L << 40);
        String holder = "master " + MASTER.host() + " " + MASTER.port();
        List<String> lies = List.of("PROPOSE master 1-0-0 1-" + far + "-1 " + holder.substring(7) + " 1 -",
                "PROPOSE master " + far + "-0-0 " + far + "-0-1 " + holder.substring(7) + " 1 -",
                "PROPOSE master 0-0-0 1-0-" + far + " - 0 1 -",
                "GRANT " + holder + " " + far + " 2400 1 " + far + "-0-1 " + holder.substring(7) + " 1 -",
                "GRANT " + holder + " 0 2400 1 0-" + far + "-1 " + holder.substring(7) + " 1 -",
                "PROMOTE master " + far + " " + far + "-0-0 1.2.3.4 5 1", "ARRANGEMENT master " + far);
        for (SimulatedSentinel sentinel : sentinels) {
            for (String lie : lies) {
                List<String> words = new ArrayList<>(List.of("SENTINEL", "PEER"));
                words.addAll(List.of(lie.split(" ")));
                sentinel.request(null, words, reply -> assertTrue(reply instanceof Link.Failure || reply.equals(0L), lie + " " + reply));
            }
        }
        sentinels.get(0).sentinel.master("master").guarded(sentinels.get(0).sentinel.master("master").server, GuardAnswer.of(List.of("role", "master",
                "epoch", "0", "clock", "1", "offset", "1", "arrangement", far + "-" + far + "-1 192.168.0.51 6379 1 -")));
        assertTrue(sentinels.get(0).sentinel.master("master").acceptor.arrangement().stamp().term() < 100);
        loseMaster();
    }

    @Test
    void aServerIsNotLedIntoTheFarFuture() {
        Guard guard = new Guard("", true, 0, () -> "nonce");
        String right = "master " + STRANGER + " 4 master 192.168.0.51 6379";
        guard.take(GuardRequest.parse(List.of(right.split(" "))), 0, 1);
        for (String lie : List.of(right.replace(" 4 ", " " + (1L << 40) + " "), right + " PROMISE " + (1L << 40),
                right + " ARRANGEMENT 4-" + (1L << 40) + "-1 192.168.0.51 6379 1 -")) {
            assertThrows(IllegalArgumentException.class, () -> guard.take(GuardRequest.parse(List.of(lie.split(" "))), 0, 2), lie);
        }
        assertEquals(4, guard.epoch());
        assertEquals(0, guard.promise());
        assertTrue(guard.obeys(4) && !guard.obeys(3));
    }

    private void loseMaster() {
        servers.get(0).kill();
        sentinels.stream().limit(2).forEach(SimulatedNetwork.Process::kill);
        network.runUntil(network.now() + 10_000);
        assertTrue(servers.get(1).isMaster() && servers.get(1).serves(), "the replica was not promoted");
    }

    private Object reply(int depth) {
        return switch (random.nextInt(depth > 2 ? 5 : 8)) {
            case 0 -> null;
            case 1 -> random.nextLong();
            case 2 -> any(List.of("", "PONG", "OK", STRANGER, "LOADING", "\0", hello(), stamp(), number()));
            case 3 -> new Link.Failure(any(List.of("", "ERR", "LOADING x", "NOAUTH", "MASTERDOWN")));
            case 4 -> "run_id:" + id() + "\r\nreleve_version:1\r\nrole:" + any(List.of("master", "slave", "sentinel")) + "\r\nslave0:ip=" + host()
                    + ",port=" + port() + "\r\nmaster_host:" + host() + "\r\nmaster_port:" + number() + "\r\nmaster_link_status:"
                    + any(List.of("up", "down", "")) + "\r\nslave_repl_offset:" + number() + "\r\nmaster_link_down_since_seconds:" + number()
                    + "\r\nslave_priority:" + number();
            case 5 -> Arrays.asList(1L, id(), random.nextBoolean() ? 3L : Long.MAX_VALUE);
            case 6 -> List.of("role", any(List.of("master", "replica")), "epoch", number(), "term", number(), "clock", number(), "fence", id(), "paused",
                    any(List.of("0", "1")), "offset", number(), "promise", number(), "arrangement", stamp() + " " + host() + " " + port() + " 1 -",
                    "wish", "");
            default -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(12); i > 0; i--) {
                    list.add(reply(depth + 1));
                }
                yield list;
            }
        };
    }

    /** Known to all as a sentinel and as a replica, it answers whatever comes; those who are true do without it. */
    private final class FalsePeer extends SimulatedNetwork.Process {
        FalsePeer(SimulatedNetwork.Host host) {
            network.super(host);
        }

        @Override
        void request(SimulatedNetwork.SimulatedLink from, List<String> words, Consumer<Object> answer) {
            if (words.contains("MYID") && random.nextInt(4) > 0) {
                answer.accept(STRANGER);
            } else if (words.contains("STATE") && random.nextInt(4) > 0) {
                answer.accept(state("master"));
            } else {
                answer.accept(reply(0));
            }
            if (words.get(0).equals("SUBSCRIBE")) {
                for (int i = 0; i < 20; i++) {
                    from.push(Hello.CHANNEL, hello());
                }
            }
        }

        @Override
        void started() {
        }
    }

    @Test
    void whateverIsAnsweredIsBorne() {
        group(1, true);
        FalsePeer liar = new FalsePeer(hosts.get(1));
        liar.start(FALSE);
        network.runUntil(network.now() + 120_000);
        servers.get(0).kill();
        network.runUntil(network.now() + 60_000);
        sentinels.forEach(sentinel -> assertTrue(sentinel.config.currentEpoch < 1L << 33, "" + sentinel.config.currentEpoch));
    }
}
