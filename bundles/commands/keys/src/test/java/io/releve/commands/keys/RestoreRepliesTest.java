package io.releve.commands.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.commands.hashes.HashCommands;
import io.releve.commands.lists.ListCommands;
import io.releve.commands.sets.SetCommands;
import io.releve.commands.strings.StringCommands;
import io.releve.contracts.Comparison;
import io.releve.contracts.LocalClient;
import io.releve.contracts.Oracle;
import io.releve.engine.core.OpenEngine;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * RESTORE, WAIT and MIGRATE without a target, and all commands on keys with values of every type, beside a real server.
 */
class RestoreRepliesTest {
    private Oracle oracle;
    private TestEngine engine;
    private Comparison comparison;

    @BeforeEach
    void start() throws IOException {
        oracle = Oracle.start();
        engine = new TestEngine(OpenEngine.systemClock(), new KeyCommands(), new StringCommands(), new ListCommands(),
                new HashCommands(), new SetCommands());
        comparison = new Comparison(engine.client, oracle);
    }

    @AfterEach
    void stop() throws IOException {
        if (engine != null) {
            engine.close();
            oracle.close();
        }
    }

    @Test
    void options() {
        String payload = OldPayloads.seal("\0\4text", 10);
        String[][] requests = {
            {"0"}, {"0"}, {"0", "replace"}, {"0", "REPLACE", "replace"}, {"0", "foo"}, {"x"}, {"x", "replace"},
            {"-1", "replace"}, {"-1"}, {"100000", "replace"}, {"1", "absttl", "replace"}, {"1", "absttl"},
            {"99999999999999", "absttl"}, {"9223372036854775807", "replace"}, {"0", "replace", "idletime", "100"},
            {"9223372036854775807", "replace", "absttl"},
            {"0", "replace", "idletime"}, {"0", "replace", "idletime", "-1"}, {"0", "replace", "idletime", "x"},
            {"0", "replace", "freq", "5"}, {"0", "replace", "freq", "256"}, {"0", "replace", "freq", "-1"},
            {"0", "replace", "freq", "x"}, {"0", "replace", "freq", "5", "idletime", "5"},
            {"0", "replace", "idletime", "5", "freq", "5"}, {"0", "replace", "idletime", "5", "idletime", "7"},
            {"0", "replace", "idletime", "99999999"}, {"0", "freq", "256"}, {"0", "replace", "absttl"},
        };
        for (String command : List.of("restore", "restore-asking")) {
            for (String[] options : requests) {
                String[] words = new String[options.length + 3];
                words[0] = command;
                words[1] = "k";
                words[2] = options[0];
                words[3] = payload;
                System.arraycopy(options, 1, words, 4, options.length - 1);
                comparison.run(words);
                comparison.run("get", "k");
                comparison.run("pttl", "k");
            }
        }
        comparison.run("restore", "k", "0", payload, "replace", "idletime", "1000");
        comparison.run("object", "idletime", "k");
    }

    @Test
    void payloads() {
        String good = OldPayloads.seal("\0\4text", 10);
        comparison.run("restore", "k", "0", "");
        comparison.run("restore", "k", "0", "x");
        comparison.run("restore", "k", "0", good.substring(1));
        comparison.run("restore", "k", "0", good.substring(0, good.length() - 1) + "x");
        comparison.run("restore", "k", "0", good + "x");
        comparison.run("restore", "k", "0", OldPayloads.seal("", 10));
        comparison.run("restore", "k", "0", OldPayloads.seal("\0\4text", 13));
        comparison.run("restore", "k", "0", OldPayloads.seal("\0\4text", 0x010a));
        comparison.run("restore", "k", "0", OldPayloads.seal("\0\4text", 0));
        comparison.run("restore", "k", "0", OldPayloads.seal("\0\4tex", 10));
        comparison.run("restore", "k", "0", OldPayloads.seal("\0", 10), "replace");
        comparison.run("restore", "k", "0", OldPayloads.seal("\1\0", 10), "replace");
        comparison.run("restore", "k", "0", OldPayloads.seal("\2\0", 10), "replace");
        comparison.run("restore", "k", "0", OldPayloads.seal("\4\0", 10), "replace");
        comparison.run("restore", "k", "0", OldPayloads.seal("\5\0", 10), "replace");
        comparison.run("restore", "k", "0", OldPayloads.seal("\2\2\1a\1a", 10), "replace");
        comparison.run("restore", "k", "0", OldPayloads.seal("\1\u0080\u00ff\u00ff\u00ff\u00ff\1a", 10), "replace");
        comparison.run("restore", "k", "0", OldPayloads.seal("\0\u0081\0\0\0\u00ff\u00ff\u00ff\u00ff\u00ff", 10));
        comparison.run("restore", "k", "0", OldPayloads.seal("\6\1a", 10), "replace");
        comparison.run("restore", "k", "0", OldPayloads.seal("\u00f5\1a", 10), "replace");
        comparison.run("restore", "k", "0", OldPayloads.seal("\3\1\1a\u00fd", 10), "replace");
        // The real server looks for such things only if sanitize-dump-payload says so.
        assertEquals("-ERR Bad data format\r\n",
                engine.client.run("restore", "q", "0", OldPayloads.seal("\4\2\1a\1b\1a\1c", 10)));
        comparison.script("""
                get k
                restore k 0
                restore k
                """);
    }

