package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.contracts.Oracle;
import io.releve.contracts.RandomValues;
import io.releve.distribution.FakeMaster.Peer;
import io.releve.distribution.FakeMaster.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** Masters and replicas that do what they should not: an explained line in the log, another try, nothing lost. */
class ReplicationFaultsIT {
    private static final long SEED = Long.getLong("releve.seed", System.nanoTime());
    private static final String MARK = "m".repeat(40);
    private static final String FULL = "+FULLRESYNC " + FakeMaster.ID + " 1000";
    private static final String TIMEOUT_S = "2";
    private static final int MEGABYTE = 1 << 20;

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    // Masters

    /** What a master does, and what the log must say about it. */
    private record Fault(Script script, String said) {
    }

    /** A server with every type of data, and these as an RDB. */
    private byte[] snapshot(ReplicationServer server) throws Exception {
        try (Jedis jedis = server.jedis(); Oracle target = Oracle.at(server.port())) {
            RandomValues values = new RandomValues(random, target);
            for (int i = 0; i < 100; i++) {
                values.make("value" + i);
            }
            jedis.set("new", "1");
            jedis.save();
        }
        return Files.readAllBytes(directory.resolve("good/dump.rdb"));
    }

    /** Before any data. */
    private Map<String, Fault> handshakeFaults() {
        Map<String, Fault> faults = new LinkedHashMap<>();
        faults.put("garbage instead of PONG", new Fault(peer -> {
            peer.read();
            peer.send(garbage(200));
            peer.line("");
        }, "it answered PING with '"));
        faults.put("a line without an end", new Fault(peer -> {
            while (true) {
                peer.send(new byte[1000]);
            }
        }, "it sent a line that does not end"));
        faults.put("nothing", new Fault(Peer::awaitEnd, "it sent nothing for 2000 ms"));
        faults.put("an end", new Fault(Peer::awaitPsync, "it closed the connection"));
        for (String answer : List.of("\0\1\2 ?", "+FULLRESYNC", "+FULLRESYNC x 1")) {
            faults.put("the answer " + answer, answer("it answered PSYNC with '", answer));
        }
        // it has nothing that could be gone on with
        faults.put("CONTINUE", answer("it answered PSYNC with '+CONTINUE", "+CONTINUE " + FakeMaster.ID));
        for (String offset : List.of("x", "-5", "99999999999999999999")) {
            faults.put("the offset " + offset, answer("it answered FULLRESYNC with the offset '" + offset,
                    "+FULLRESYNC " + FakeMaster.ID + " " + offset));
        }
        return faults;
    }

    private Map<String, Fault> dataFaults(byte[] rdb) {
        Map<String, Fault> faults = new LinkedHashMap<>();
        for (String length : List.of("$-5", "$x", "$EOF:short")) {
            faults.put("the length " + length, answer("it sent '" + length + "' where the data should begin", FULL, length));
        }
        faults.put("an error instead of data", answer("it gave up the synchronisation: -ERR", FULL, "-ERR no disk"));
        for (int i = 0; i < 2; i++) {
            int cut = random.nextInt(rdb.length);
            faults.put("the data cut after " + cut, data("it closed the connection", "$" + rdb.length, rdb, cut));
            faults.put("the stream cut after " + cut, data("it closed the connection", "$EOF:" + MARK, rdb, cut));
            byte[] damaged = rdb.clone();
            int at = random.nextInt(rdb.length);
            damaged[at] ^= (byte) (1 + random.nextInt(255));
            faults.put("byte " + at + " damaged", data("", "$" + rdb.length, damaged, rdb.length));
        }
        byte[] last = rdb.clone();
        last[rdb.length - 1]++;
        faults.put("a wrong checksum", data("The checksum is", "$" + rdb.length, last, rdb.length));
        faults.put("a length too small", data("the data it sent are damaged", "$" + (rdb.length - 7), rdb, rdb.length));
        faults.put("a length too large", data("and not where they should", "$" + (rdb.length + 7),
                Arrays.copyOf(rdb, rdb.length + 7), rdb.length + 7));
        faults.put("another mark", new Fault(peer -> {
            begin(peer, "$EOF:" + MARK);
            peer.send(rdb);
            peer.send("x".repeat(40).getBytes(StandardCharsets.US_ASCII));
            peer.awaitEnd();
        }, "do not end with the mark"));
        faults.put("silence within the data", new Fault(peer -> {
            begin(peer, "$" + rdb.length);
            peer.send(rdb, 0, rdb.length / 2);
            peer.awaitEnd();
        }, "it sent nothing for 2000 ms"));
        return faults;
    }

