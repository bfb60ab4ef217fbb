package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.releve.contracts.Oracle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;

/** A packaged server in a directory of its own, or a real one, as tests of replication ask for it. */
final class ReplicationServer implements AutoCloseable {
    private static final int TIMEOUT_MS = 40_000;

    private final int port;
    /** Starts it on its port; null for a real one. */
    private final Start start;
    private final Oracle redis;
    private RunningServer server;
    private boolean closed;

    /** Something that comes to hold. */
    interface Condition {
        boolean holds() throws Exception;
    }

    private interface Start {
        RunningServer run() throws Exception;
    }

    private ReplicationServer(int port, Start start, Oracle redis) throws Exception {
        this.port = port;
        this.start = start;
        this.redis = redis;
        if (start != null) {
            restart();
        }
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
        return new ReplicationServer(port, () -> RunningServer.run(home, data, verb, all.toArray(String[]::new)), null);
    }

    /** Starts a real server. */
    static ReplicationServer redis(String... options) throws Exception {
        Oracle redis = Oracle.start(options);
        return new ReplicationServer(redis.port(), null, redis);
    }

    /** Starts it again as it was, after it has ended. */
    void restart() throws Exception {
        server = start.run().awaitReady();
    }

    /** Ends it in good order. */
    void stop() throws Exception {
        server.terminate();
        assertEquals(0, server.exitCode(), server.output());
    }

    int port() {
        return port;
    }

    RunningServer process() {
        return server;
    }

    String output() {
        return server == null ? toString() : server.output();
    }

    @Override
    public String toString() {
        return (redis == null ? "the server" : "the real server") + " on port " + port;
    }

    Jedis jedis() {
        return new Jedis("127.0.0.1", port, TIMEOUT_MS);
    }

    void follow(int master) {
        try (Jedis jedis = jedis()) {
            jedis.replicaof("127.0.0.1", master);
        }
    }

    void follow(ReplicationServer master) {
        follow(master.port);
    }

    /** Sends the process a signal. */
    void signal(String name) throws Exception {
        assertEquals(0, new ProcessBuilder("kill", "-" + name, "" + server.pid()).start().waitFor());
        if (name.equals("STOP")) {
            // each thread stops when it is scheduled next, which may take a while on a busy machine
            await(() -> "the process is not stopped", this::isStopped);
        }
    }

    private boolean isStopped() {
        try (Stream<Path> threads = Files.list(Path.of("/proc", "" + server.pid(), "task"))) {
            for (Path thread : threads.toList()) {
                if (!Files.readString(thread.resolve("status")).contains("State:\tT")) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    /** A number of INFO stats. */
    long statistic(String field) {
        return Long.parseLong(info("stats").get(field));
    }

    void awaitLink() throws InterruptedException {
        await(() -> "no link:\n" + output(), () -> info("replication").get("master_link_status").equals("up"));
    }

    void awaitOutput(String text) throws InterruptedException {
        await(() -> "no '" + text + "':\n" + output(), () -> output().contains(text));
    }

    /** Waits at most 40 s. */
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
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (redis != null) {
            redis.close();
        } else if (server != null) {
            server.close();
        }
    }
}
