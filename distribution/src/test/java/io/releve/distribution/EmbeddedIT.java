package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.embedded.Releve;
import io.releve.embedded.ReleveConnection;
import io.releve.embedded.Reply;
import io.releve.examples.osgi.Greeter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The embedded API beside a server of ours: in its container, and compared with its socket. */
class EmbeddedIT {
    private static final int REQUESTS = 5000;
    /** Words that stand for a random key, field or number are {@code K}, {@code F} and {@code N}. */
    private static final List<String> REQUEST_FORMS = List.of("SET K F", "GET K", "SET K N EX 1000 GET", "INCR K", "INCRBYFLOAT K 1.5",
            "APPEND K F", "GETRANGE K 0 2", "SETBIT K N 1", "BITCOUNT K", "BITFIELD K INCRBY u4 0 3", "PFADD K F", "PFCOUNT K",
            "DEL K", "TYPE K", "EXISTS K K", "RENAME K K", "COPY K K REPLACE", "TTL K", "PERSIST K", "LPUSH K F N",
            "RPOPLPUSH K K", "LRANGE K 0 -1", "LINSERT K BEFORE F N", "LPOS K F", "LMPOP 2 K K LEFT", "BLPOP K 0.001",
            "HSET K F N", "HGETALL K", "HINCRBY K F 2", "HMGET K F F", "HDEL K F", "SADD K F N", "SMEMBERS K", "SISMEMBER K F",
            "SINTER K K", "SDIFFSTORE K K K", "ZADD K N F", "ZADD K INCR 1.25 F", "ZSCORE K F", "ZRANGE K 0 -1 WITHSCORES",
            "ZUNION 2 K K WITHSCORES", "ZPOPMIN K", "ZRANK K F WITHSCORE", "GEOADD K 13.3 52.5 F", "GEOPOS K F",
            "GEOSEARCH K FROMLONLAT 13 52 BYRADIUS 100 km WITHCOORD", "XADD K 1-* F N", "XRANGE K - +", "XLEN K", "XREAD STREAMS K 0",
            "MULTI", "EXEC", "DISCARD", "WATCH K", "SELECT 1", "SELECT 0", "DBSIZE", "PUBLISH F N", "OBJECT ENCODING K",
            "NOSUCH K", "GET", "SORT K ALPHA", "DUMP K", "HELLO 3", "HELLO 2", "PING F", "ECHO F");

    @TempDir
    Path directory;

    @Test
    void aBundleUsesTheServerItLivesIn() throws Exception {
        Path example = Path.of(Greeter.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        CopiedInstallation installation = CopiedInstallation.without("embedded", name -> false);
        installation.drop(example, "greeter.jar");
        int port = RunningServer.freePort();
        try (RunningServer server = RunningServer.run(installation.home(), directory, "server", "--port", "" + port)
                .awaitReady(); Jedis jedis = new Jedis("127.0.0.1", port)) {
            for (int i = 0; i < 1000 && jedis.publish("greet", "Ada") == 0; i++) {
                Thread.sleep(10);
            }
            assertEquals("1", jedis.get("greeter:starts"));
            assertEquals("Hello, Ada", jedis.blpop(5, "greetings").get(1));
            assertTrue(jedis.info("bundles").contains("name=io.releve.embedded"));
            installation.take("greeter.jar");
            for (int i = 0; i < 1000 && jedis.publish("greet", "Bob") > 0; i++) {
                Thread.sleep(10);
            }
            assertEquals(0, jedis.publish("greet", "Bob"));
            server.terminate();
            assertEquals(0, server.exitCode(), server.output());
            assertFalse(server.output().contains("ERROR"), server.output());
        }
    }

    @Test
    void callsAnswerAsASocketDoes() throws Exception {
        Random random = new Random(7);
        int port = RunningServer.freePort();
        try (RunningServer server = RunningServer.start(directory, "--port", "" + port, "--keyspace", "heap").awaitReady();
                Socketed socket = new Socketed(port);
                Releve releve = Releve.builder().directory(directory.resolve("embedded")).keyspace("heap").open();
                ReleveConnection connection = releve.connect()) {
            for (int i = 0; i < REQUESTS; i++) {
                String[] words = fill(REQUEST_FORMS.get(random.nextInt(REQUEST_FORMS.size())), random).split(" ");
                List<byte[]> arguments = new ArrayList<>();
                for (int w = 1; w < words.length; w++) {
                    arguments.add(words[w].getBytes(StandardCharsets.UTF_8));
                }
                Reply embedded = connection.call(words[0], arguments.toArray(byte[][]::new));
                if (words[0].equals("HELLO")) {
                    // names the connection
                    socket.run(words);
                    continue;
                }
                assertEquals(socket.run(words).toString(), embedded.toString(), i + ": " + String.join(" ", words));
            }
        }
    }

    private static String fill(String form, Random random) {
        StringBuilder filled = new StringBuilder();
        for (String word : form.split(" ")) {
            filled.append(filled.isEmpty() ? "" : " ").append(switch (word) {
                case "K" -> "key" + random.nextInt(12);
                case "F" -> "field" + random.nextInt(5);
                case "N" -> "" + random.nextInt(100);
                default -> word;
            });
        }
        return filled.toString();
    }
}
