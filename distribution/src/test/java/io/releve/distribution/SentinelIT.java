package io.releve.distribution;

import static io.releve.distribution.SentinelGroup.SENTINEL;
import static io.releve.distribution.SentinelGroup.ask;
import static io.releve.distribution.SentinelGroup.fields;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.masterreplica.MasterReplica;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.JedisSentinelPool;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.SafeEncoder;

/** Sentinels of the package at work: with servers and sentinels of ours and of Redis, and clients that ask them for the master. */
class SentinelIT {
    @TempDir
    Path directory;

    /** A client that writes on and on, whatever happens to its connection. */
    private static final class Client implements AutoCloseable {
        final AtomicLong written = new AtomicLong();
        private final Thread thread;
        private volatile boolean on = true;
        private volatile Throwable last;

        interface Write {
            void once() throws Exception;
        }

        Client(Write write) {
            thread = new Thread(() -> {
                while (on) {
                    try {
                        write.once();
                        written.incrementAndGet();
                        Thread.sleep(2);
                    } catch (Exception e) {
                        last = e;
                        pause();
                    }
                }
            }, "client");
            thread.start();
        }

        private static void pause() {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void awaitMore(SentinelGroup group) throws InterruptedException {
            long before = written.get();
            SentinelGroup.await(() -> last + "\n" + group.output(), () -> written.get() > before + 10);
        }

        @Override
        public void close() throws InterruptedException {
            on = false;
            thread.join(TimeUnit.SECONDS.toMillis(20));
        }
    }

    /** Kills the master and lets it come back; @return ms until the replica led */
    private static long loseMaster(SentinelGroup group, boolean ourServers) throws Exception {
        int old = group.master;
        int successor = group.replica;
        long start = System.nanoTime();
        group.kill(old);
        SentinelGroup.await(group::output, () -> SentinelGroup.role(successor).equals("master"));
        long took = (System.nanoTime() - start) / 1_000_000;
        group.awaitLeader(successor);
        group.server(old, ourServers);
        group.awaitFollows(old, successor);
        group.master = successor;
        group.replica = old;
        return took;
    }

    @Test
    void aMasterOfOursIsLostAndComesBack() throws Exception {
        try (SentinelGroup group = SentinelGroup.start(directory, true, true, true, true);
                JedisSentinelPool pool = new JedisSentinelPool("m", group.addresses());
                Client jedis = new Client(() -> {
                    try (Jedis connection = pool.getResource()) {
                        connection.incr("jedis");
                    }
                });
                LettuceClient lettuce = new LettuceClient(group);
                Client viaLettuce = new Client(lettuce::write)) {
            jedis.awaitMore(group);
            viaLettuce.awaitMore(group);
            long took = loseMaster(group, true);
            System.out.println("promoted after " + took + " ms, down-after " + SentinelGroup.DOWN_AFTER);
            assertTrue(took < SentinelGroup.DOWN_AFTER + 1_500, took + " ms\n" + group.output());
            jedis.awaitMore(group);
            viaLettuce.awaitMore(group);
            assertTrue(Files.readString(group.file(group.sentinels().get(0))).contains("sentinel monitor m 127.0.0.1 " + group.master));
        }
    }

    /** Lettuce with the address of a sentinel, as its documentation has it. */
    private static final class LettuceClient implements AutoCloseable {
        private final RedisClient client = RedisClient.create();
        private final StatefulRedisConnection<String, String> connection;

        LettuceClient(SentinelGroup group) {
            RedisURI.Builder uri = RedisURI.builder().withSentinelMasterId("m").withTimeout(java.time.Duration.ofSeconds(2));
            group.sentinels().forEach(port -> uri.withSentinel("127.0.0.1", port));
            connection = MasterReplica.connect(client, StringCodec.UTF8, uri.build());
        }

        void write() {
            connection.sync().incr("lettuce");
        }

        @Override
        public void close() {
            connection.close();
            client.shutdown(0, 2, TimeUnit.SECONDS);
        }
    }

