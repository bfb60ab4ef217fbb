package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.SafeEncoder;

/** Scripts and functions of the package in files and streams, with a real Redis on the other side. */
class ScriptingIT {
    @TempDir
    Path directory;

    /** A library whose function {@code name} reads and whose function {@code set_name} writes. */
    private static String library(String name) {
        return "#!lua name=" + name + "\nredis.register_function{function_name='" + name
                + "', callback=function(keys) return redis.call('get', keys[1]) .. '" + name + "' end, flags={'no-writes'}}\n"
                + "redis.register_function('set_" + name + "', function(keys, args) return redis.call('set', keys[1], args[1]) end)";
    }

    /** Comes to answer calls of all these functions. */
    private static void awaitFunctions(ReplicationServer server, String value, String... names) throws Exception {
        try (Jedis jedis = server.jedis()) {
            for (String name : names) {
                ReplicationServer.await(() -> server + " has no function " + name + " or another value:\n" + server.output(),
                        () -> (value + name).equals(jedis.fcallReadonly(name, List.of("k"), List.of())));
            }
        }
    }

    @Test
    void functionsAreInSnapshotsJournalsAndStreams() throws Exception {
        try (ReplicationServer redis = ReplicationServer.redis("--repl-diskless-sync-delay", "0");
                ReplicationServer first = ReplicationServer.start(directory.resolve("first"), "--appendonly", "yes");
                ReplicationServer second = ReplicationServer.start(directory.resolve("second"))) {
            followRedisAndBeFollowed(redis, first, second);
            try (Jedis one = first.jedis(); Jedis two = second.jedis()) {
                one.bgrewriteaof();
                ReplicationServer.await(() -> "no rewrite:\n" + first.output(),
                        () -> first.info("persistence").get("aof_rewrite_in_progress").equals("0"));
                one.functionLoad(library("tail"));
                two.replicaofNoOne();
                two.save();
            }
            first.stop();
            first.restart();
            awaitFunctions(first, "b-", "snapshot", "stream", "ours", "tail");
            scriptsOfAStreamAreRun(second);
        }
    }

    private static final ProtocolCommand BUNDLE = () -> SafeEncoder.encode("BUNDLE");
    private static final ProtocolCommand SHUTDOWN = () -> SafeEncoder.encode("SHUTDOWN");

    /**
     * While a script is busy a swap is refused, or waits for it; then it is done. Whoever stops the server meanwhile finds, after
     * the start, what was acknowledged and nothing of that script, as with Redis.
     */
    @Test
    void swapsAndAStopWhileAScriptIsBusy() throws Exception {
        CopiedInstallation installation = CopiedInstallation.without("busy", name -> false);
        Path jar = CopiedInstallation.packagedJar("releve-commands-scripting-");
        try (ReplicationServer server = ReplicationServer.start(installation.home(), directory.resolve("busy"), "server",
                "--appendonly", "yes", "--appendfsync", "always", "--busy-reply-threshold", "100", "--enable-bundle-command", "yes")) {
            try (Jedis jedis = server.jedis()) {
                for (int i = 0; i < 50; i++) {
                    jedis.set("acknowledged:" + i, "yes");
                }
                swapsOfABusyServer(server, jedis, () -> {
                    installation.drop(Jars.withVersion(jar, "0.1.1", directory.resolve("scripting-1.jar")), "scripting-1.jar");
                    return true;
                });
                CompletableFuture<Object> endless = evaluate(server, "redis.call('SET', 'lost', 1) while true do end");
                awaitBusy(jedis);
                assertThrows(JedisConnectionException.class, () -> jedis.sendCommand(SHUTDOWN, "NOSAVE"));
                assertThrows(ExecutionException.class, () -> endless.get(10, TimeUnit.SECONDS));
            }
            assertEquals(0, server.process().exitCode(), server.output());
            server.restart();
            try (Jedis jedis = server.jedis()) {
                assertEquals(50, jedis.keys("acknowledged:*").size());
                assertEquals("2", jedis.get("scripts"));
                assertEquals("5", jedis.get("counter"));
                assertFalse(jedis.exists("lost"));
            }
        }
    }

