package io.releve.server.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.contracts.Oracle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** MIGRATE to real servers, to ours, and to targets that misbehave. */
class MigrateTest {
    private RunningServer server;

    @BeforeEach
    void start() throws Exception {
        server = new RunningServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    /** Sends lines and returns all replies. */
    private static String ask(RunningServer where, String... lines) throws IOException {
        String reply = where.exchange(String.join("\r\n", lines) + "\r\nquit\r\n");
        assertTrue(reply.endsWith("+OK\r\n"), reply);
        return reply.substring(0, reply.length() - 5);
    }

    private String ask(String... lines) throws IOException {
        return ask(server, lines);
    }

    private static String migrate(int port, String rest) {
        return "migrate 127.0.0.1 " + port + " " + rest;
    }

    @Test
    void everyTypeFromARealServerAndBack() throws IOException {
        Random random = new Random(47);
        try (Oracle oracle = Oracle.start("--enable-debug-command", "yes")) {
            for (int i = 0; i < 60; i++) {
                fill(oracle, random, i % 6);
                if (random.nextBoolean()) {
                    oracle.run("expire", "k", "1000");
                }
                Object digest = oracle.ask("debug", "digest-value", "k");
                assertEquals("+OK\r\n", oracle.run("migrate", "127.0.0.1", "" + server.port(), "k", "3", "5000"));
                assertEquals(":0\r\n", oracle.run("exists", "k"));
                assertEquals("+OK\r\n+OK\r\n:0\r\n", ask("select 3", migrate(oracle.port(), "k 0 5000"), "exists k"));
                assertEquals(digest, oracle.ask("debug", "digest-value", "k"));
            }
        }
    }

    private static void fill(Oracle oracle, Random random, int type) {
        oracle.run("flushall");
        int size = 1 + random.nextInt(random.nextBoolean() ? 10 : 1500);
        for (int i = 0; i < size; i++) {
            String word = "word " + random.nextInt(10_000);
            switch (type) {
                case 0 -> oracle.run("append", "k", word);
                case 1 -> oracle.run("rpush", "k", word);
                case 2 -> oracle.run("sadd", "k", word);
                case 3 -> oracle.run("hset", "k", word, "v" + i);
                case 4 -> oracle.run("zadd", "k", "" + random.nextInt(100), word);
                default -> oracle.run("xadd", "k", "*", "f", word);
            }
        }
    }

    @Test
    void optionsAndErrors() throws IOException {
        try (Oracle oracle = Oracle.start()) {
            int port = oracle.port();
            assertEquals("+OK\r\n+OK\r\n$1\r\n1\r\n", ask("set a 1", migrate(port, "a 0 1000 copy"), "get a"));
            String busy = "-ERR Target instance replied with error: BUSYKEY Target key name already exists.\r\n";
            assertEquals(busy + "$1\r\n1\r\n", ask(migrate(port, "a 0 1000"), "get a"));
            assertEquals("+OK\r\n+OK\r\n$-1\r\n", ask("set a 2 px 100000", migrate(port, "a 0 1000 replace"), "get a"));
            assertEquals("$1\r\n2\r\n", oracle.run("get", "a"));
            assertTrue((Long) oracle.ask("pttl", "a") > 90_000);
            assertEquals("+OK\r\n" + busy + "*4\r\n$1\r\n1\r\n$-1\r\n$-1\r\n$-1\r\n",
                    ask("mset a 1 b 2 c 3", migrate(port, "\"\" 0 1000 keys b none a c"), "mget a b c none"));
            assertEquals("*2\r\n$1\r\n2\r\n$1\r\n3\r\n", oracle.run("mget", "b", "c"));
            assertEquals("+NOKEY\r\n", ask(migrate(port, "none 0 1000")));
            assertEquals("-ERR Target instance replied with error: ERR DB index is out of range\r\n:1\r\n",
                    ask(migrate(port, "a 99 1000"), "exists a"));
            assertEquals("+OK\r\n", ask(migrate(port, "a 5 1000")));
            oracle.run("select", "5");
            assertEquals("$1\r\n1\r\n", oracle.run("get", "a"));
            String manyKeys = String.join(" ", Collections.nCopies(300, "x y"));
            ask("mset x 1 y 2");
            assertEquals("-ERR Target instance replied with error: BUSYKEY Target key name already exists.\r\n:0\r\n",
                    ask(migrate(port, "\"\" 0 1000 keys " + manyKeys), "exists x y"));
        }
    }

    @Test
    void passwords() throws IOException {
        try (Oracle oracle = Oracle.start("--requirepass", "secret")) {
            oracle.run("auth", "secret");
            int port = oracle.port();
            String prefix = "-ERR Target instance replied with error: ";
            assertEquals("+OK\r\n" + prefix + "NOAUTH Authentication required.\r\n",
                    ask("set a 1", migrate(port, "a 0 1000")));
            assertTrue(ask(migrate(port, "a 0 1000 auth wrong")).startsWith(prefix + "WRONGPASS"));
            assertTrue(ask(migrate(port, "a 0 1000 auth2 nobody secret")).startsWith(prefix + "WRONGPASS"));
            assertEquals("+OK\r\n+OK\r\n", ask(migrate(port, "a 0 1000 copy auth secret"),
                    migrate(port, "a 0 1000 replace auth2 default secret")));
            assertEquals("$1\r\n1\r\n", oracle.run("get", "a"));
        }
    }

    @Test
    void betweenTwoOfOurs() throws Exception {
        try (RunningServer other = new RunningServer()) {
            assertEquals(":3\r\n:1\r\n+OK\r\n:0\r\n", ask("rpush l a b c", "hset h f v",
                    migrate(other.port(), "\"\" 2 1000 keys l h"), "exists l h"));
            assertEquals("+OK\r\n*3\r\n$1\r\na\r\n$1\r\nb\r\n$1\r\nc\r\n$1\r\nv\r\n",
                    ask(other, "select 2", "lrange l 0 -1", "hget h f"));
            // In a transaction nobody waits.
            assertEquals("+OK\r\n+QUEUED\r\n+QUEUED\r\n*2\r\n+OK\r\n+OK\r\n",
                    ask("multi", "set t 1", migrate(other.port(), "t 0 1000"), "exec"));
            assertEquals("$1\r\n1\r\n", ask(other, "get t"));
        }
    }

    @Test
    void aServerDoesNotMigrateToItself() throws IOException {
        String error = "-IOERR error or timeout reading to target instance\r\n";
        assertEquals("+OK\r\n" + error + error + "$1\r\n1\r\n", ask("set a 1",
                migrate(server.port(), "a 0 1000 replace"), migrate(server.port(), "a 3 1000"), "get a"));
    }

    /** A target that answers by a function of the request's words, null for no answer; it takes one connection. */
    private static CompletableFuture<List<String>> target(ServerSocket socket, int requests,
            UnaryOperator<String> answer) {
        return CompletableFuture.supplyAsync(() -> {
            List<String> heard = new ArrayList<>();
            try {
                while (heard.size() < requests) {
                    try (Socket client = socket.accept()) {
                        BufferedReader in = new BufferedReader(
                                new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
                        for (String head = in.readLine(); head != null; head = in.readLine()) {
                            StringBuilder request = new StringBuilder();
                            for (int i = Integer.parseInt(head.substring(1)); i > 0; i--) {
                                char[] word = new char[Integer.parseInt(in.readLine().substring(1)) + 2];
                                for (int n = 0; n < word.length; ) {
                                    n += in.read(word, n, word.length - n);
                                }
                                request.append(word, 0, word.length - 2).append(' ');
                            }
                            heard.add(request.toString());
                            String reply = answer.apply(request.toString());
                            if (reply != null) {
                                client.getOutputStream().write(reply.getBytes(StandardCharsets.ISO_8859_1));
                            }
                        }
                    }
                }
            } catch (IOException e) {
                heard.add(e.toString());
            }
            return heard;
        });
    }

    private String whileUnderWay(String... changes) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int[] round = {0};
            CompletableFuture<List<String>> target = target(socket, 2 * (changes.length + 1), request -> {
                if (!request.startsWith("SELECT") && round[0] < changes.length) {
                    try {
                        ask(changes[round[0]++]);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
                return request.startsWith("DEL") ? ":1\r\n" : "+OK\r\n";
            });
            String reply = ask(migrate(socket.getLocalPort(), "k 0 2000"));
            StringBuilder story = new StringBuilder(reply.strip());
            for (String request : target.get(10, TimeUnit.SECONDS)) {
                // Of the payload only letters.
                story.append(" | ").append(request.replaceAll("[^ A-Za-z0]", "").strip());
            }
            return story.toString();
        }
    }

    @Test
    void whatIsChangedMeanwhileIsSentAgain() throws Exception {
        ask("set k old-value-old");
        String story = whileUnderWay("set k new-value-new");
        assertTrue(story.matches("\\+OK \\| SELECT 0 \\| RESTORE k 0 .*oldvalueold.* \\| SELECT 0"
                + " \\| RESTORE k 0 .*newvaluenew.* REPLACE"), story);
        assertEquals(":0\r\n", ask("exists k"));
    }

    @Test
    void whatIsDeletedMeanwhileIsDeletedThereToo() throws Exception {
        ask("set k value");
        assertTrue(whileUnderWay("del k").endsWith("| SELECT 0 | DEL k"));
        assertEquals(":0\r\n", ask("exists k"));
    }

    @Test
    void whatIsChangedAllTheTimeStays() throws Exception {
        ask("set k 0");
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            target(socket, 16, request -> {
                try {
                    if (request.startsWith("RESTORE")) {
                        ask("incr k");
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return "+OK\r\n";
            });
            assertTrue(ask(migrate(socket.getLocalPort(), "k 0 2000")).startsWith("-ERR A key was changed"));
            assertEquals("$1\r\n8\r\n", ask("get k"));
        }
    }

    @Test
    void aTargetThatIsSilent() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            target(socket, 1, request -> null);
            ask("set k value");
            CompletableFuture<String> reply = CompletableFuture.supplyAsync(() -> {
                try {
                    return ask(migrate(socket.getLocalPort(), "k 0 300"));
                } catch (IOException e) {
                    return e.toString();
                }
            });
            long begin = System.nanoTime();
            while (!reply.isDone()) {
                long before = System.nanoTime();
                assertEquals("$5\r\nvalue\r\n", ask("get k"));
                assertTrue(System.nanoTime() - before < 200_000_000L, "others go on");
            }
            assertEquals("-IOERR error or timeout reading to target instance\r\n", reply.get());
            assertTrue(System.nanoTime() - begin < 3_000_000_000L);
            assertEquals("$5\r\nvalue\r\n", ask("get k"));
        }
    }
}
