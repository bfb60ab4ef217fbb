package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.releve.contracts.Oracle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.SafeEncoder;

/** Two of Redis' sentinels that reach our servers, and each other, over TLS alone. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsSentinelIT {
    private static final Path CERTIFICATES =
            Path.of("../formats/pem/src/test/resources/certificates").toAbsolutePath().normalize();
    private static final List<String> OPTIONS = List.of("tls-cert-file " + CERTIFICATES.resolve("server.crt"),
            "tls-key-file " + CERTIFICATES.resolve("server.key"), "tls-ca-cert-file " + CERTIFICATES.resolve("ca.crt"),
            "tls-replication yes", "port 0", "bind 127.0.0.1");

    @TempDir
    Path directory;

    private final List<Process> sentinels = new ArrayList<>();
    private final List<Integer> sentinelPorts = new ArrayList<>();

    @Test
    void theyPromoteTheReplica() throws Exception {
        assumeTrue(Oracle.installed(), "redis-server, which is redis-sentinel too, is not installed: nobody watches over TLS");
        int master = RunningServer.freePort();
        int replica = RunningServer.freePort();
        try (RunningServer first = server(master, ""); RunningServer second = server(replica, "replicaof 127.0.0.1 " + master)) {
            first.awaitReady();
            second.awaitReady();
            await(second::output, () -> replication(replica).get("master_link_status").equals("up"));
            sentinel(master);
            sentinel(master);
            for (int port : sentinelPorts) {
                // so that they find each other soon
                await(this::logs, () -> "OK".equals(ask(port, "DEBUG", "publish-period", "200", "info-period", "500", "ask-period", "200")));
            }
            await(this::logs, () -> sentinelPorts.stream().allMatch(port -> knows(port)));
            try (Jedis jedis = connect(master)) {
                assertEquals("OK", jedis.set("before", "1"));
                assertEquals(1, jedis.waitReplicas(1, 5_000));
            }
            first.kill();
            await(this::logs, () -> leader(sentinelPorts.get(0)) == replica && leader(sentinelPorts.get(1)) == replica
                    && replication(replica).get("role").equals("master"));
            try (Jedis jedis = connect(replica)) {
                assertEquals("1", jedis.get("before"));
                assertEquals("OK", jedis.set("after", "1"));
            }
        }
    }

    private RunningServer server(int port, String line) throws Exception {
        Path home = Files.createDirectories(directory.resolve("server-" + port));
        return RunningServer.start(home, file(home, port, "save \"\"", "dir " + home, "repl-diskless-sync-delay 0", line));
    }

    private void sentinel(int master) throws Exception {
        int port = RunningServer.freePort();
        Path home = Files.createDirectories(directory.resolve("sentinel-" + port));
        String file = file(home, port, "dir " + home, "sentinel monitor m 127.0.0.1 " + master + " 2", "sentinel down-after-milliseconds m 1000",
                "sentinel failover-timeout m 5000");
        sentinelPorts.add(port);
        sentinels.add(new ProcessBuilder("redis-server", file, "--sentinel").redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile()).start());
    }

    private static String file(Path home, int port, String... lines) throws Exception {
        List<String> all = new ArrayList<>(OPTIONS);
        all.add("tls-port " + port);
        all.addAll(List.of(lines));
        return Files.write(home.resolve("server.conf"), all).toString();
    }

    private String logs() {
        StringBuilder all = new StringBuilder();
        for (int port : sentinelPorts) {
            try {
                all.append(Files.readString(directory.resolve("sentinel-" + port).resolve("log")));
            } catch (java.io.IOException e) {
                all.append(e);
            }
        }
        return all.toString();
    }

    private static Jedis connect(int port) throws Exception {
        return new Jedis(new HostAndPort("127.0.0.1", port), DefaultJedisClientConfig.builder().ssl(true)
                .sslSocketFactory(TlsClients.context(CERTIFICATES, "client").getSocketFactory()).socketTimeoutMillis(5_000).build());
    }

    private static Map<String, String> replication(int port) throws Exception {
        try (Jedis jedis = connect(port)) {
            return ReplicationServer.info(jedis, "replication");
        }
    }

    private static Object ask(int sentinel, String... words) throws Exception {
        try (Jedis jedis = connect(sentinel)) {
            return SafeEncoder.encodeObject(jedis.sendCommand(SentinelGroup.SENTINEL, words));
        }
    }

    private static boolean knows(int sentinel) {
        try {
            Map<String, String> master = SentinelGroup.fields(ask(sentinel, "MASTER", "m"));
            return master.get("num-other-sentinels").equals("1") && master.get("num-slaves").equals("1")
                    && master.get("flags").equals("master");
        } catch (JedisException e) {
            // not there yet
            return false;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static int leader(int sentinel) throws Exception {
        return Integer.parseInt(((List<?>) ask(sentinel, "GET-MASTER-ADDR-BY-NAME", "m")).get(1).toString());
    }

    private static void await(java.util.function.Supplier<String> otherwise, ReplicationServer.Condition condition)
            throws InterruptedException {
        SentinelGroup.await(otherwise, condition);
    }

    @AfterEach
    void stop() throws Exception {
        for (Process sentinel : sentinels) {
            sentinel.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }
}
