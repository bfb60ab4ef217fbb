package io.releve.commands.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.command.Command;
import io.releve.commands.strings.StringCommands;
import io.releve.contracts.Comparison;
import io.releve.contracts.Oracle;
import io.releve.contracts.RawReply;
import io.releve.contracts.SpecComparison;
import io.releve.engine.core.OpenEngine;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same requests to these commands and to a real server. */
class KeyRepliesTest {
    private Oracle oracle;
    private TestEngine engine;
    private Comparison comparison;

    @BeforeEach
    void start() throws IOException {
        oracle = Oracle.start();
        engine = new TestEngine(OpenEngine.systemClock(), new KeyCommands(), new StringCommands());
        comparison = new Comparison(engine.client, oracle);
    }

    @AfterEach
    void stop() throws IOException {
        if (engine != null) {
            engine.close();
            oracle.close();
        }
    }

    private void select(int database) {
        oracle.run("select", Integer.toString(database));
        engine.client.session().database(database);
    }

    @Test
    void factsAreThoseOfTheServer() {
        SpecComparison facts = new SpecComparison(oracle);
        for (Command command : new KeyCommands().commands()) {
            // WAITAOF came with 7.2, and WAIT was marked as blocking then.
            if (!command.spec().name().startsWith("WAIT")) {
                facts.compare(command);
            }
        }
    }

    @Test
    void keys() {
        comparison.script("""
                mset a 1 b 2 c 3 hello 4 hallo 5 hxllo 6 heello 7 "" 8
                exists a
                exists a a b none
                exists
                type a
                type none
                touch a b none a
                keys *
                keys h?llo
                keys h*llo
                keys h[ae]llo
                keys h[^e]llo
                keys h[a-b]llo
                keys h\\allo
                keys "*["
                keys ""
                keys
                dbsize
                dbsize x
                del a none b
                del
                unlink c none
                dbsize
                rename none none
                rename none a
                rename hello hello
                rename hello hallo
                mget hello hallo
                renamenx hallo hallo
                renamenx hallo hxllo
                renamenx hallo new
                renamenx none new
                get new
                rename a
                copy new new2
                copy new new2
                copy new new2 replace
                copy new new2 REPLACE replace
                copy new new2 db
                copy new new2 db 99
                copy new new2 db -1
                copy new new2 db abc
                copy new new2 db 99999999999
                copy new new2 foo
                copy new new
                copy new new replace
                copy new new db 0
                copy new new db 1
                copy new new db 1
                copy new new db 1 replace
                copy none new replace
                copy none none db 1
                get new2
                move new 0
                move new 16
                move new -1
                move new abc
                move new 99999999999
                move none 0
                move none 1
                move none 99
                move new 1
                move new2 1
                move new2 1
                swapdb a 1
                swapdb 0 b
                swapdb 99 b
                swapdb 0 99
                swapdb -1 0
                swapdb 99999999999 0
                swapdb 0 1
                keys *
                swapdb 1 0
                swapdb 1 1
                keys *
                flushdb foo
                flushdb async foo
                flushdb
                dbsize
                randomkey
                set only 1
                randomkey
                flushall async sync
                flushall foo
                flushall SYNC
                dbsize
                flushdb ASYNC
                """);
        select(1);
        comparison.run("dbsize");
    }

    @Test
    void expiry() {
        comparison.script("""
                set a 1
                ttl a
                pttl a
                ttl none
                pttl none
                expiretime none
                pexpiretime a
                expire a 100
                ttl a
                pttl a
                expiretime a
                pexpiretime a
                persist a
                persist a
                persist none
                expire a 1 foo
                expire a 1 nx xx
                expire a 1 nx gt
                expire a 1 gt lt
                expire a 1 xx gt lt nx
                expire none foo
                expire none 9223372036854775807
                expire a 9223372036854775807
                expire a -9223372036854775808
                expire a 9223372036854775
                pexpire a 9223372036854775807
                expireat a 9223372036854775807
                expireat a 9223372036854775
                ttl a
                expiretime a
                pexpireat a 9223372036854775807
                pttl a
                pexpiretime a
                expire none 1 foo
                expire a abc foo
                expire a abc
                expire a
                persist a
                expire a 10 gt
                expire a 10 xx
                expire a 10 xx gt
                expire a 10 lt
                expire a 10 nx
                expire a 5 xx lt
                expire a 20 gt gt
                expire a 20 lt
                ttl a
                pexpire a -9223372036854775808
                exists a
                set a 1
                expire a 0
                exists a
                set a 1
                expireat a 1 nx
                exists a
                set a 1 ex 100
                pexpireat a -5 gt
                exists a
                pexpireat a -5 lt
                exists a
                set a 1 ex 100
                rename a b
                ttl b
                copy b c
                ttl c
                set c 2 keepttl
                ttl c
                incr c
                append c 1
                setrange c 1 1
                incrbyfloat c 1
                ttl c
                getset c 1
                ttl c
                getex c ex 50
                ttl c
                getex c persist
                ttl c
                set c 1 exat 99999999999
                expiretime c
                """);
    }