    @Test
    void serversOfRedisUnderOurSentinels() throws Exception {
        try (SentinelGroup group = SentinelGroup.start(directory, false, true, true, true)) {
            long took = loseMaster(group, false);
            System.out.println("promoted after " + took + " ms");
            assertTrue(took < SentinelGroup.DOWN_AFTER + 1_500, took + " ms\n" + group.output());
        }
    }

    @Test
    void ourServersUnderSentinelsOfRedis() throws Exception {
        try (SentinelGroup group = SentinelGroup.start(directory, true, false, false, false)) {
            loseMaster(group, true);
        }
    }

    /** Each leads once, with what was written to the other. */
    @Test
    void serversOfBothKinds() throws Exception {
        try (SentinelGroup group = SentinelGroup.start(directory, List.of(true, false), true, true, true)) {
            group.sentinels().forEach(port -> ask(port, SENTINEL, "DEBUG", "info-period", "1000"));
            set(group, "by ours");
            loseMaster(group, true);
            set(group, "by Redis");
            SentinelGroup.await(group::output, () -> "OK".equals(ask(group.sentinels().get(0), SENTINEL, "FAILOVER", "m")));
            group.awaitLeader(group.replica);
            try (Jedis jedis = new Jedis("127.0.0.1", group.replica)) {
                assertEquals(Set.of("by ours", "by Redis"), jedis.keys("*"), group::output);
            }
        }
    }

    /** Answered when the replica has it. */
    private static void set(SentinelGroup group, String key) {
        try (Jedis jedis = new Jedis("127.0.0.1", group.master)) {
            jedis.set(key, "");
            assertEquals(1, jedis.waitReplicas(1, 10_000));
        }
    }

    @Test
    void sentinelsOfBothKinds() throws Exception {
        try (SentinelGroup group = SentinelGroup.start(directory, true, true, false, true, false)) {
            loseMaster(group, true);
            // and by hand, at one of each kind
            for (int sentinel : group.sentinels().subList(0, 2)) {
                byHand(group, sentinel);
            }
        }
    }

    private static void byHand(SentinelGroup group, int sentinel) throws Exception {
        int old = group.master;
        // a replica that has just come back is not chosen before its INFO is known
        SentinelGroup.await(group::output, () -> "OK".equals(ask(sentinel, SENTINEL, "FAILOVER", "m")));
        group.awaitLeader(group.replica);
        group.awaitFollows(old, group.replica);
        group.master = group.replica;
        group.replica = old;
    }

    /** Programs that write to whom the sentinels name, whose ports they are told; they say when they write, and when they have followed. */
    private List<String> programs(List<String> missing) throws Exception {
        List<String> found = new ArrayList<>();
        Path clients = Path.of("src/test/clients").toAbsolutePath();
        String python = System.getProperty("releve.python", "/usr/bin/python3");
        if (runs(python, "-c", "import redis.sentinel")) {
            found.add(python + " " + clients.resolve("sentinel.py"));
        } else {
            missing.add("redis-py is not installed here");
        }
        for (Map.Entry<String, String> each : Map.of("ioredis", "sentinel-ioredis.mjs", "redis", "sentinel-node-redis.mjs").entrySet()) {
            if (Files.isDirectory(clients.resolve("node_modules").resolve(each.getKey())) && runs("node", "--version")) {
                found.add("node " + clients.resolve(each.getValue()));
            } else {
                missing.add(each.getKey() + " is not installed: npm ci in distribution/src/test/clients");
            }
        }
        return found;
    }

