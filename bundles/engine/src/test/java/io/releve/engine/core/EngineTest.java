package io.releve.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSet;
import io.releve.command.CommandSpec;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.contracts.FixedSettings;
import io.releve.contracts.LocalClient;
import io.releve.engine.Clock;
import io.releve.engine.Lane;
import io.releve.format.resp.ReplyBuffer;
import io.releve.keyspace.Database;
import io.releve.keyspace.KeyspaceSettings;
import io.releve.keyspace.Value;
import io.releve.keyspace.heap.HeapKeyspaceProvider;
import io.releve.log.ChangeLog;
import io.releve.log.Entry;
import io.releve.log.Subscriber;
import io.releve.log.ring.OrderedLogProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine by itself, with commands of the test's own and a clock it drives. */
class EngineTest {
    private long now = 1_000_000_000_000L;
    private final FixedSettings settings = new FixedSettings(new EngineDirectives());
    private final ChangeLog log = new OrderedLogProvider().open();
    private final CommandSet commands = new TestCommands();
    private OpenEngine engine;
    private LocalClient client;

    /** A subscriber of which only counts that it is there. */
    private static class Listening implements Subscriber {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public void entry(Entry entry) {
            // nothing is done with it
        }

        @Override
        public void flush(long position) {
            // likewise
        }
    }

    private static final class TestCommands implements CommandSet {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public List<Command> commands() {
            return List.of(
                    Command.of(CommandSpec.command("PUT", -3).flags(CommandFlag.WRITE, CommandFlag.DENYOOM)
                            .keys(KeySpec.at(1, KeySpec.Flag.OW)).build(), call -> {
                                Arguments request = call.arguments();
                                long expireAt = request.size() > 3 ? call.now() + request.integer(3) : Value.NEVER;
                                call.database().putString(request.get(1), request.get(2), expireAt,
                                        call.engine().accessClock());
                                call.changed(request.get(1), KeyEvent.STRING, "put");
                                if (request.size() > 3) {
                                    call.effect("PUTAT", request.get(1), request.get(2), expireAt);
                                }
                                call.reply().ok();
                            }),
                    Command.of(CommandSpec.command("FETCH", 2).flags(CommandFlag.READONLY).build(), call -> {
                        Value value = call.read(call.arguments().get(1));
                        if (value == null) {
                            call.reply().nil();
                        } else {
                            call.reply().bulk(call.readString(call.arguments().get(1)));
                        }
                    }),
                    Command.of(CommandSpec.command("TELL", 2).flags(CommandFlag.PUBSUB, CommandFlag.MAY_REPLICATE).build(),
                            call -> call.reply().integer(0)),
                    Command.of(CommandSpec.command("USE", 2).build(), call -> {
                        call.session().database((int) call.arguments().integer(1));
                        call.reply().ok();
                    }),
                    Command.of(CommandSpec.command("REFUSE", 1).build(), call -> {
                        call.effect("NEVER");
                        call.reply().array(3);
                        throw new CommandException("ERR refused");
                    }),
                    Command.of(CommandSpec.command("BREAK", 1).build(), call -> {
                        call.reply().array(3);
                        throw new IllegalStateException("a bug, on purpose");
                    }),
                    Command.container(CommandSpec.command("BOX", -2).build(),
                            List.of(Command.of(CommandSpec.command("BOX|OPEN", 2).build(), call -> call.reply().ok()))));
        }
    }

    @BeforeEach
    void open() throws Exception {
        Clock clock = new Clock() {
            @Override
            public long milliseconds() {
                return now;
            }

            @Override
            public long nanoTime() {
                return System.nanoTime();
            }
        };
        engine = new OpenEngine("test", clock, settings, log,
                new HeapKeyspaceProvider().open(new KeyspaceSettings(Path.of("."), 16, 0, false)), () -> null);
        engine.add(commands, false);
        client = new LocalClient(engine.dispatcher());
    }

    @AfterEach
    void close() throws Exception {
        engine.close();
    }

    private Database database(int index) {
        return engine.engine().database(index);
    }

    @Test
    void findsCommandsInAnyCase() {
        assertEquals("+OK\r\n", client.run("put", "a", "1"));
        assertEquals("$1\r\n1\r\n", client.run("FeTcH", "a"));
        assertEquals("+OK\r\n", client.run("box", "open"));
    }

    @Test
    void refusesInRedisWords() {
        assertEquals("-ERR unknown command 'nosuch', with args beginning with: 'a' 'b' \r\n", client.run("nosuch", "a", "b"));
        assertEquals("-ERR wrong number of arguments for 'fetch' command\r\n", client.run("FETCH"));
        assertEquals("-ERR wrong number of arguments for 'box' command\r\n", client.run("box"));
        assertEquals("-ERR wrong number of arguments for 'box|open' command\r\n", client.run("box", "open", "x"));
        assertEquals("-ERR unknown subcommand 'shut'. Try BOX HELP.\r\n", client.run("box", "shut"));
    }

