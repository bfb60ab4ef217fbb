package io.releve.distribution;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;

/** A packaged server in a directory of its own, as tests of replication ask for it. */
final class ReplicationServer implements AutoCloseable {
    private static final int TIMEOUT_MS = 30_000;

    private final RunningServer server;
    private final int port;

    /** Something that comes to hold. */
    interface Condition {
        boolean holds() throws Exception;
    }

    private ReplicationServer(RunningServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Starts the package and waits until it is ready. @param data becomes its {@code dir} */
    static ReplicationServer start(Path data, String... options) throws Exception {
        return start(RunningServer.HOME, data, "server", options);
    }

    /** Starts another copy of the package. */
    static ReplicationServer start(Path home, Path data, String verb, String... options) throws Exception {
        Files.createDirectories(data);
        int port = RunningServer.freePort();
        List<String> all = new ArrayList<>(List.of("--port", "" + port, "--dir", data.toString(), "--save", ""));
        all.addAll(List.of(options));
        return new ReplicationServer(RunningServer.run(home, data, verb, all.toArray(String[]::new)).awaitReady(), port);
    }

    int port() {
        return port;
    }

    RunningServer process() {
        return server;
    }

    String output() {
        return server.output();
    }

    Jedis jedis() {
        return new Jedis("127.0.0.1", port, TIMEOUT_MS);
    }

    void follow(int master) {
        try (Jedis jedis = jedis()) {
            jedis.replicaof("127.0.0.1", master);
        }
    }

    Map<String, String> info(String section) {
        try (Jedis jedis = jedis()) {
            return info(jedis, section);
        }
    }

    /** The fields of INFO, of any server. */
    static Map<String, String> info(Jedis jedis, String section) {
        Map<String, String> fields = new HashMap<>();
        for (String line : jedis.info(section).split("\r\n")) {
            String[] pair = line.split(":", 2);
            if (pair.length == 2) {
                fields.put(pair[0], pair[1]);
            }
        }
        return fields;
    }

    long offset() {
        return Long.parseLong(info("replication").get("master_repl_offset"));
    }

    void awaitLink() throws InterruptedException {
        await(() -> "no link:\n" + output(), () -> info("replication").get("master_link_status").equals("up"));
    }

    void awaitOutput(String text) throws InterruptedException {
        await(() -> "no '" + text + "':\n" + output(), () -> output().contains(text));
    }

    /** Waits at most half a minute. */
    static void await(java.util.function.Supplier<String> otherwise, Condition condition) throws InterruptedException {
        await(TIMEOUT_MS, otherwise, condition);
    }

    static void await(long timeoutMs, java.util.function.Supplier<String> otherwise, Condition condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        Exception last = null;
        while (System.nanoTime() < end) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (Exception e) {
                last = e;
            }
            Thread.sleep(20);
        }
        throw new AssertionError(otherwise.get(), last);
    }

    @Override
    public void close() {
        server.close();
    }
}
