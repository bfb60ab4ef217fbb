package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.util.SafeEncoder;

/** {@code BUNDLE}: parts of the packaged server are exchanged while clients write; {@code -Dreleve.swaps} swaps of each,
 * an even number. */
class BundleCommandIT {
    private static final int SWAPS = Integer.getInteger("releve.swaps", 2);

    @TempDir
    Path directory;

    private int port;

    private RunningServer start(Path home, String... more) throws Exception {
        port = RunningServer.freePort();
        Path file = directory.resolve("redis.conf");
        if (!Files.exists(file)) {
            Files.writeString(file, "dir " + directory + "\nsave \"\"\nappendonly yes\nappendfsync always\nenable-bundle-command yes\n");
        }
        List<String> words = new ArrayList<>(List.of(file.toString(), "--port", "" + port));
        words.addAll(List.of(more));
        return RunningServer.run(home, directory, "server", words.toArray(String[]::new)).awaitReady();
    }

    private static Object bundle(Jedis jedis, String... words) {
        byte[][] arguments = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            arguments[i] = words[i].getBytes(StandardCharsets.UTF_8);
        }
        return jedis.sendCommand(() -> "BUNDLE".getBytes(StandardCharsets.US_ASCII), arguments);
    }

    private static String refused(Jedis jedis, String... words) {
        return assertThrows(JedisDataException.class, () -> bundle(jedis, words)).getMessage();
    }

    /** Part to {@code provider@version}. */
    private static Map<String, String> parts(Jedis jedis) {
        Map<String, String> parts = new TreeMap<>();
        for (Object line : (List<?>) bundle(jedis, "LIST")) {
            List<?> fields = (List<?>) SafeEncoder.encodeObject(line);
            parts.put((String) fields.get(1), fields.get(3) + "@" + fields.get(5));
        }
        return parts;
    }

    private static String provider(Jedis jedis, String part) {
        String now = parts(jedis).get(part);
        return now.substring(0, now.indexOf('@'));
    }

    @Test
    void partsAreExchangedUnderLoadAndNothingIsLost() throws Exception {
        CopiedInstallation installation = CopiedInstallation.without("bundle", name -> false);
        try (RunningServer server = start(installation.home()); Jedis jedis = new Jedis("127.0.0.1", port, 30_000)) {
            String version = parts(jedis).get("strings").substring("strings@".length());
            SwapLoad.under(port, jedis, SWAPS + " swaps of the journal", () -> {
                for (int i = 0; i < SWAPS; i++) {
                    String next = i % 2 == 0 ? "segments" : "aof";
                    bundle(jedis, "SWAP", "journal", next);
                    assertEquals(next, provider(jedis, "journal"));
                    assertEquals(next, jedis.configGet("journal").get("journal"));
                }
            });
            for (String[] part : new String[][] {{"journal", "releve-persistence-" + provider(jedis, "journal") + "-", "aof"},
                {"snapshot", "releve-persistence-snapshot-", "snapshot"}, {"replication", "releve-replication-", "replication"},
                {"strings", "releve-commands-strings-", "strings"}}) {
                versions(jedis, part, version);
            }
            try (SwapConnections connections = new SwapConnections(port)) {
                versions(jedis, new String[] {"listener", "releve-server-", "listener"}, version);
                connections.check();
            }
            awaitOneListener(jedis);
            assertEquals("OK", jedis.set("last", "1"));
            server.kill();
            server.exitCode();
            assertFalse(server.output().contains("ERROR"), server.output());
        }
        try (RunningServer server = start(installation.home()); Jedis jedis = new Jedis("127.0.0.1", port)) {
            assertEquals("1", jedis.get("last"));
            server.terminate();
            assertEquals(0, server.exitCode());
        }
    }

    /** Newer versions of a part, and then back to the first, which is still installed. */
    private void versions(Jedis jedis, String[] part, String version) throws Exception {
        Path jar = CopiedInstallation.packagedJar(part[1]);
        SwapLoad.under(port, jedis, SWAPS + " versions of " + part[0], () -> {
            for (int i = 1; i <= SWAPS; i++) {
                Path newer = Jars.withVersion(jar, "0.2." + i, directory.resolve(part[0] + "-" + i + ".jar"));
                bundle(jedis, "SWAP", part[0], newer.toString());
                assertEquals(part[2] + "@0.2." + i, parts(jedis).get(part[0]));
            }
            bundle(jedis, "SWAP", part[0], version);
            assertEquals(part[2] + "@" + version, parts(jedis).get(part[0]));
        });
    }

    /** Those that accept no more are stopped once their connections have ended. */
    private static void awaitOneListener(Jedis jedis) throws InterruptedException {
        System.out.println(SafeEncoder.encodeObject(bundle(jedis, "INFO", "listener")));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        List<String> active;
        do {
            assertTrue(System.nanoTime() < end, "old listeners do not stop: " + jedis.info("bundles"));
            Thread.sleep(20);
            active = jedis.info("bundles").lines().filter(line -> line.contains("name=io.releve.server,")
                    && !line.contains("state=resolved")).toList();
        } while (active.size() != 1);
        assertTrue(active.get(0).contains("state=active"), active.get(0));
    }

    /** Values of every type, many keys, one large collection. */
    private static void fill(Jedis jedis) {
        Map<String, String> fields = new TreeMap<>();
        Map<String, Double> scores = new TreeMap<>();
        for (int i = 0; i < 1_000; i++) {
            fields.put("field" + i, "value" + i);
            scores.put("member" + i, i / 7.0);
        }
        jedis.hset("a:hash", fields);
        jedis.zadd("a:sortedset", scores);
        jedis.sadd("a:set", scores.keySet().toArray(String[]::new));
        jedis.rpush("a:list", fields.keySet().toArray(String[]::new));
        jedis.setex("a:expiring", 1000, "x");
        jedis.xadd("a:stream", StreamEntryID.NEW_ENTRY, Map.of("f", "v"));
        jedis.xgroupCreate("a:stream", "group", new StreamEntryID(0, 0), false);
        jedis.xreadGroup("group", "consumer", new XReadGroupParams(), Map.of("a:stream", StreamEntryID.UNRECEIVED_ENTRY));
        jedis.select(3);
        jedis.sendCommand(() -> "DEBUG".getBytes(StandardCharsets.US_ASCII), "POPULATE", "5000");
        jedis.select(0);
    }

    private static String digest(Jedis jedis) {
        return SafeEncoder.encode((byte[]) jedis.sendCommand(() -> "DEBUG".getBytes(StandardCharsets.US_ASCII), "DIGEST"));
    }

    @Test
    void theKeyspaceIsExchangedUnderLoadAndNothingIsLost() throws Exception {
        try (RunningServer server = start(RunningServer.HOME, "--enable-debug-command", "yes");
                Jedis jedis = new Jedis("127.0.0.1", port, 60_000)) {
            fill(jedis);
            String before = digest(jedis);
            bundle(jedis, "SWAP", "keyspace", "heap");
            assertEquals(before, digest(jedis));
            assertEquals("heap", jedis.configGet("keyspace").get("keyspace"));
            assertEquals(1, jedis.xpending("a:stream", "group").getTotal());
            bundle(jedis, "SWAP", "keyspace", "chronicle");
            assertEquals(before, digest(jedis));
            SwapLoad.under(port, jedis, SWAPS + " swaps of the keyspace", () -> {
                jedis.select(0);
                fill(jedis);
                for (int i = 0; i < SWAPS; i++) {
                    String next = i % 2 == 0 ? "heap" : "chronicle";
                    bundle(jedis, "SWAP", "keyspace", next);
                    assertEquals(next, provider(jedis, "keyspace"));
                }
            });
            System.out.println(SafeEncoder.encodeObject(bundle(jedis, "INFO", "keyspace")));
            String after = digest(jedis);
            server.terminate();
            assertEquals(0, server.exitCode());
            assertFalse(server.output().contains("ERROR"), server.output());
            try (RunningServer again = start(RunningServer.HOME, "--enable-debug-command", "yes");
                    Jedis other = new Jedis("127.0.0.1", port)) {
                assertEquals(after, digest(other));
                again.terminate();
                again.exitCode();
            }
        }
    }

    @Test
    void whatCannotSucceedIsRefusedAndTheOldPartGoesOn() throws Exception {
        CopiedInstallation installation = CopiedInstallation.without("bundle-refused", name -> false);
        try (RunningServer server = start(installation.home()); Jedis jedis = new Jedis("127.0.0.1", port, 30_000)) {
            assertTrue(refused(jedis, "SWAP", "engine", "0.2.0").contains("belongs to the core"));
            assertTrue(refused(jedis, "SWAP", "nothing", "x").contains("there is no part 'nothing'; there are "));
            assertTrue(refused(jedis, "SWAP", "journal", "floppy").contains("nothing installed is 'floppy'"));
            assertTrue(refused(jedis, "SWAP", "journal", "aof").contains("already"));
            assertTrue(refused(jedis, "SWAP", "strings", "/nowhere/x.jar").contains("there is no file"));
            assertTrue(refused(jedis, "SWAP", "strings", "1", "HOLD").contains("syntax error"));
            Path broken = Jars.withHeaders(CopiedInstallation.packagedJar("releve-commands-strings-"), Map.of("Bundle-Version", "0.3.0",
                    "Import-Package", "io.releve.command;version=\"[9,10)\""), directory.resolve("broken.jar"));
            String reason = refused(jedis, "SWAP", "strings", broken.toString());
            assertTrue(reason.contains("io.releve.command"), reason);
            Path other = Jars.withVersion(CopiedInstallation.packagedJar("releve-persistence-snapshot-"), "0.3.1",
                    directory.resolve("other.jar"));
            assertTrue(refused(jedis, "SWAP", "strings", other.toString()).contains("offers no strings"));
            Path garbage = Files.writeString(directory.resolve("garbage.jar"), "not a jar");
            assertTrue(refused(jedis, "SWAP", "strings", garbage.toString()).contains("cannot be installed"));
            assertEquals("OK", jedis.set("still", "here"));
            assertEquals(6, ((List<?>) bundle(jedis, "INFO", "journal")).size());

            bundle(jedis, "SWAP", "journal", "segments", "KEEP");
            assertTrue(Files.readString(directory.resolve("redis.conf")).contains("journal segments"));
            server.terminate();
            assertEquals(0, server.exitCode());
        }
        try (RunningServer server = start(installation.home()); Jedis jedis = new Jedis("127.0.0.1", port)) {
            assertEquals("segments", provider(jedis, "journal"));
            assertEquals("here", jedis.get("still"));
            server.terminate();
            server.exitCode();
        }
    }

    @Test
    void nobodyMayUseItUnlessTheFileSaysSo() throws Exception {
        Files.writeString(directory.resolve("redis.conf"), "dir " + directory + "\n");
        try (RunningServer server = start(RunningServer.HOME); Jedis jedis = new Jedis("127.0.0.1", port)) {
            assertTrue(refused(jedis, "LIST").contains("BUNDLE command not allowed"));
            assertTrue(refused(jedis, "SWAP", "journal", "segments").contains("BUNDLE command not allowed"));
            server.terminate();
            server.exitCode();
        }
    }
}
