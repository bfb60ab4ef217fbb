package io.releve.embedded.plain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.embedded.ErrorReplyException;
import io.releve.embedded.InterruptedCallException;
import io.releve.embedded.Pipeline;
import io.releve.embedded.Releve;
import io.releve.embedded.ReleveConnection;
import io.releve.embedded.ReleveException;
import io.releve.embedded.Response;
import io.releve.embedded.SetParams;
import io.releve.embedded.Subscription;
import io.releve.embedded.Transaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance without OSGi: calls that are more than a command and its reply, and its begin and end. */
class EmbeddedTest {
    @TempDir
    Path directory;
    private Releve releve;

    @BeforeEach
    void open() {
        releve = Releve.builder().directory(directory).keyspace("heap").open();
    }

    @AfterEach
    void close() {
        releve.close();
    }

    @Test
    void valuesOfAllLengthsComeBackAsTheyWere() {
        for (int length : new int[] {0, 1, 100, 70_000, 300_000, 3_000_000}) {
            byte[] value = new byte[length];
            Arrays.fill(value, (byte) 0xf7);
            releve.set("k".getBytes(), value);
            assertArrayEquals(value, releve.get("k".getBytes()));
            assertEquals(length, releve.strlen("k"));
        }
        releve.set("ключ", "Zürich \u0000 \r\n");
        assertEquals("Zürich \u0000 \r\n", releve.get("ключ"));
        assertNull(releve.get("none"));
    }

    @Test
    void conditionsAndErrors() {
        assertEquals("OK", releve.set("k", "1", new SetParams().nx().ex(100)));
        assertNull(releve.set("k", "2", new SetParams().nx()));
        assertTrue(releve.ttl("k") > 90);
        assertEquals("WRONGTYPE", assertThrows(ErrorReplyException.class, () -> releve.lpush("k", "x")).code());
        assertTrue(releve.call("NOSUCH", "a").isError());
        assertThrows(NullPointerException.class, () -> releve.set("k", (String) null));
        assertEquals("1", releve.get("k"));
    }

    @Test
    void aPipelineRunsInOrderAndWaits() throws Exception {
        try (Pipeline pipeline = releve.pipelined()) {
            for (int i = 0; i < 1000; i++) {
                pipeline.queue(c -> c.incr("n"));
            }
            Response<Long> wrong = pipeline.queue(c -> c.llen("n"));
            Response<Map.Entry<String, String>> popped = pipeline.queue(c -> c.blpop(0, "queue"));
            Response<String> after = pipeline.queue(c -> c.get("n"));
            CompletableFuture<Void> pusher = CompletableFuture.runAsync(() -> {
                awaitBlocked();
                releve.rpush("queue", "a", "b");
            });
            pipeline.sync();
            pusher.get(5, TimeUnit.SECONDS);
            assertThrows(ErrorReplyException.class, wrong::get);
            assertEquals("a", popped.get().getValue());
            assertEquals("1000", after.get());
            assertEquals(List.of("b"), releve.lrange("queue", 0, -1));
        }
    }

