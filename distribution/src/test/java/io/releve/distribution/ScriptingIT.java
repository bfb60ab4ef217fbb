package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

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
