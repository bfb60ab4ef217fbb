package io.releve.commands.lists;

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

/** Clients that wait for lists: who is served with what, and what is written to the log. */
class BlockingTest {
    private TestEngine engine;
    private LocalClient first;
    private LocalClient second;

    @BeforeEach
    void start() throws IOException {
        engine = new TestEngine(OpenEngine.systemClock(), new ListCommands(), new StringCommands(),
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
        waits(first, "blpop q r 0");
        waits(second, "brpop r q 0");
        assertEquals(":1\r\n", run("rpush q a"));
        assertEquals("*2\r\n$1\r\nq\r\n$1\r\na\r\n", first.received());
        assertEquals("", second.received());
        assertEquals(":3\r\n", run("rpush q x y z"));
        assertEquals("*2\r\n$1\r\nq\r\n$1\r\nz\r\n", second.received());
        assertEquals(List.of("rpush q a", "LPOP q", "rpush q x y z", "RPOP q"), engine.effects());
        assertEquals("*2\r\n$1\r\nx\r\n$1\r\ny\r\n", run("lrange q 0 -1"));
    }

    @Test
    void movesFeedOneAnother() {
        waits(first, "blmove q r left right 0");
        waits(second, "brpoplpush r s 0");
        assertEquals(":2\r\n", run("rpush q a b"));
        assertEquals("$1\r\na\r\n", first.received());
        assertEquals("$1\r\na\r\n", second.received());
        assertEquals("*1\r\n$1\r\na\r\n", run("lrange s 0 -1"));
        assertEquals(List.of("rpush q a b", "LMOVE q r left right", "RPOPLPUSH r s"), engine.effects());
    }

    @Test
    void severalElementsAtOnce() {
        waits(first, "blmpop 0 2 q r right count 2");
        assertEquals(":3\r\n", run("rpush r a b c"));
        assertEquals("*2\r\n$1\r\nr\r\n*2\r\n$1\r\nc\r\n$1\r\nb\r\n", first.received());
        assertEquals(List.of("rpush r a b c", "RPOP r 2"), engine.effects());
    }

    @Test
    void aListMayBecomeItself() {
        waits(first, "blmove q q left right 0");
        run("rpush q a b");
        assertEquals("$1\r\na\r\n", first.received());
        assertEquals("*2\r\n$1\r\nb\r\n$1\r\na\r\n", run("lrange q 0 -1"));
    }

    /** Which key is served first: redis.io, BLPOP. */
    @Test
    void ofSeveralKeysTheOneFilledFirstComesFirst() {
        waits(first, "blpop q r 0");
        waits(second, "blmpop 0 3 q r s left count 2");
        for (String line : List.of("multi", "rpush s 5", "rpush r 1 2", "rpush q 3 4", "exec")) {
            run(line);
        }
        assertEquals("*2\r\n$1\r\ns\r\n*1\r\n$1\r\n5\r\n", second.received());
        assertEquals("*2\r\n$1\r\nr\r\n$1\r\n1\r\n", first.received());
    }

    @Test
    void whatIsGoneAgainServesNobody() {
        waits(first, "blpop q 0");
        for (String line : List.of("multi", "rpush q 1", "lpop q", "exec")) {
            run(line);
        }
        run("set q x");
        assertEquals("", first.received());
        for (String line : List.of("multi", "getdel q", "rpush q 2", "exec")) {
            run(line);
        }
        assertEquals("*2\r\n$1\r\nq\r\n$1\r\n2\r\n", first.received());
    }

    @Test
    void aWrongDestinationIsAnErrorOnceThereIsAnElement() {
        run("set d x");
        waits(first, "blmove q d left right 0");
        run("rpush q a");
        assertTrue(first.received().startsWith("-WRONGTYPE"));
        assertEquals(":1\r\n", run("llen q"));
    }

    @Test
    void timeGoesBy() throws InterruptedException {
        waits(first, "blpop q 0.02");
        waits(second, "blmove q r left left 0.02");
        assertEquals("*-1\r\n", late(first));
        assertEquals("*-1\r\n", late(second));
        assertEquals(":1\r\n", run("rpush q a"));
        assertEquals(List.of("rpush q a"), engine.effects());
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