    private void awaitBlocked() {
        while (!releve.info("clients").contains("blocked_clients:1")) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aTransactionFailsWhenAWatchedKeyChanges() {
        try (ReleveConnection connection = releve.connect()) {
            connection.watch("k");
            releve.set("k", "other");
            Transaction lost = connection.multi();
            lost.queue(c -> c.set("k", "mine"));
            assertNull(lost.exec());
            assertEquals("other", connection.get("k"));
            Transaction done = connection.multi();
            Response<Long> wrong = done.queue(c -> c.incr("k"));
            Response<String> set = done.queue(c -> c.set("k", "mine"));
            List<Object> results = done.exec();
            assertTrue(results.get(0) instanceof ErrorReplyException);
            assertThrows(ErrorReplyException.class, wrong::get);
            assertEquals("OK", set.get());
        }
        Transaction refused = releve.multi();
        refused.queue(c -> c.request("NOSUCH").reply());
        assertEquals("EXECABORT", assertThrows(ErrorReplyException.class, refused::exec).code());
        assertEquals("mine", releve.get("k"));
    }

    @Test
    void messagesComeInOrder() throws Exception {
        BlockingQueue<String> got = new LinkedBlockingQueue<>();
        try (Subscription subscription = releve.subscribe(
                (pattern, channel, message) -> got.add(pattern + " " + channel + " " + new String(message)), "news")) {
            subscription.psubscribe("n*");
            for (int i = 0; i < 100; i++) {
                assertEquals(2, releve.publish("news", "" + i));
            }
            for (int i = 0; i < 100; i++) {
                assertEquals("null news " + i, got.poll(5, TimeUnit.SECONDS));
                assertEquals("n* news " + i, got.poll(5, TimeUnit.SECONDS));
            }
        }
        assertEquals(0, releve.publish("news", "nobody"));
    }

    @Test
    void aThreadThatWaitsCanBeInterruptedAndItsConnectionGoesOn() throws Exception {
        try (ReleveConnection connection = releve.connect()) {
            CompletableFuture<Object> outcome = new CompletableFuture<>();
            Thread waiting = new Thread(() -> {
                try {
                    connection.blpop(0, "queue");
                    outcome.complete("served");
                } catch (InterruptedCallException e) {
                    outcome.complete(Thread.interrupted() ? connection.get("k") + "" : "no flag");
                } catch (RuntimeException e) {
                    outcome.complete(e);
                }
            });
            releve.set("k", "v");
            waiting.start();
            awaitBlocked();
            waiting.interrupt();
            assertEquals("v", outcome.get(5, TimeUnit.SECONDS));
            releve.rpush("queue", "x");
            assertEquals(1, releve.llen("queue"));
            waiting.join();
        }
    }

    @Test
    void whatTheSessionRemembersDoesNotLeakIntoOtherCalls() {
        assertEquals("OK", releve.call("SELECT", "3").text());
        releve.set("k", "v");
        assertEquals("OK", releve.call("MULTI").text());
        assertEquals("v", releve.get("k"));
        try (ReleveConnection connection = releve.connect()) {
            connection.select(3);
            assertNull(connection.get("k"));
        }
    }

    @Test
    void aKilledConnectionSaysSo() {
        ReleveConnection connection = releve.connect();
        connection.ping();
        assertEquals(1, releve.request("CLIENT").add("KILL").add("ID").add(connection.id()).integer());
        assertThrows(ReleveException.class, connection::ping);
    }

    @Test
    void closingEndsThoseWhoWait() throws Exception {
        CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> {
            try {
                return "" + releve.blpop(0, "queue");
            } catch (ReleveException e) {
                return e.getMessage();
            }
        });
        awaitBlocked();
        releve.close();
        assertEquals("The connection is closed", heard.get(5, TimeUnit.SECONDS));
        assertThrows(ReleveException.class, () -> releve.get("k"));
    }

    @Test
    void shutdownEndsTheInstance() throws Exception {
        try {
            releve.call("SHUTDOWN", "NOSAVE");
        } catch (ReleveException e) {
            // as in Redis there is no answer, only an end, which may come before the call is over
        }
        for (int i = 0; i < 500; i++) {
            try {
                releve.ping();
            } catch (ReleveException e) {
                return;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("still there");
    }

    @Test
    void twoInstancesKeepTheirDataApartAndFsyncAlwaysSurvivesAReopening() throws Exception {
        Path other = directory.resolve("other");
        try (Releve second = Releve.builder().directory(other).appendOnly("always").keyspace("heap").open()) {
            second.set("k", "second");
            second.rpush("l", "a", "b");
            assertNull(releve.get("k"));
        }
        try (Releve second = Releve.builder().directory(other).appendOnly("always").keyspace("heap").open()) {
            assertEquals("second", second.get("k"));
            assertEquals(List.of("a", "b"), second.lrange("l", 0, -1));
        }
    }

    @Test
    void closeLeavesNoThreadNoMappingAndNoFile() throws Exception {
        Path data = directory.resolve("mapped");
        for (int i = 0; i < 20; i++) {
            try (Releve mapped = Releve.builder().directory(data).name("tidy").keyspace("chronicle").appendOnly("everysec")
                    .open(); Subscription ears = mapped.subscribe((p, c, m) -> { }, "c")) {
                assertEquals(i, mapped.incr("n") - 1);
                mapped.hset("h" + i, "f", "v".repeat(5000));
            }
        }
        for (int i = 0; i < 300 && !leftovers(data).isEmpty(); i++) {
            Thread.sleep(10);
        }
        assertEquals("", leftovers(data));
    }

    private static String leftovers(Path data) throws Exception {
        StringBuilder found = new StringBuilder();
        Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(n -> n.startsWith("releve-tidy-"))
                .forEach(n -> found.append(n).append('\n'));
        if (Files.exists(Path.of("/proc/self/maps"))) {
            Files.readAllLines(Path.of("/proc/self/maps")).stream().filter(line -> line.contains(data.toString()))
                    .forEach(line -> found.append(line).append('\n'));
            try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
                for (Path descriptor : descriptors.toList()) {
                    String target = Files.isSymbolicLink(descriptor) ? Files.readSymbolicLink(descriptor).toString() : "";
                    if (target.startsWith(data.toString())) {
                        found.append(target).append('\n');
                    }
                }
            }
        }
        return found.toString();
    }
}