    @Test
    @Timeout(10)
    void whoComesAfterTheStopHearsOfIt() throws Exception {
        OpenEngine other = new OpenEngine("other", OpenEngine.systemClock(), new FixedSettings(new EngineDirectives()),
                new OrderedLogProvider().open(),
                new HeapKeyspaceProvider().open(new KeyspaceSettings(Path.of("."), 16, 0, false)), () -> null);
        Lane lane = other.dispatcher().lane();
        LocalClient late = new LocalClient(other.dispatcher());
        lane.begin();
        lane.end();
        other.close();
        assertThrows(IllegalStateException.class, lane::begin);
        // a connection's end does not wait for what will not come
        other.dispatcher().disconnect(late.session());
    }

    @Test
    void anErrorReplacesAHalfAnswer() {
        assertEquals("-ERR refused\r\n", client.run("REFUSE"));
        assertEquals("-ERR internal error, see the server's log\r\n", client.run("BREAK"));
        assertEquals("$-1\r\n", client.run("FETCH", "a"));
        assertTrue(engine.engine().info(List.of("errorstats")).contains("errorstat_ERR:count=2"));
        assertTrue(engine.engine().info(List.of("commandstats")).contains("cmdstat_refuse:calls=1"));
    }

    @Test
    void expiredKeysAreGoneWhenTheirTimeComes() {
        client.run("PUT", "a", "1", "100");
        assertEquals("$1\r\n1\r\n", client.run("FETCH", "a"));
        now += 99;
        assertEquals("$1\r\n1\r\n", client.run("FETCH", "a"));
        now += 1;
        assertEquals("$-1\r\n", client.run("FETCH", "a"));
        assertEquals(0, database(0).size());
    }

    @Test
    void aClockThatJumpsBackHurtsNothing() {
        client.run("PUT", "a", "1", "100");
        now -= 3_600_000;
        assertEquals("$1\r\n1\r\n", client.run("FETCH", "a"));
        assertEquals("+OK\r\n", client.run("PUT", "b", "1", "100"));
        now += 100;
        assertEquals("$-1\r\n", client.run("FETCH", "b"));
    }

    @Test
    void dueKeysGoInSlicesWhileClientsAreServed() throws Exception {
        for (int i = 0; i < 200_000; i++) {
            client.run("PUT", "k" + i, "v", "10");
        }
        now += 10;
        engine.start();
        long longest = 0;
        for (int i = 0; i < 4000 && database(0).size() > 0; i++) {
            long begin = System.nanoTime();
            client.run("FETCH", "other");
            longest = Math.max(longest, System.nanoTime() - begin);
            Thread.sleep(1);
        }
        assertEquals(0, database(0).size());
        assertTrue(engine.engine().info(List.of("stats")).contains("expired_keys:200000"));
    }

    /** A reply that leaves later may find that the process has slept, and must wait then: it needs its position. */
    @Test
    void aReplyHasAPositionAlsoWhereNothingWaits() {
        Lane lane = engine.dispatcher().lane();
        ReplyBuffer reply = new ReplyBuffer((bytes, length) -> { });
        lane.begin();
        lane.dispatch(client.session(), Arguments.of("PUT", "a", "1"), reply);
        assertEquals(0, lane.end(), "nobody listens");
        log.subscribe(new Listening(), false);
        lane.begin();
        lane.dispatch(client.session(), Arguments.of("PUT", "a", "2"), reply);
        long position = lane.end();
        assertEquals(log.changed(), position);
        assertTrue(position > 0 && position <= engine.dispatcher().acknowledged());
        lane.begin();
        lane.dispatch(client.session(), Arguments.of("TELL", "all"), reply);
        assertEquals(0, lane.end(), "a message shows nothing: a sentinel that sends one must not wait behind it");
    }

    @Test
    void changesReachTheLogAsEffects() {
        List<String> seen = new ArrayList<>();
        log.subscribe(new Listening() {
            @Override
            public void entry(Entry entry) {
                StringBuilder text = new StringBuilder().append(entry.database()).append(':');
                for (int i = 0; i < entry.effect().size(); i++) {
                    text.append(' ').append(entry.effect().get(i));
                }
                seen.add(text.toString());
            }

            @Override
            public void flush(long position) {
                seen.add("|");
            }
        }, false);
        client.run("REFUSE");
        client.run("PUT", "a", "1");
        client.run("USE", "3");
        client.run("PUT", "b", "2", "50");
        client.run("FETCH", "b");
        now += 50;
        client.run("FETCH", "b");
        // a batch that has changed nothing hands on nothing
        assertEquals(List.of("0: PUT a 1", "|", "3: PUTAT b 2 " + now, "|", "3: DEL b", "|"), seen);
        assertEquals(("*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\n*3\r\n$3\r\nPUT\r\n$1\r\na\r\n$1\r\n1\r\n"
                + "*2\r\n$6\r\nSELECT\r\n$1\r\n3\r\n").length()
                + ("*4\r\n$5\r\nPUTAT\r\n$1\r\nb\r\n$1\r\n2\r\n$13\r\n" + now + "\r\n").length()
                + "*2\r\n$3\r\nDEL\r\n$1\r\nb\r\n".length(), log.position());
    }