    /** redis-py, whose interpreter is {@code -Dreleve.python}, ioredis and node-redis, each by its own way of asking sentinels. */
    @Test
    void clientsOfOtherLanguagesFollow() throws Exception {
        List<String> missing = new ArrayList<>();
        List<String> programs = programs(missing);
        assumeTrue(!programs.isEmpty(), missing::toString);
        Map<Process, Path> clients = new LinkedHashMap<>();
        try (SentinelGroup group = SentinelGroup.start(directory, true, true, true, true)) {
            try {
                for (String program : programs) {
                    List<String> command = new ArrayList<>(List.of(program.split(" ")));
                    group.sentinels().forEach(port -> command.add("" + port));
                    Path output = directory.resolve("client-" + clients.size() + ".out");
                    clients.put(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start(), output);
                }
                for (Path output : clients.values()) {
                    SentinelGroup.await(() -> output + " " + read(output) + group.output(), () -> read(output).contains("writing"));
                }
                loseMaster(group, true);
                for (Map.Entry<Process, Path> client : clients.entrySet()) {
                    assertTrue(client.getKey().waitFor(60, TimeUnit.SECONDS), () -> read(client.getValue()));
                    assertTrue(read(client.getValue()).contains("followed"), () -> client + read(client.getValue()));
                    System.out.println(client.getKey().info().commandLine().orElse(client.getValue().toString()) + ": " + read(client.getValue()));
                }
            } finally {
                clients.keySet().forEach(Process::destroyForcibly);
            }
        }
        assumeTrue(missing.isEmpty(), missing::toString);
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
                    .waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Those who stop in order tell the others, and stop soon. */
    @Test
    void scriptsAndAnOrderlyStop() throws Exception {
        Path told = directory.resolve("told");
        Path script = Files.writeString(directory.resolve("script"), "#!/bin/sh\necho \"$@\" >> " + told + "\n");
        assertTrue(script.toFile().setExecutable(true));
        try (SentinelGroup group = SentinelGroup.start(directory, false, true, true)) {
            int port = group.sentinel(true, "sentinel notification-script m " + script, "sentinel client-reconfig-script m " + script);
            SentinelGroup.await(group::output, () -> SentinelGroup.master(port).get("num-other-sentinels").equals("2")
                    && SentinelGroup.master(port).get("num-slaves").equals("1"));
            int old = group.master;
            byHand(group, port);
            SentinelGroup.await(() -> "told: " + told, () -> read(told).contains("m leader start 127.0.0.1 " + old + " 127.0.0.1 "
                    + group.master) && read(told).contains("m leader end 127.0.0.1 " + old + " 127.0.0.1 " + group.master)
                    && read(told).contains("+switch-master m 127.0.0.1 " + old + " 127.0.0.1 " + group.master));
            long start = System.nanoTime();
            group.ours(port).terminate();
            assertEquals(0, group.ours(port).exitCode());
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10));
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What happens is told to those who listen, in Redis' words and order. */
    @Test
    void failoverByHandAndItsMessages() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        JedisPubSub listener = new JedisPubSub() {
            @Override
            public void onPMessage(String pattern, String channel, String message) {
                heard.add(channel + " " + message);
            }
        };
        try (SentinelGroup group = SentinelGroup.start(directory, true, true, true, true);
                Jedis subscriber = new Jedis("127.0.0.1", group.sentinels().get(0))) {
            Thread thread = new Thread(() -> subscriber.psubscribe(listener, "*"));
            thread.start();
            SentinelGroup.await(() -> "not subscribed", listener::isSubscribed);
            int old = group.master;
            byHand(group, group.sentinels().get(0));
            SentinelGroup.await(heard::toString, () -> heard.stream().anyMatch(what -> what.startsWith("+slave ")));
            listener.punsubscribe();
            thread.join(5_000);
            List<String> types = heard.stream().map(what -> what.substring(0, what.indexOf(' '))).toList();
            List<String> expected = List.of("+new-epoch", "+try-failover", "+vote-for-leader", "+elected-leader",
                    "+failover-state-select-slave", "+selected-slave", "+failover-state-send-slaveof-noone",
                    "+failover-state-wait-promotion", "+promoted-slave", "+failover-state-reconf-slaves", "+failover-end",
                    "+switch-master", "+slave");
            List<String> left = new ArrayList<>(types);
            left.retainAll(expected);
            assertEquals(expected, left, heard.toString());
            assertTrue(heard.contains("+switch-master m 127.0.0.1 " + old + " 127.0.0.1 " + group.master), heard.toString());
        }
    }

