package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.SslOptions;
import io.releve.contracts.Oracle;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** The packaged server behind TLS: clients with and without certificates, a replica of ours and a real one. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsIT {
    private static final Path CERTIFICATES =
            Path.of("../formats/pem/src/test/resources/certificates").toAbsolutePath().normalize();

    @TempDir
    static Path directory;

    private static int port;
    private static int plainPort;
    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        plainPort = RunningServer.freePort();
        port = RunningServer.freePort();
        server = RunningServer.start(directory, with(List.of("--port", "" + plainPort, "--tls-port", "" + port, "--save", "",
                "--enable-bundle-command", "yes")))
                .awaitReady();
    }

    private static String[] with(List<String> options) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("--tls-cert-file", file("server.crt"), "--tls-key-file", file("server.key"), "--tls-ca-cert-file",
                file("ca.crt")));
        return all.toArray(String[]::new);
    }

    private static String file(String name) {
        return CERTIFICATES.resolve(name).toString();
    }

    @AfterAll
    static void stop() throws Exception {
        server.endWell();
        assertTrue(server.output().contains("TLS is done by BoringSSL"), server.output());
    }

    private static Jedis connect(String name) throws Exception {
        return new Jedis(new HostAndPort("127.0.0.1", port), DefaultJedisClientConfig.builder().ssl(true)
                .sslSocketFactory(TlsClients.context(CERTIFICATES, name).getSocketFactory()).socketTimeoutMillis(20_000).build());
    }

    @Test
    void jedisWithACertificate() throws Exception {
        byte[] large = new byte[3_000_000];
        new Random(1).nextBytes(large);
        try (Jedis jedis = connect("client")) {
            assertEquals("OK", jedis.set("large".getBytes(StandardCharsets.UTF_8), large));
            assertArrayEquals(large, jedis.get("large".getBytes(StandardCharsets.UTF_8)));
            Pipeline pipeline = jedis.pipelined();
            for (int i = 0; i < 20_000; i++) {
                pipeline.set("key:" + i, "value:" + i);
            }
            assertEquals(20_000, pipeline.syncAndReturnAll().stream().filter("OK"::equals).count());
            assertEquals("value:19999", jedis.get("key:19999"));
        }
    }

    @Test
    void lettuceWithACertificate() {
        RedisClient client = RedisClient.create(RedisURI.Builder.redis("localhost", port).withSsl(true).build());
        try {
            client.setOptions(io.lettuce.core.ClientOptions.builder().sslOptions(SslOptions.builder().jdkSslProvider()
                    .trustManager(CERTIFICATES.resolve("ca.crt").toFile()).keyManager(CERTIFICATES.resolve("client.crt").toFile(),
                            CERTIFICATES.resolve("client.key").toFile(), new char[0]).build()).build());
            try (StatefulRedisConnection<String, String> connection = client.connect()) {
                connection.sync().set("lettuce", "salad");
                assertEquals("salad", connection.sync().get("lettuce"));
            }
        } finally {
            client.shutdown(0, 1, TimeUnit.SECONDS);
        }
    }

    /** Without a certificate, with one of others, with one of yesterday, without encryption: none is served, all others are. */
    @Test
    void whoIsNotAdmitted() throws Exception {
        try (Jedis admitted = connect("client")) {
            for (String name : List.of("nobody", "stranger", "expired")) {
                assertThrows(JedisConnectionException.class, () -> {
                    try (Jedis jedis = connect(name)) {
                        jedis.ping();
                    }
                }, name);
            }
            try (Jedis plain = new Jedis("127.0.0.1", port)) {
                assertThrows(JedisConnectionException.class, plain::ping);
            }
            try (Socket garbage = new Socket("127.0.0.1", port)) {
                byte[] bytes = new byte[100_000];
                new Random(2).nextBytes(bytes);
                garbage.setSoTimeout(10_000);
                try {
                    garbage.getOutputStream().write(bytes);
                    assertEquals(-1, skip(garbage.getInputStream()));
                } catch (SocketTimeoutException e) {
                    throw e;
                } catch (java.io.IOException e) {
                    assertTrue(String.valueOf(e.getMessage()).contains("reset") || e.getMessage().contains("roken"), e.toString());
                }
            }
            assertEquals("PONG", admitted.ping());
        }
        assertTrue(server.output().contains("Error accepting a client connection"), server.output());
    }

    private static int skip(InputStream in) throws java.io.IOException {
        int last = in.read();
        while (last >= 0) {
            last = in.read();
        }
        return last;
    }

    /** A connection that was there goes on; the next one is shown the new certificate; a wrong one changes nothing. */
    @Test
    void aNewCertificate() throws Exception {
        try (Jedis before = connect("client"); Jedis plain = new Jedis("127.0.0.1", plainPort)) {
            assertThrows(JedisDataException.class, () -> plain.configSet("tls-cert-file", file("renewed.crt")));
            assertEquals(file("server.crt"), plain.configGet("tls-cert-file").get("tls-cert-file"));
            plain.sendCommand(redis.clients.jedis.Protocol.Command.CONFIG, "SET", "tls-cert-file", file("renewed.crt"),
                    "tls-key-file", file("renewed.key"));
            assertEquals("PONG", before.ping());
            assertEquals(TlsClients.serial(CERTIFICATES, "renewed"), TlsClients.shownBy(CERTIFICATES, port));
            plain.configSet("tls-auth-clients", "no");
            try (Jedis nobody = connect("nobody")) {
                assertEquals("PONG", nobody.ping());
            }
            plain.configSet("tls-auth-clients", "yes");
            plain.sendCommand(redis.clients.jedis.Protocol.Command.CONFIG, "SET", "tls-cert-file", file("server.crt"),
                    "tls-key-file", file("server.key"));
            assertEquals(TlsClients.serial(CERTIFICATES, "server"), TlsClients.shownBy(CERTIFICATES, port));
        }
    }

    /** A newer listener goes on with the encrypted port; who is connected stays so. */
    @Test
    void theListenerIsExchanged() throws Exception {
        Path newer = Jars.withVersion(CopiedInstallation.packagedJar("releve-server-"), "0.2.1", directory.resolve("server.jar"));
        try (Jedis before = connect("client")) {
            assertEquals("OK", before.set("exchanged", "1"));
            before.sendCommand(() -> "BUNDLE".getBytes(StandardCharsets.US_ASCII), "SWAP", "listener", newer.toString());
            try (Jedis after = connect("client"); Jedis plain = new Jedis("127.0.0.1", plainPort)) {
                assertEquals("1", after.get("exchanged"));
                assertEquals(2L, plain.incr("exchanged"));
                assertEquals("2", before.get("exchanged"));
            }
        }
    }

    /** Its bytes come one at a time, with pauses in the middle of records. */
    @Test
    void aSlowClient() throws Exception {
        try (Socket slow = TlsClients.dribbling(CERTIFICATES, port)) {
            OutputStream out = slow.getOutputStream();
            out.write("*1\r\n$4\r\nPING\r\n".getBytes(StandardCharsets.UTF_8));
            assertEquals("+PONG\r\n", new String(slow.getInputStream().readNBytes(7), StandardCharsets.UTF_8));
        }
    }

    /** A replica of ours, and a real one below it, with encrypted links only. */
    @Test
    void replicasOfBothKinds() throws Exception {
        int ours = RunningServer.freePort();
        Path data = Files.createDirectories(directory.resolve("replica"));
        try (Jedis master = connect("client");
                RunningServer replica = RunningServer.start(data, with(List.of("--port", "0", "--tls-port", "" + ours,
                        "--tls-replication", "yes", "--save", "", "--replicaof", "127.0.0.1 " + port))).awaitReady();
                Oracle redis = Oracle.start(with(List.of("--tls-port", "" + RunningServer.freePort(), "--tls-replication", "yes",
                        "--replicaof", "127.0.0.1 " + ours)))) {
            master.set("shared", "1");
            ReplicationServer.await(replica::output, () -> redis.run("get", "shared").equals("$1\r\n1\r\n"));
            // its link to the master is made anew, since a real replica below wants PINGs
            ReplicationServer.await(replica::output, () -> master.info("replication").contains("port=" + ours));
            replica.terminate();
            assertEquals(0, replica.exitCode(), replica.output());
        }
    }
}