    private byte[] garbage(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void begin(Peer peer, String header) throws IOException {
        peer.awaitPsync();
        peer.line(FULL);
        peer.line(header);
    }

    private static Fault answer(String said, String... lines) {
        return new Fault(peer -> {
            peer.awaitPsync();
            for (String line : lines) {
                peer.line(line);
            }
            peer.awaitEnd();
        }, said);
    }

    private static Fault data(String said, String header, byte[] rdb, int length) {
        return new Fault(peer -> {
            begin(peer, header);
            peer.send(rdb, 0, length);
        }, said);
    }

    @Test
    void theOldDataAreServedWhateverTheMasterSends() throws Exception {
        try (ReplicationServer good = ReplicationServer.start(directory.resolve("good"))) {
            byte[] rdb = snapshot(good);
            // at the same time, as each try takes a second
            List<Thread> tests = List.of(
                    test(() -> suffer("handshake", "disabled", good, handshakeFaults())),
                    test(() -> suffer("file", "disabled", good, dataFaults(rdb))),
                    test(() -> suffer("stream", "swapdb", good, dataFaults(rdb))));
            for (Thread each : tests) {
                each.join();
            }
            if (failure.get() != null) {
                throw failure.get();
            }
        } catch (Throwable e) {
            throw new AssertionError("seed " + SEED, e);
        }
    }

    /** Something that may fail. */
    private interface Work {
        void run() throws Exception;
    }

    private Thread test(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
            }
        });
        thread.start();
        return thread;
    }

    private void suffer(String name, String how, ReplicationServer good, Map<String, Fault> faults) throws Exception {
        try (ReplicationServer server = ReplicationServer.start(directory.resolve(name), "--repl-diskless-load", how,
                "--repl-timeout", TIMEOUT_S); Jedis jedis = server.jedis()) {
            jedis.set("old", "1");
            for (Map.Entry<String, Fault> each : faults.entrySet()) {
                String what = name + ": " + each.getKey();
                AtomicBoolean again = new AtomicBoolean();
                try (FakeMaster master = new FakeMaster(new Script() {
                    private boolean once;

                    @Override
                    public void run(Peer peer) throws IOException {
                        again.set(once);
                        once = true;
                        each.getValue().script.run(peer);
                    }
                })) {
                    server.follow(master.port());
                    String line = "127.0.0.1:" + master.port() + " is down: ";
                    ReplicationServer.await(() -> what + " is not explained:\n" + server.output(),
                            () -> server.output().lines().anyMatch(text -> text.contains(line)
                                    && text.contains(each.getValue().said)));
                    assertEquals("PONG", jedis.ping(), what);
                    assertEquals("1", jedis.get("old"), what);
                    ReplicationServer.await(() -> what + " is not tried again", again::get);
                }
            }
            server.follow(good.port());
            server.awaitLink();
            assertEquals(null, jedis.get("old"));
            assertEquals("1", jedis.get("new"));
            assertTrue(!server.output().contains("ERROR"), server.output());
        }
    }

    /** What is not applied keeps its place: the link goes on with it, once it can be understood. */
    @Test
    void nothingOfTheStreamIsLeftOut() throws Exception {
        try (ReplicationServer good = ReplicationServer.start(directory.resolve("good"));
                ReplicationServer server = ReplicationServer.start(directory.resolve("server"));
                Jedis jedis = server.jedis()) {
            byte[] rdb = snapshot(good);
            byte[] before = FakeMaster.command("SET", "before", "1");
            Map<byte[], String> tails = new LinkedHashMap<>();
            tails.put(FakeMaster.command("FROMLATER", "a", "b"), "unknown command 'FROMLATER'");
            tails.put(join(FakeMaster.command("MULTI"), FakeMaster.command("SET", "within", "1"),
                    FakeMaster.command("FROMLATER", "a"), FakeMaster.command("EXEC")), "unknown command 'FROMLATER'");
            tails.put("*x\r\n".getBytes(StandardCharsets.US_ASCII), "it sent what is no command");
            tails.put("\1\2\3\4\r\n".getBytes(StandardCharsets.US_ASCII), "cannot be applied here");
            for (Map.Entry<byte[], String> tail : tails.entrySet()) {
                String what = new String(tail.getKey(), StandardCharsets.ISO_8859_1);
                try (FakeMaster master = new FakeMaster(peer -> {
                    begin(peer, "$" + rdb.length);
                    peer.send(rdb);
                    peer.send(before);
                    peer.send(tail.getKey());
                    peer.awaitEnd();
                })) {
                    server.follow(master.port());
                    master.awaitPsync();
                    String line = "127.0.0.1:" + master.port() + " is down: ";
                    ReplicationServer.await(() -> what + " is not explained:\n" + server.output(),
                            () -> server.output().lines().anyMatch(text -> text.contains(line)
                                    && text.contains(tail.getValue())));
                    master.script(peer -> {
                        peer.awaitPsync();
                        peer.line("+CONTINUE");
                        peer.command("SET", "after", "1");
                        peer.awaitEnd();
                    });
                    List<String> again = master.awaitPsync();
                    while (again.get(1).equals("?")) {
                        again = master.awaitPsync();
                    }
                    assertEquals(List.of("PSYNC", FakeMaster.ID, "" + (1001 + before.length)), again, what);
                    ReplicationServer.await(() -> what + ": the link does not go on\n" + server.output(),
                            () -> "1".equals(jedis.get("after")));
                    assertEquals("1", jedis.get("before"), what);
                    assertEquals(null, jedis.get("within"), what);
                }
            }
            server.follow(good.port());
            server.awaitLink();
            assertEquals(null, jedis.get("after"));
        } catch (Throwable e) {
            throw new AssertionError("seed " + SEED, e);
        }
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** From Redis through us to Redis, by stream, by snapshot and through an append-only file. */
    @Test
    void librariesOfFunctionsAreKept() throws Exception {
        try (Oracle first = Oracle.start(); Oracle last = Oracle.start()) {
            String[] options = {"--appendonly", "yes", "--aof-use-rdb-preamble", "no", "--replicaof",
                "127.0.0.1 " + first.port()};
            Path data = directory.resolve("server");
            load(first, "snapshot", "1");
            try (ReplicationServer server = ReplicationServer.start(data, options)) {
                server.awaitLink();
                load(first, "gone", "1");
                load(first, "stream", "1");
                load(first, "stream", "2");
                first.run("FUNCTION", "DELETE", "gone");
                try (Jedis jedis = new Jedis("127.0.0.1", first.port())) {
                    byte[] dumped = jedis.functionDump();
                    jedis.functionFlush();
                    jedis.functionRestore(dumped);
                }
                load(first, "other", "1");
                ReplicationServer.await(() -> "behind", () -> server.offset() == offset(first));
                server.process().terminate();
                assertEquals(0, server.process().exitCode(), server.output());
            }
            try (ReplicationServer server = ReplicationServer.start(data, options)) {
                server.awaitLink();
                last.run("REPLICAOF", "127.0.0.1", "" + server.port());
                ReplicationServer.await(() -> last.run("INFO", "replication"),
                        () -> last.run("INFO", "replication").contains("master_link_status:up"));
                String expected = libraries(first);
                assertTrue(expected.contains("snapshot") && expected.contains("stream") && expected.contains("other"),
                        expected);
                assertEquals(expected, libraries(last));
                assertTrue(server.output().contains("Successful partial resynchronization"), server.output());
            }
        }
    }

    private static void load(Oracle redis, String library, String result) {
        String code = "#!lua name=" + library + "\nredis.register_function('" + library + "', function() return " + result + " end)";
        redis.run("FUNCTION", "LOAD", "REPLACE", code);
    }

    private static String libraries(Oracle redis) {
        StringBuilder all = new StringBuilder();
        for (String library : List.of("gone", "other", "snapshot", "stream")) {
            all.append(redis.run("FUNCTION", "LIST", "LIBRARYNAME", library, "WITHCODE"));
        }
        return all.toString();
    }

    private static long offset(Oracle redis) {
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            return Long.parseLong(ReplicationServer.info(jedis, "replication").get("master_repl_offset"));
        }
    }

    // Replicas

    @Test
    void aReplicaThatMisbehavesIsCutOff() throws Exception {
        try (ReplicationServer server = ReplicationServer.start(directory.resolve("server"), "--repl-timeout", TIMEOUT_S,
                "--client-output-buffer-limit", "replica", "4mb", "0", "0"); Jedis jedis = server.jedis()) {
            jedis.set("key", "1");
            try (FakeReplica replica = new FakeReplica(server.port())) {
                assertEquals("-ERR Unrecognized REPLCONF option: nonsense", replica.ask("REPLCONF", "nonsense", "1"));
                assertEquals("-ERR syntax error", replica.ask("REPLCONF", "capa"));
                assertTrue(replica.ask("REPLCONF", "listening-port", "x").startsWith("-ERR value is not an integer"));
                assertTrue(replica.ask("REPLCONF", "ip-address", "1".repeat(300)).startsWith("-ERR REPLCONF ip-address"));
                assertTrue(replica.ask("PSYNC", FakeMaster.ID, "x").startsWith("-ERR"));
                replica.send("REPLCONF", "ACK", "5");
                assertEquals("+PONG", replica.ask("PING"));
                long offset = replica.synchronise();
                replica.send("REPLCONF", "ACK", "" + (offset + 1_000_000));
                replica.awaitEnd();
                server.awaitOutput("says that it has the stream up to");
            }
            String id = server.info("replication").get("master_replid");
            try (FakeReplica replica = new FakeReplica(server.port())) {
                replica.ask("REPLCONF", "capa", "eof", "capa", "psync2");
                assertTrue(replica.ask("PSYNC", id, "1000000000000").startsWith("+FULLRESYNC " + id));
                server.awaitOutput("it asks for what comes after 999999999999, and the stream ends at");
            }
            try (FakeReplica replica = new FakeReplica(server.port())) {
                replica.synchronise();
                // it reads, and never says anything again
                replica.awaitEnd();
                server.awaitOutput("Disconnecting timedout replica");
            }
            ReplicationServer.await(server::output, () -> server.info("replication").get("connected_slaves").equals("0"));
            byte[] value = garbage(MEGABYTE);
            try (FakeReplica replica = new FakeReplica(server.port())) {
                replica.synchronise();
                long longest = 0;
                for (int i = 0; i < 40; i++) {
                    long start = System.nanoTime();
                    jedis.set(("value" + i).getBytes(StandardCharsets.US_ASCII), value);
                    longest = Math.max(longest, System.nanoTime() - start);
                }
                server.awaitOutput("more than client-output-buffer-limit allows");
                assertTrue(longest < 1_000_000_000L, "a slow replica held a client for " + longest / 1_000_000 + " ms");
                ReplicationServer.await(server::output, () -> server.info("replication").get("connected_slaves").equals("0"));
            }
            try (FakeReplica replica = new FakeReplica(server.port())) {
                // 40 MB are waiting for it, and it takes none of them
                replica.ask("REPLCONF", "capa", "eof", "capa", "psync2");
                replica.send("PSYNC", "?", "-1");
                server.awaitOutput("takes nothing for 2000 ms: it is cut off");
            }
            try (ReplicationServer good = ReplicationServer.start(directory.resolve("good"), "--replicaof",
                    "127.0.0.1 " + server.port())) {
                good.awaitLink();
            }
        }
    }

    // Loops

    @Test
    void loopsAreExplained() throws Exception {
        try (ReplicationServer a = ReplicationServer.start(directory.resolve("a"));
                ReplicationServer b = ReplicationServer.start(directory.resolve("b")); Jedis jedis = a.jedis()) {
            jedis.set("key", "1");
            a.follow(a.port());
            a.awaitOutput("has no link itself");
            assertEquals("PONG", jedis.ping());
            assertEquals("1", jedis.get("key"));
            jedis.replicaofNoOne();
            b.follow(a.port());
            b.awaitLink();
            a.follow(b.port());
            for (ReplicationServer each : List.of(a, b)) {
                each.awaitOutput("has no link itself");
                try (Jedis client = each.jedis()) {
                    assertEquals("PONG", client.ping());
                    assertEquals("1", client.get("key"));
                }
            }
            jedis.replicaofNoOne();
            b.awaitLink();
            jedis.set("key", "2");
            assertEquals(1, jedis.waitReplicas(1, 5000));
        }
    }

    // Disks

    @ParameterizedTest
    @ValueSource(strings = {"heap", "chronicle"})
    void aFullDiskOfAReplicaIsWaitedFor(String keyspace) throws Exception {
        Path mounted = directory.resolve("disk");
        int megabytes = keyspace.equals("heap") ? 4 : 96;
        try (SmallDisk disk = SmallDisk.mount(mounted, megabytes);
                ReplicationServer master = ReplicationServer.start(directory.resolve("master"), "--repl-backlog-size", "512mb");
                ReplicationServer replica = ReplicationServer.start(disk.path(), "--keyspace", keyspace);
                Jedis jedis = master.jedis(); Jedis second = replica.jedis()) {
            second.set("old", "1");
            if (keyspace.equals("heap")) {
                fill(jedis, 8);
                replica.follow(master.port());
                replica.awaitOutput("the data cannot be kept on this server's disk: No space left on device");
                assertEquals("1", second.get("old"));
            } else {
                replica.follow(master.port());
                replica.awaitLink();
                fill(jedis, 150);
                replica.awaitOutput("finds no room: OOM command not allowed: there is no disk space");
            }
            assertEquals("PONG", second.ping());
            disk.grow(512);
            ReplicationServer.await(() -> "it does not go on:\n" + replica.output(),
                    () -> replica.info("replication").get("master_link_status").equals("up")
                            && replica.offset() == master.offset());
            assertEquals(jedis.dbSize(), second.dbSize());
            assertEquals(0, jedis.dbSize() % 4);
        }
    }

    private void fill(Jedis jedis, int megabytes) {
        byte[] value = garbage(MEGABYTE / 4);
        for (int i = 0; i < 4 * megabytes; i++) {
            jedis.set(("value" + i).getBytes(StandardCharsets.US_ASCII), value);
        }
    }
}