    /** The same questions to a sentinel of ours and to Redis' that watch the same servers. */
    @Test
    void repliesAreThoseOfRedis() throws Exception {
        try (SentinelGroup group = SentinelGroup.start(directory, false, true, false)) {
            int ours = group.sentinels().get(0);
            int theirs = group.sentinels().get(1);
            Thread.sleep(11_000);
            assertEquals(comparable(SentinelGroup.master(theirs)), comparable(SentinelGroup.master(ours)));
            assertEquals(comparable(first(theirs, "REPLICAS")), comparable(first(ours, "REPLICAS")));
            assertEquals(comparable(first(theirs, "SLAVES")), comparable(first(ours, "SLAVES")));
            assertEquals(first(theirs, "SENTINELS").keySet().stream().toList(), first(ours, "SENTINELS").keySet().stream().toList());
            assertEquals(fields(ask(theirs, SENTINEL, "DEBUG")), fields(ask(ours, SENTINEL, "DEBUG")));
            assertEquals(infoSection(theirs), infoSection(ours));
            for (String line : QUESTIONS) {
                String[] words = line.replace("PORT", "" + group.master).replace("ID", "a".repeat(40)).split(" ", -1);
                ProtocolCommand command = () -> SafeEncoder.encode(words[0]);
                String[] arguments = List.of(words).subList(1, words.length).toArray(String[]::new);
                assertEquals(answer(theirs, command, arguments), answer(ours, command, arguments), line);
            }
            // once down, there are more fields
            group.kill(group.master);
            SentinelGroup.await(group::output, () -> SentinelGroup.master(theirs).containsKey("o-down-time")
                    && SentinelGroup.master(ours).containsKey("o-down-time"));
            Map<String, String> down = SentinelGroup.master(ours);
            assertTrue(down.get("flags").startsWith("s_down,o_down,master,disconnected"), down.toString());
        }
    }

    private static final List<String> QUESTIONS = List.of("SENTINEL", "SENTINEL bogus", "SENTINEL MASTER", "SENTINEL MASTER x",
            "SENTINEL REPLICAS x", "SENTINEL SENTINELS x", "SENTINEL GET-MASTER-ADDR-BY-NAME x", "SENTINEL GET-MASTER-ADDR-BY-NAME m",
            "SENTINEL CKQUORUM m", "SENTINEL CKQUORUM x", "SENTINEL FAILOVER x", "SENTINEL INFO-CACHE x", "SENTINEL PENDING-SCRIPTS",
            "SENTINEL IS-MASTER-DOWN-BY-ADDR 127.0.0.1 PORT 0 *", "SENTINEL IS-MASTER-DOWN-BY-ADDR 127.0.0.1 x 0 *",
            "SENTINEL IS-MASTER-DOWN-BY-ADDR 127.0.0.1 PORT x *", "SENTINEL IS-MASTER-DOWN-BY-ADDR 127.0.0.1 99999 0 *",
            "SENTINEL IS-MASTER-DOWN-BY-ADDR nohost PORT 0 *", "SENTINEL IS-MASTER-DOWN-BY-ADDR 127.0.0.1 PORT 0 ID",
            "SENTINEL IS-MASTER-DOWN-BY-ADDR 127.0.0.1 PORT 1 ID", "SENTINEL RESET nothing*", "SENTINEL MONITOR m 127.0.0.1 1 1",
            "SENTINEL MONITOR n 127.0.0.1 1 0", "SENTINEL MONITOR n 127.0.0.1 70000 1", "SENTINEL MONITOR n 127.0.0.1 x 1",
            "SENTINEL MONITOR n nohost 1 1", "SENTINEL MONITOR n 127.0.0.1 1 x", "SENTINEL REMOVE n", "SENTINEL MONITOR n 127.0.0.1 1 1",
            "SENTINEL CKQUORUM n", "SENTINEL REMOVE n", "SENTINEL SET x quorum 1", "SENTINEL SET m quorum", "SENTINEL SET m quorum 0",
            "SENTINEL SET m quorum x", "SENTINEL SET m foo bar", "SENTINEL SET m down-after-milliseconds 0",
            "SENTINEL SET m parallel-syncs 0", "SENTINEL SET m master-reboot-down-after-period -1", "SENTINEL SET m rename-command a",
            "SENTINEL SET m notification-script /bin/true", "SENTINEL SET m parallel-syncs 2 failover-timeout 9000",
            "SENTINEL SET m quorum 3", "SENTINEL CKQUORUM m", "SENTINEL SET m quorum 2", "SENTINEL SET m auth-user ",
            "SENTINEL CONFIG SET foo bar", "SENTINEL CONFIG SET announce-port x", "SENTINEL CONFIG SET resolve-hostnames maybe",
            "SENTINEL CONFIG GET nothing", "SENTINEL CONFIG GET announce*", "SENTINEL CONFIG SET announce-port 0", "SENTINEL DEBUG foo 1",
            "SENTINEL DEBUG info-period", "SENTINEL DEBUG info-period x", "SENTINEL DEBUG info-period 0", "SENTINEL DEBUG info-period 10000",
            "SENTINEL SIMULATE-FAILURE help", "SENTINEL SIMULATE-FAILURE foo", "SENTINEL FLUSHCONFIG", "PUBLISH foo bar",
            "PUBLISH __sentinel__:hello bar", "ROLE");