    @Test
    void inspection() {
        comparison.script("""
                object
                object foo
                object foo a
                object encoding
                object encoding none
                object encoding a b
                object freq none
                object idletime none
                object refcount none
                object help
                object help foo
                OBJECT HELP
                set s foo
                object refcount s
                object encoding s
                object freq s
                object idletime s
                set s 9999
                object refcount s
                object encoding s
                set s 10000
                object refcount s
                set s "12345678901234567890123456789012345678901234"
                object encoding s
                set s "123456789012345678901234567890123456789012345"
                object encoding s
                set s 1
                append s 1
                object encoding s
                incr s
                object encoding s
                setrange s 0 9
                object encoding s
                incrbyfloat s 0.5
                object encoding s
                getset s 12
                object encoding s
                copy s t
                object encoding t
                rename t u
                object encoding u
                """);
    }

    @Test
    void errorsOfScan() {
        comparison.script("""
                scan abc
                scan 0 count 0
                scan 0 count -5
                scan 0 count abc
                scan 0 match
                scan 0 foo bar
                scan 0 type foo
                scan 0 foo
                scan
                scan 18446744073709551616
                scan " 0"
                scan 0x
                scan +
                scan -
                scan +-1
                scan -1
                scan 18446744073709551615
                scan ""
                scan +0
                set a 1
                scan 0
                scan 0 MATCH a*
                scan 0 MATCH b*
                scan 0 match * type string count 1000
                scan 0 type STRING
                scan 0 type list
                scan 0 count 1 count 100
                """);
    }

    @Test
    void scanShowsEveryLivingKeyThatMatches() {
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < 3000; i++) {
            engine.client.run("set", "key:" + i, "v");
            if (i % 3 == 0) {
                engine.client.run("set", "gone:" + i, "v", "pxat", "1");
            }
            if (("" + i).endsWith("7")) {
                expected.add("key:" + i);
            }
        }
        Set<String> seen = new HashSet<>();
        String cursor = "0";
        do {
            List<?> reply = (List<?>) RawReply.parse(engine.client.run("scan", cursor, "match", "*7", "count", "50"));
            cursor = (String) reply.get(0);
            for (Object key : (List<?>) reply.get(1)) {
                seen.add((String) key);
            }
        } while (!cursor.equals("0"));
        assertEquals(expected, seen);
        for (int i = 0; i < 200; i++) {
            String key = (String) RawReply.parse(engine.client.run("randomkey"));
            assertTrue(key.startsWith("key:"), key);
        }
    }

    @Test
    void randomKeyOfExpiredKeysIsNull() {
        for (int i = 0; i < 50; i++) {
            engine.client.run("set", "gone:" + i, "v", "pxat", "1");
        }
        assertNull(RawReply.parse(engine.client.run("randomkey")));
        assertEquals(0L, RawReply.parse(engine.client.run("dbsize")));
    }

    @Test
    void randomRequests() {
        Random random = new Random(17);
        String[] times = {"100", "5", "0", "-1", "100000", "99999999999", "9999999999999", "abc",
            "9223372036854775807"};
        String[] conditions = {"nx", "xx", "gt", "lt", "foo"};
        String[] reading = {"ttl", "pttl", "expiretime", "pexpiretime", "type", "get", "exists", "touch", "persist",
            "del", "unlink", "incr", "getdel", "strlen"};
        for (int i = 0; i < 25_000; i++) {
            String key = "k" + random.nextInt(6);
            String other = "k" + random.nextInt(6);
            switch (random.nextInt(14)) {
                case 0 -> comparison.run("set", key, "" + random.nextInt(20_000));
                case 1 -> comparison.run("set", key, "v" + i, "ex", "" + (10 + random.nextInt(1000)));
                case 2 -> {
                    String name = new String[] {"expire", "pexpire", "expireat", "pexpireat"}[random.nextInt(4)];
                    String time = times[random.nextInt(times.length)];
                    // Five milliseconds would pass between the two servers.
                    if (name.equals("pexpire") && (time.equals("5") || time.equals("100"))) {
                        time = "60000";
                    }
                    if (random.nextBoolean()) {
                        comparison.run(name, key, time);
                    } else {
                        // Comparing with a time that both servers computed themselves would depend on the clock.
                        String condition = conditions[random.nextInt(conditions.length)];
                        boolean orders = condition.equals("gt") || condition.equals("lt");
                        comparison.run(name, key, orders ? "99999999999999" : time, condition);
                    }
                }
                case 3 -> comparison.run("rename", key, other);
                case 4 -> comparison.run("renamenx", key, other);
                case 5 -> comparison.run("copy", key, other, random.nextBoolean() ? "replace" : "foo");
                case 6 -> comparison.run("copy", key, other, "db", "" + random.nextInt(3));
                case 7 -> comparison.run("move", key, "" + random.nextInt(3));
                case 8 -> comparison.run("keys", random.nextBoolean() ? "*" : "k[1-3]");
                case 9 -> comparison.run("object", "encoding", key);
                case 10 -> comparison.run("dbsize");
                case 11 -> {
                    switch (random.nextInt(60)) {
                        case 0 -> comparison.run("flushdb");
                        case 1 -> comparison.run("flushall");
                        case 2 -> comparison.run("swapdb", "" + random.nextInt(3), "" + random.nextInt(3));
                        case 3, 4, 5, 6 -> select(random.nextInt(3));
                        default -> comparison.run("exists", key, other);
                    }
                }
                default -> comparison.run(reading[random.nextInt(reading.length)], key);
            }
        }
    }
}