    @Test
    void withoutReplicas() throws InterruptedException {
        comparison.script("""
                wait 0 0
                wait 0 x
                wait x 0
                wait 1 -1
                wait 1 x
                wait -1 0
                wait 1
                wait 9223372036854775808 1
                """);
        assertEquals("", engine.client.run("wait", "1", "20"));
        assertEquals(":0\r\n", late(engine.client));
        // documentation of 7.2
        assertEquals("*2\r\n:0\r\n:0\r\n", engine.client.run("waitaof", "0", "0", "0"));
        assertEquals("", engine.client.run("waitaof", "0", "1", "20"));
        assertEquals("*2\r\n:0\r\n:0\r\n", late(engine.client));
        assertEquals("-ERR WAITAOF cannot be used when numlocal is set but appendonly is disabled.\r\n",
                engine.client.run("waitaof", "1", "0", "0"));
        assertEquals("-ERR value is out of range, value must between 0 and 1\r\n",
                engine.client.run("waitaof", "2", "0", "0"));
        assertEquals("-ERR value is out of range, must be positive\r\n", engine.client.run("waitaof", "0", "-1", "0"));
        assertEquals("-ERR timeout is negative\r\n", engine.client.run("waitaof", "0", "0", "-1"));
    }

    private static String late(LocalClient client) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (client.suspended() && System.nanoTime() < deadline) {
            Thread.sleep(2);
        }
        return client.received();
    }

    @Test
    void migrationsThatDoNotBegin() throws InterruptedException {
        comparison.script("""
                set a 1
                migrate 127.0.0.1 1 none 0 100
                migrate 127.0.0.1 1 a x 100
                migrate 127.0.0.1 1 a 0 x
                migrate 127.0.0.1 1 a x x
                migrate 127.0.0.1 1 a 0 100 keys a
                migrate 127.0.0.1 1 a x 100 keys a
                migrate 127.0.0.1 1 "" 0 100 keys
                migrate 127.0.0.1 1 "" 0 100 foo
                migrate 127.0.0.1 1 "" 0 100 keys none none2
                migrate 127.0.0.1 1 "" 0 100 copy replace keys none none2
                migrate 127.0.0.1 1 none 0 100 auth
                migrate 127.0.0.1 1 none 0 100 auth x
                migrate 127.0.0.1 1 none 0 100 auth2 x
                migrate 127.0.0.1 1 none 0 100 auth2 x y
                migrate 127.0.0.1 1 "" 0 100
                migrate 127.0.0.1 1 a 0
                migrate 127.0.0.1 x none 0 100
                """);
        assertEquals("", engine.client.run("migrate", "127.0.0.1", "1", "a", "0", "100"));
        assertEquals(oracle.run("migrate", "127.0.0.1", "1", "a", "0", "100"), late(engine.client));
        assertEquals("", engine.client.run("migrate", "127.0.0.1", "x", "a", "0", "100"));
        assertEquals("-IOERR error or timeout writing to target instance\r\n", late(engine.client));
        assertEquals("$1\r\n1\r\n", engine.client.run("get", "a"));
        assertEquals(List.of("set a 1"), engine.effects());
    }

    /** Gives both servers the same value, whatever commands there are. */
    private void restore(String key, String... words) {
        oracle.run(words);
        String payload = (String) oracle.ask("dump", key);
        assertEquals("+OK\r\n", engine.client.run("restore", key, "0", payload));
    }

    @Test
    void commandsOnKeysWithEveryType() {
        restore("l", "rpush", "l", "a", "b");
        restore("h", "hset", "h", "a", "b");
        restore("s", "sadd", "s", "a", "b");
        restore("z", "zadd", "z", "1", "b");
        restore("x", "xadd", "x", "1-1", "a", "b");
        for (String key : List.of("l", "h", "s", "z", "x")) {
            comparison.script("""
                    type K
                    touch K
                    object refcount K
                    object idletime K
                    object freq K
                    copy K K2
                    copy K K2
                    copy K K2 replace
                    copy K K db 1
                    type K2
                    expire K2 100
                    ttl K2
                    rename K2 K3
                    ttl K3
                    persist K3
                    renamenx K3 K
                    move K3 1
                    move K3 1
                    move K 1
                    scan 0 type list
                    exists K K2 K3
                    copy K gone
                    expire gone -1
                    exists gone
                    copy K over
                    rename K over
                    rename over K
                    del K2
                    set K2 1
                    copy K K2 replace
                    type K2
                    getdel K2
                    set K2 1
                    type K2
                    unlink K2
                    """.replace("K", key));
        }
        for (String type : List.of("list", "hash", "set", "zset", "stream", "string")) {
            comparison.run("scan", "0", "type", type);
        }
        comparison.run("dbsize");
        // What was copied is the same value.
        for (String key : List.of("l", "h", "s", "z", "x")) {
            assertEquals(":1\r\n", engine.client.run("copy", key, "copy", "replace"));
            assertEquals(engine.client.run("dump", key), engine.client.run("dump", "copy"));
            assertTrue(engine.client.run("dump", "copy").length() > 20);
        }
    }
}
