package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.SafeEncoder;

/** The package as a sentinel: how it is started, what runs, and what becomes of its file. */
class SentinelModeIT {
    private static final String LOOPBACK = "127.0.0.1";
    private static final ProtocolCommand SENTINEL = () -> SafeEncoder.encode("SENTINEL");
    /** The file of the founding article. */
    private static final String ARTICLE = """
            port %d
            bind %s
            sentinel monitor master 192.168.0.51 6379 1
            sentinel down-after-milliseconds master 3000
            sentinel failover-timeout master 10000
            sentinel parallel-syncs master 4
            """;

    @TempDir
    Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("sentinel.conf"), text);
    }

    private static RunningServer sentinel(Path file) throws Exception {
        return RunningServer.run(file.getParent(), "sentinel", file.toString()).awaitReady();
    }

    @Test
    void saysWhatItIs() throws Exception {
        int port = RunningServer.freePort();
        try (RunningServer sentinel = sentinel(file(ARTICLE.formatted(port, LOOPBACK)));
                Jedis jedis = new Jedis(LOOPBACK, port)) {
            assertTrue(jedis.info("server").contains("redis_mode:sentinel"));
            assertTrue(jedis.info("server").contains("config_file:" + directory.resolve("sentinel.conf")));
            List<String> sections = jedis.info().lines().filter(line -> line.startsWith("#")).toList();
            assertEquals(List.of("# Server", "# Clients", "# Stats", "# CPU"), sections.subList(0, 4));
            String hello = String.valueOf(SafeEncoder.encodeObject(jedis.sendCommand(Protocol.Command.HELLO)));
            assertTrue(hello.contains("mode, sentinel"), hello);
            assertFalse(hello.contains("role"), hello);
            Object id = SafeEncoder.encodeObject(jedis.sendCommand(SENTINEL, "MYID"));
            assertTrue(Files.readString(directory.resolve("sentinel.conf")).contains("\nsentinel myid " + id + "\n"));
            for (ProtocolCommand absent : List.of(Protocol.Command.GET, Protocol.Command.CONFIG, Protocol.Command.MONITOR,
                    Protocol.Command.SELECT, Protocol.Command.MULTI, Protocol.Command.ECHO,
                    Protocol.Command.REPLICAOF, Protocol.Command.BGSAVE, Protocol.Command.SPUBLISH)) {
                String error = assertThrows(JedisDataException.class, () -> jedis.sendCommand(absent, "x")).getMessage();
                assertTrue(error.startsWith("ERR unknown command '"), error);
            }
            assertFalse(jedis.info("bundles").contains("io.releve.keyspace"));
            sentinel.terminate();
            assertEquals(0, sentinel.exitCode(), sentinel.output());
        }
        assertEquals(List.of(directory.resolve("sentinel.conf")), list(directory), "nothing but its file");
    }

    private static List<Path> list(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.toList();
        }
    }

    /** Commands, and all that COMMAND INFO says of them, beside the real one. */
    @Test
    void hasTheCommandsOfASentinel() throws Exception {
        int port = RunningServer.freePort();
        int other = RunningServer.freePort();
        try (RunningServer sentinel = sentinel(file(ARTICLE.formatted(port, LOOPBACK)));
                RealSentinel real = RealSentinel.start(Files.writeString(directory.resolve("real.conf"),
                        ARTICLE.formatted(other, LOOPBACK)));
                Jedis ours = new Jedis(LOOPBACK, port); Jedis theirs = new Jedis(LOOPBACK, other)) {
            Map<String, String> known = commands(theirs);
            Map<String, String> offered = commands(ours);
            // as in 7.2
            offered.keySet().removeAll(List.of("client|setinfo", "command|getkeys", "command|getkeysandflags"));
            // of ours
            offered.keySet().removeAll(List.of("sentinel|peer", "sentinel|doctor"));
            TreeSet<String> unknown = new TreeSet<>(offered.keySet());
            unknown.removeAll(known.keySet());
            assertTrue(unknown.isEmpty(), "not in redis-sentinel: " + unknown);
            offered.forEach((name, facts) -> assertEquals(known.get(name), facts));
            assertEquals((long) commands(ours).keySet().stream().filter(name -> !name.contains("|")).count(),
                    ours.sendCommand(Protocol.Command.COMMAND, "COUNT"));
            List<Object> help = new ArrayList<>((List<?>) SafeEncoder.encodeObject(ours.sendCommand(SENTINEL, "HELP")));
            int doctor = help.indexOf("DOCTOR [<master-name>]");
            help.subList(doctor, doctor + 2).clear();
            assertEquals(SafeEncoder.encodeObject(theirs.sendCommand(SENTINEL, "HELP")), help);
        }
    }

    /** Name to arity, flags and categories, subcommands included. */
    private static Map<String, String> commands(Jedis jedis) {
        Map<String, String> facts = new LinkedHashMap<>();
        ((List<?>) SafeEncoder.encodeObject(jedis.sendCommand(Protocol.Command.COMMAND))).forEach(c -> add(facts, (List<?>) c));
        return facts;
    }

    private static void add(Map<String, String> facts, List<?> command) {
        TreeSet<String> flags = new TreeSet<>();
        ((List<?>) command.get(2)).forEach(flag -> flags.add(flag.toString()));
        TreeSet<String> categories = new TreeSet<>();
        ((List<?>) command.get(6)).forEach(category -> categories.add(category.toString()));
        facts.put(command.get(0).toString(), command.get(0) + " " + command.get(1) + " " + flags + " " + categories);
        ((List<?>) command.get(9)).forEach(sub -> add(facts, (List<?>) sub));
    }

    @Test
    void severalOnOneHostAndOnePort() throws Exception {
        int port = RunningServer.freePort();
        List<RunningServer> sentinels = new ArrayList<>();
        try {
            for (int i = 1; i <= 4; i++) {
                Path home = Files.createDirectories(directory.resolve("s" + i));
                Path file = Files.writeString(home.resolve("sentinel.conf"), ARTICLE.formatted(port, "127.0.0." + i));
                sentinels.add(RunningServer.run(home, "sentinel", file.toString()));
            }
            TreeSet<String> ids = new TreeSet<>();
            for (int i = 1; i <= 4; i++) {
                sentinels.get(i - 1).awaitReady();
                try (Jedis jedis = new Jedis("127.0.0." + i, port)) {
                    ids.add(String.valueOf(SafeEncoder.encodeObject(jedis.sendCommand(SENTINEL, "MYID"))));
                }
            }
            assertEquals(4, ids.size());
        } finally {
            sentinels.forEach(RunningServer::close);
        }
    }

    @Test
    void theOtherWaysToStartIt() throws Exception {
        int port = RunningServer.freePort();
        Path file = file(ARTICLE.formatted(port, LOOPBACK));
        try (RunningServer server = RunningServer.run(directory, "server", file.toString(), "--sentinel", "--maxclients", "300")
                .awaitReady(); Jedis jedis = new Jedis(LOOPBACK, port)) {
            assertTrue(jedis.info("server").contains("redis_mode:sentinel"));
            assertTrue(Files.readString(file).contains("\nmaxclients 300\n"), Files.readString(file));
        }
    }

    private void refuses(String sentence, String verb, String... arguments) throws Exception {
        try (RunningServer server = RunningServer.run(directory, verb, arguments)) {
            assertEquals(1, server.exitCode(), server.output());
            assertTrue(server.output().contains(sentence), server.output());
        }
    }

    @Test
    void isRefusedWithoutAFileItCanKeepItsStateIn() throws Exception {
        String needed = "Sentinel needs config file on disk to save state";
        refuses(needed, "sentinel");
        refuses(needed, "sentinel", "-");
        refuses(needed, "server", "--sentinel");
        refuses("can't open config file", "sentinel", directory.resolve("missing.conf").toString());
        Path file = file("port 0\nsentinel monitor m nohost 6379 1\n");
        refuses("sentinel.conf, line 2: >>> 'sentinel monitor m nohost 6379 1': Can't resolve instance hostname.", "sentinel",
                file.toString());
        refuses("sentinel directive while not in sentinel mode", "server", file.toString());
    }

    @Test
    void aDiskThatIsFull() throws Exception {
        int port = RunningServer.freePort();
        // time enough before the master that is not there changes the sentinel's state, and with it the file
        String article = ARTICLE.formatted(port, LOOPBACK).replace("down-after-milliseconds master 3000",
                "down-after-milliseconds master 60000");
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), 1)) {
            Path file = Files.writeString(disk.path().resolve("sentinel.conf"), article);
            Path filler = disk.path().resolve("filler");
            fill(filler);
            refuses("cannot be written, and a sentinel keeps its state there", "sentinel", file.toString());
            assertEquals(article, Files.readString(file));
            Files.delete(filler);
            try (RunningServer sentinel = sentinel(file); Jedis jedis = new Jedis(LOOPBACK, port)) {
                ReplicationServer.await(() -> "its state is not written: " + sentinel.output(),
                        () -> Files.readString(file).contains("sentinel myid"));
                // lines that are there keep their places, so it is written once from the same beginning as below
                Files.writeString(file, article);
                assertEquals("OK", SafeEncoder.encode((byte[]) jedis.sendCommand(SENTINEL, "FLUSHCONFIG")));
                String whole = Files.readString(file);
                // somebody edits the file: it has to be written again
                Files.writeString(file, article);
                fill(filler);
                for (int i = 0; i < 3; i++) {
                    assertEquals("ERR Failed to save config file", assertThrows(JedisDataException.class,
                            () -> jedis.sendCommand(SENTINEL, "FLUSHCONFIG")).getMessage());
                }
                assertEquals(article, Files.readString(file));
                assertEquals(1, sentinel.output().split("was not able to save", -1).length - 1, sentinel.output());
                Files.delete(filler);
                assertEquals("OK", SafeEncoder.encode((byte[]) jedis.sendCommand(SENTINEL, "FLUSHCONFIG")));
                assertEquals(whole, Files.readString(file));
                assertEquals(List.of(file), list(disk.path()));
            }
        }
    }

    @Test
    void aDiskThatCannotBeWritten() throws Exception {
        int port = RunningServer.freePort();
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), 1)) {
            Path file = Files.writeString(disk.path().resolve("sentinel.conf"), ARTICLE.formatted(port, LOOPBACK));
            Path link = Files.createSymbolicLink(directory.resolve("link.conf"), file);
            try (RunningServer sentinel = RunningServer.run(directory, "sentinel", link.toString()).awaitReady()) {
                assertTrue(Files.readString(file).contains("sentinel myid"), "written through the link");
                assertTrue(Files.isSymbolicLink(link));
            }
            disk.readOnly();
            refuses("Sentinel config file " + link + " is not writable", "sentinel", link.toString());
        }
    }

    private static void fill(Path filler) {
        assertThrows(IOException.class, () -> {
            try (var out = Files.newOutputStream(filler)) {
                byte[] block = new byte[1024];
                while (true) {
                    out.write(block);
                }
            }
        });
    }

    /** What redis-sentinel has written is read, and written again letter by letter. */
    @Test
    void aFileOfRedis() throws Exception {
        int port = RunningServer.freePort();
        String id = "98c50bc5a579283a4c2fdf0aea85c82c067390e%d";
        Path file = file("# mine\n" + ARTICLE.formatted(port, LOOPBACK) + """
                # about the second
                sentinel monitor second 127.0.0.1 6380 2
                sentinel auth-pass second secret
                sentinel auth-user second bob
                sentinel known-replica second 127.0.0.1 6400
                sentinel known-replica second 127.0.0.1 6401
                sentinel known-sentinel second 127.0.0.1 26380 %s
                sentinel known-sentinel second 127.0.0.1 26381 %s
                sentinel rename-command second config guess
                sentinel master-reboot-down-after-period second 5000
                sentinel announce-ip 1.2.3.4
                sentinel announce-port 4000
                sentinel resolve-hostnames yes
                sentinel sentinel-user su
                sentinel sentinel-pass sp
                sentinel current-epoch 7
                sentinel leader-epoch master 4
                loglevel warning
                """.formatted(id.formatted(1), id.formatted(2)));
        RealSentinel.start(file).close();
        String written = Files.readString(file);
        assertTrue(written.contains("# Generated by CONFIG REWRITE"), written);
        try (RunningServer sentinel = sentinel(file)) {
            assertEquals(written, withoutOurs(Files.readString(file)));
        }
        RealSentinel.start(file).close();
    }

    /** What the sentinels of ours remember stands in comments. */
    private static String withoutOurs(String text) {
        return text.replaceAll("(?m)^# releve-sentinel .*\n", "");
    }

    /** What we have written, redis-sentinel reads. */
    @Test
    void aFileForRedis() throws Exception {
        int port = RunningServer.freePort();
        Path file = file(ARTICLE.formatted(port, LOOPBACK) + "# releve-sentinel master host a b\n");
        String id;
        try (RunningServer sentinel = sentinel(file); Jedis jedis = new Jedis(LOOPBACK, port)) {
            id = String.valueOf(SafeEncoder.encodeObject(jedis.sendCommand(SENTINEL, "MYID")));
        }
        String written = Files.readString(file);
        assertTrue(written.startsWith(ARTICLE.formatted(port, LOOPBACK) + "# releve-sentinel master host a b\n"), written);
        try (RealSentinel real = RealSentinel.start(file); Jedis jedis = new Jedis(LOOPBACK, port)) {
            assertEquals(id, String.valueOf(SafeEncoder.encodeObject(jedis.sendCommand(SENTINEL, "MYID"))));
            assertEquals("3000", jedis.sentinelMasters().get(0).get("down-after-milliseconds"));
        }
    }

    /** redis-sentinel, where it is installed. */
    private static final class RealSentinel implements AutoCloseable {
        private final Process process;

        private RealSentinel(Process process) {
            this.process = process;
        }

        /** Starts it and waits until it answers. */
        static RealSentinel start(Path file) throws Exception {
            Process process = null;
            try {
                process = new ProcessBuilder("redis-server", file.toString(), "--sentinel").redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.to(file.resolveSibling("real.log").toFile())).start();
            } catch (IOException e) {
                assumeTrue(false, "redis-server is not installed here");
            }
            int port = Integer.parseInt(Files.readAllLines(file).stream().filter(line -> line.startsWith("port "))
                    .findFirst().orElseThrow().substring(5));
            for (int i = 0; i < 100; i++) {
                try (Jedis jedis = new Jedis(LOOPBACK, port)) {
                    jedis.ping();
                    return new RealSentinel(process);
                } catch (redis.clients.jedis.exceptions.JedisConnectionException e) {
                    Thread.sleep(50);
                }
            }
            process.destroyForcibly();
            throw new AssertionError(Files.readString(file.resolveSibling("real.log")));
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }
}
