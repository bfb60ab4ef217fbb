package io.releve.commands.sortedsets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.commands.connection.ConnectionCommands;
import io.releve.commands.strings.StringCommands;
import io.releve.contracts.Comparison;
import io.releve.contracts.LocalClient;
import io.releve.engine.core.OpenEngine;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that wait for sorted sets. */
class SortedSetBlockingTest {
    private TestEngine engine;
    private LocalClient first;
    private LocalClient second;

    @BeforeEach
    void start() throws IOException {
        engine = new TestEngine(OpenEngine.systemClock(), new SortedSetCommands(), new StringCommands(),
                new ConnectionCommands());
        first = new LocalClient(engine.dispatcher);
        second = new LocalClient(engine.dispatcher);
    }

    @AfterEach
    void stop() throws IOException {
        first.close();
        second.close();
        engine.close();
    }

    private String run(String line) {
        return engine.client.run(Comparison.words(line));
    }

    private static void waits(LocalClient client, String line) {
        assertEquals("", client.run(Comparison.words(line)), line);
    }

    @Test
    void theOneThatCameFirstIsServedFirst() {
        waits(first, "bzpopmin q r 0");
        waits(second, "bzpopmax r q 0");
        assertEquals(":1\r\n", run("zadd q 1.5 a"));
        assertEquals("*3\r\n$1\r\nq\r\n$1\r\na\r\n$3\r\n1.5\r\n", first.received());
        assertEquals("", second.received());
        assertEquals(":3\r\n", run("zadd q 1 x 2 y 3 z"));
        assertEquals("*3\r\n$1\r\nq\r\n$1\r\nz\r\n$1\r\n3\r\n", second.received());
        assertEquals(List.of("zadd q 1.5 a", "ZPOPMIN q", "zadd q 1 x 2 y 3 z", "ZPOPMAX q"), engine.effects());
        assertEquals("*2\r\n$1\r\nx\r\n$1\r\ny\r\n", run("zrange q 0 -1"));
    }

    @Test
    void severalMembersAtOnce() {
        waits(first, "bzmpop 0 2 q r max count 2");
        run("zadd r 1 a 2 b 3 c");
        assertEquals("*2\r\n$1\r\nr\r\n*2\r\n*2\r\n$1\r\nc\r\n$1\r\n3\r\n*2\r\n$1\r\nb\r\n$1\r\n2\r\n",
                first.received());
        assertEquals(List.of("zadd r 1 a 2 b 3 c", "ZPOPMAX r 2"), engine.effects());
    }

    /** Everything that makes a sorted set wakes those who wait for one. */
    @Test
    void storedResultsWake() {
        run("zadd s 1 a 2 b");
        run("geoadd g 15 37 p");
        for (String line : List.of("zunionstore q 1 s", "zrangestore q s 0 -1", "zincrby q 1 a",
                "geosearchstore q g fromlonlat 15 37 byradius 9 km", "geoadd q 15 37 p")) {
            waits(first, "bzmpop 0 1 q min count 9");
            run(line);
            assertTrue(first.received().startsWith("*2\r\n$1\r\nq\r\n"), line);
        }
    }

    @Test
    void whatIsGoneAgainServesNobody() {
        waits(first, "bzpopmin q 0");
        for (String line : List.of("multi", "zadd q 1 a", "zpopmin q", "exec")) {
            run(line);
        }
        run("set q x");
        assertEquals("", first.received());
        for (String line : List.of("multi", "getdel q", "zadd q 2 b", "exec")) {
            run(line);
        }
        assertEquals("*3\r\n$1\r\nq\r\n$1\r\nb\r\n$1\r\n2\r\n", first.received());
    }

    @Test
    void aTransactionDoesNotWait() {
        for (String line : List.of("multi", "bzpopmin q 0", "bzmpop 0 1 q min")) {
            run(line);
        }
        assertEquals("*2\r\n*-1\r\n*-1\r\n", run("exec"));
    }

    @Test
    void timeGoesBy() throws InterruptedException {
        waits(first, "bzpopmin q 0.02");
        waits(second, "bzmpop 0.02 1 q max");
        assertEquals("*-1\r\n", late(first));
        assertEquals("*-1\r\n", late(second));
        assertEquals(":1\r\n", run("zadd q 1 a"));
        assertEquals(List.of("zadd q 1 a"), engine.effects());
    }

    private static String late(LocalClient client) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        String reply = client.received();
        while (reply.isEmpty()) {
            assertTrue(System.nanoTime() < deadline, "no reply");
            Thread.sleep(2);
            reply = client.received();
        }
        return reply;
    }
}