    private static void swapsOfABusyServer(ReplicationServer server, Jedis jedis, Callable<?> drop) throws Exception {
        String busy = "redis.call('INCR', 'scripts') local e = os.clock() + 1 while os.clock() < e do end return redis.call('INCRBY', "
                + "'counter', ARGV[1])";
        CompletableFuture<Object> script = evaluate(server, busy, "2");
        awaitBusy(jedis);
        for (String part : List.of("journal segments", "scripting 0.1.1")) {
            String[] words = ("SWAP " + part).split(" ");
            assertTrue(assertThrows(JedisDataException.class, () -> jedis.sendCommand(BUNDLE, words)).getMessage().startsWith("BUSY"));
        }
        drop.call();
        assertEquals(2L, script.get(30, TimeUnit.SECONDS));
        ReplicationServer.await(server::output, () -> jedis.info("bundles").lines().anyMatch(line ->
                line.contains("name=io.releve.commands.scripting,version=0.1.1,") && line.contains("state=active,provides=CommandSet")));
        script = evaluate(server, busy, "3");
        CompletableFuture<Object> swap = CompletableFuture.supplyAsync(() -> {
            try (Jedis other = server.jedis()) {
                return other.sendCommand(BUNDLE, "SWAP", "journal", "segments");
            }
        });
        assertEquals(5L, script.get(30, TimeUnit.SECONDS));
        try {
            swap.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            assertTrue(e.getCause().getMessage().startsWith("BUSY"), e.getCause().toString());
            jedis.sendCommand(BUNDLE, "SWAP", "journal", "segments");
        }
        jedis.sendCommand(BUNDLE, "SWAP", "journal", "aof");
    }

    private static CompletableFuture<Object> evaluate(ReplicationServer server, String script, String... arguments) {
        return CompletableFuture.supplyAsync(() -> {
            try (Jedis other = server.jedis()) {
                return other.eval(script, 0, arguments);
            }
        });
    }

    private static void awaitBusy(Jedis jedis) throws Exception {
        ReplicationServer.await(() -> "no script is busy", () -> {
            try {
                jedis.ping();
                return false;
            } catch (JedisDataException e) {
                return e.getMessage().startsWith("BUSY");
            }
        });
    }

    private static void followRedisAndBeFollowed(ReplicationServer redis, ReplicationServer first, ReplicationServer second)
            throws Exception {
        try (Jedis real = redis.jedis(); Jedis one = first.jedis()) {
            real.functionLoad(library("snapshot"));
            first.follow(redis);
            first.awaitLink();
            second.follow(first);
            second.awaitLink();
            real.functionLoad(library("stream"));
            real.eval("return redis.call('set', 'k', ARGV[1])", 0, "a-");
            awaitFunctions(first, "a-", "snapshot", "stream");
            awaitFunctions(second, "a-", "snapshot", "stream");
            one.replicaofNoOne();
            redis.follow(first);
            redis.awaitLink();
            one.functionLoad(library("ours"));
            one.fcall("set_ours", List.of("k"), List.of("b-"));
            awaitFunctions(redis, "b-", "snapshot", "stream", "ours");
            awaitFunctions(second, "b-", "snapshot", "stream", "ours");
        }
    }

    /** As a master before version 7 sends them, behind a file that this server has saved. */
    private void scriptsOfAStreamAreRun(ReplicationServer server) throws Exception {
        byte[] rdb = Files.readAllBytes(directory.resolve("second/dump.rdb"));
        try (FakeMaster master = new FakeMaster(peer -> {
            peer.awaitPsync();
            peer.line("+FULLRESYNC " + FakeMaster.ID + " 1000");
            peer.line("$" + rdb.length);
            peer.send(rdb);
            peer.command("EVAL", "return redis.call('set', KEYS[1], ARGV[1] .. #KEYS)", "1", "evaluated", "x");
            peer.command("FCALL", "set_ours", "1", "called", "y");
            peer.awaitEnd();
        }); Jedis jedis = server.jedis()) {
            server.follow(master.port());
            ReplicationServer.await(server::output, () -> "y".equals(jedis.get("called")));
            assertEquals("x1", jedis.get("evaluated"));
            awaitFunctions(server, "b-", "snapshot", "stream", "ours");
        }
    }
}