    private static String answer(int port, ProtocolCommand command, String... words) {
        try {
            return String.valueOf(ask(port, command, words));
        } catch (JedisDataException e) {
            return "-" + e.getMessage();
        }
    }

    private static Map<String, String> first(int sentinel, String what) {
        return fields(((List<?>) ask(sentinel, SENTINEL, what, "m")).get(0));
    }

    /** In order, with times and offsets left out. */
    private static List<String> comparable(Map<String, String> fields) {
        List<String> all = new ArrayList<>();
        fields.forEach((name, value) -> all.add(name + (name.startsWith("last-") || name.endsWith("-time") || name.endsWith("-refresh")
                || name.endsWith("-offset") || name.equals("link-pending-commands") ? "" : "=" + value)));
        return all;
    }

    private static Map<String, String> infoSection(int port) {
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            return new LinkedHashMap<>(ReplicationServer.info(jedis, "sentinel"));
        }
    }

    /** A sentinel that cannot write its file changes nothing, and says so. */
    @Test
    void anUnwritableFileRefusesChanges() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), 1)) {
            int port = RunningServer.freePort();
            Path file = Files.writeString(disk.path().resolve("sentinel.conf"),
                    "port " + port + "\nbind 127.0.0.1\nsentinel monitor m 127.0.0.1 " + RunningServer.freePort() + " 1\n");
            try (RunningServer sentinel = RunningServer.run(directory, "sentinel", file.toString()).awaitReady()) {
                disk.readOnly();
                for (String line : List.of("MONITOR n 127.0.0.1 1 1", "REMOVE m", "SET m quorum 5", "CONFIG SET announce-port 7")) {
                    assertEquals("ERR Failed to save config file", assertThrows(JedisException.class,
                            () -> ask(port, SENTINEL, line.split(" "))).getMessage(), line);
                }
                assertEquals("1", SentinelGroup.master(port).get("quorum"));
                assertEquals("[sentinel, [m]]", ask(port, Protocol.Command.ROLE).toString());
                assertEquals("[announce-port, 0]", ask(port, SENTINEL, "CONFIG", "GET", "announce-port").toString());
                assertTrue(sentinel.output().contains("was not able to save"), sentinel.output());
            }
        }
    }
}