    @Test
    void clientsWaitForACommandThatIsBeingExchanged() {
        settings.with("swap-grace-period", "60000");
        engine.remove(commands);
        assertEquals("", client.run("PUT", "a", "1"));
        assertTrue(client.suspended());
        assertNull(engine.engine().command("PUT"));
        engine.add(new TestCommands(), false);
        assertFalse(client.suspended());
        assertEquals("+OK\r\n", client.run("PUT", "a", "1"));
    }

    @Test
    void theyDoNotWaitForEver() {
        settings.with("swap-grace-period", "1000");
        engine.remove(commands);
        assertEquals("", client.run("PUT", "a", "1"));
        now += 1000;
        assertEquals("-ERR unknown command 'PUT', with args beginning with: 'a' '1' \r\n", client.run("PUT", "a", "1"));
    }

    @Test
    void aPauseHoldsWritesAndLetsReadsPass() {
        engine.engine().pause(now + 1000, true);
        assertEquals("$-1\r\n", client.run("FETCH", "a"));
        assertEquals("", client.run("PUT", "a", "1"));
        assertTrue(client.suspended());
        engine.engine().unpause();
        assertFalse(client.suspended());
        engine.engine().pause(now + 1000, false);
        assertEquals("", client.run("FETCH", "a"));
        engine.engine().pause(now + 10, true);
        now += 500;
        assertEquals("", client.run("FETCH", "a"));
        now += 600;
        assertEquals("+OK\r\n", client.run("PUT", "a", "1"));
    }

    @Test
    void memoryIsKeptBelowTheLimit() {
        for (String policy : List.of("allkeys-lru", "allkeys-lfu", "allkeys-random", "volatile-lru", "volatile-lfu",
                "volatile-random", "volatile-ttl")) {
            database(0).clear();
            settings.with("maxmemory-policy", policy).with("maxmemory", "200kb");
            for (int i = 0; i < 20_000; i++) {
                assertEquals("+OK\r\n", client.run("PUT", "key" + i, "value", String.valueOf(1_000_000 + i)), policy);
            }
            long used = ((RedisEngine) engine.dispatcher()).usedMemory();
            assertTrue(used < 210 << 10 && used > 100 << 10, policy + " " + used);
            assertTrue(database(0).size() > 500, policy);
        }
        settings.with("maxmemory-policy", "volatile-lru").with("maxmemory", "0");
        database(0).clear();
        client.run("PUT", "stays", "x".repeat(300_000));
        settings.with("maxmemory", "200kb");
        assertEquals("-OOM command not allowed when used memory > 'maxmemory'.\r\n", client.run("PUT", "b", "1"));
        assertEquals("$-1\r\n", client.run("FETCH", "b"));
    }

    @Test
    void whatIsUsedOftenStays() {
        settings.with("maxmemory-policy", "allkeys-lru").with("maxmemory-samples", "10")
                .with("maxmemory-eviction-tenacity", "100");
        for (int i = 0; i < 2000; i++) {
            client.run("PUT", "key" + i, "value");
        }
        now += 600_000;
        for (int i = 0; i < 2000; i += 2) {
            client.run("FETCH", "key" + i);
        }
        now += 600_000;
        settings.with("maxmemory", String.valueOf(((RedisEngine) engine.dispatcher()).usedMemory() * 3 / 4));
        client.run("PUT", "one more", "value");
        int even = 0;
        int odd = 0;
        for (int i = 0; i < 2000; i++) {
            if (database(0).find(Bytes.of("key" + i)) != null) {
                if (i % 2 == 0) {
                    even++;
                } else {
                    odd++;
                }
            }
        }
        assertTrue(even > 900 && odd < 700, even + " used, " + odd + " unused keys left");
    }

    @Test
    void soonestToExpireGoesFirst() {
        settings.with("maxmemory-policy", "volatile-ttl").with("maxmemory-eviction-tenacity", "100");
        for (int i = 0; i < 1000; i++) {
            client.run("PUT", "key" + i, "value", String.valueOf(1000 + i));
        }
        settings.with("maxmemory", String.valueOf(((RedisEngine) engine.dispatcher()).usedMemory() / 2));
        for (int i = 0; i < 50; i++) {
            client.run("PUT", "more" + i, "value", "100000");
        }
        assertNull(database(0).find(Bytes.of("key0")));
        assertTrue(database(0).find(Bytes.of("key999")) != null);
    }

    @Test
    void twoEnginesKnowNothingOfEachOther() throws Exception {
        OpenEngine second = new OpenEngine("second", OpenEngine.systemClock(), new FixedSettings(new EngineDirectives()),
                new OrderedLogProvider().open(),
                new HeapKeyspaceProvider().open(new KeyspaceSettings(Path.of("."), 16, 0, false)), () -> null);
        second.add(commands, false);
        client.run("PUT", "a", "1");
        assertEquals("$-1\r\n", new LocalClient(second.dispatcher()).run("FETCH", "a"));
        second.close();
        assertEquals("$1\r\n1\r\n", client.run("FETCH", "a"));
    }
}
