package io.releve.commands.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.releve.commands.hashes.HashCommands;
import io.releve.commands.lists.ListCommands;
import io.releve.commands.sets.SetCommands;
import io.releve.commands.strings.StringCommands;
import io.releve.contracts.Comparison;
import io.releve.contracts.Oracle;
import io.releve.contracts.RandomValues;
import io.releve.contracts.RawReply;
import io.releve.engine.core.OpenEngine;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Payloads of a real server restored by ours, and ours by the real one: values and encodings stay the same. */
class DumpRestoreTest {
    private Oracle oracle;
    private TestEngine engine;

    @BeforeEach
    void start() throws IOException {
        oracle = Oracle.start("--enable-debug-command", "yes");
        engine = new TestEngine(OpenEngine.systemClock(), new KeyCommands(), new StringCommands(), new ListCommands(),
                new HashCommands(), new SetCommands());
    }

    @AfterEach
    void stop() throws IOException {
        if (engine != null) {
            engine.close();
            oracle.close();
        }
    }

    /** A value makes the way to our server and back, and is compared with what it was. */
    private void thereAndBack(String context) {
        String payload = (String) oracle.ask("dump", "k");
        assertEquals("+OK\r\n", engine.client.run("restore", "k", "0", payload, "replace"), context);
        assertEquals(oracle.run("type", "k"), engine.client.run("type", "k"), context);
        back(context);
    }

    private void back(String context) {
        String ours = (String) RawReply.parse(engine.client.run("dump", "k"));
        oracle.run("del", "r");
        assertEquals("+OK\r\n", oracle.run("restore", "r", "0", ours), context);
        assertEquals(contents("k"), contents("r"), context);
    }

    private Object contents(String key) {
        String type = (String) oracle.ask("type", key);
        Object content = switch (type) {
            case "string" -> oracle.ask("get", key);
            case "list" -> oracle.ask("lrange", key, "0", "-1");
            case "set" -> ((List<?>) oracle.ask("smembers", key)).stream().map(String::valueOf).sorted().toList();
            case "zset" -> oracle.ask("zrange", key, "0", "-1", "withscores");
            case "hash" -> map((List<?>) oracle.ask("hgetall", key));
            default -> stream(key);
        };
        return List.of(type, content, oracle.ask("debug", "digest-value", key));
    }

    private static Map<Object, Object> map(List<?> flat) {
        Map<Object, Object> map = new TreeMap<>();
        for (int i = 0; i < flat.size(); i += 2) {
            map.put(flat.get(i), flat.get(i + 1));
        }
        return map;
    }

    /** Everything but the shape of the tree, which may differ. */
    private Object stream(String key) {
        List<?> full = (List<?>) oracle.ask("xinfo", "stream", key, "full", "count", "0");
        List<Object> kept = new ArrayList<>();
        for (int i = 0; i < full.size(); i += 2) {
            if (!((String) full.get(i)).startsWith("radix-tree")) {
                kept.add(full.get(i));
                kept.add(full.get(i + 1));
            }
        }
        kept.add(oracle.ask("xinfo", "groups", key));
        return kept;
    }

    @Test
    void valuesOfEveryKindAndSize() {
        Random random = new Random(29);
        RandomValues samples = new RandomValues(random, oracle);
        for (int i = 0; i < 1500; i++) {
            if (i % 50 == 0) {
                samples.limits();
            }
            samples.make("k");
            thereAndBack("value " + i);
        }
    }

    /** With the same limits there and here the encoding is the same as well. */
    @Test
    void encodingsAreTheSame() {
        Random random = new Random(31);
        RandomValues samples = new RandomValues(random, oracle);
        samples.defaultLimits();
        // A list of 7.2 may be a listpack, and so may a set of words.
        Map<Object, List<Object>> also = new HashMap<>(Map.of("quicklist", List.of("quicklist", "listpack"),
                "hashtable", List.of("hashtable", "listpack")));
        for (int i = 0; i < 300; i++) {
            samples.make("k");
            thereAndBack("value " + i);
            Object theirs = oracle.ask("object", "encoding", "k");
            assertEquals(theirs, oracle.ask("object", "encoding", "r"));
            Object ours = RawReply.parse(engine.client.run("object", "encoding", "k"));
            assertEquals(true, also.getOrDefault(theirs, List.of(theirs)).contains(ours),
                    () -> theirs + " became " + ours);
        }
    }

    /** What older servers wrote, and newer ones. */
    @Test
    void olderAndNewerEncodings() {
        for (Map.Entry<String, String> each : new OldPayloads().all().entrySet()) {
            String payload = each.getValue();
            assertEquals("+OK\r\n", engine.client.run("restore", "k", "0", payload, "replace"), each.getKey());
            oracle.run("del", "k");
            boolean readByOracle = oracle.run("restore", "k", "0", payload).equals("+OK\r\n");
            assertEquals(!each.getKey().startsWith("new "), readByOracle, each.getKey());
            if (readByOracle) {
                back(each.getKey());
            } else {
                String ours = (String) RawReply.parse(engine.client.run("dump", "k"));
                assertEquals("+OK\r\n", oracle.run("restore", "k", "0", ours), each.getKey());
            }
        }
    }

    /** Small values have the very bytes that the real server gives them. */
    @Test
    void smallPayloadsAreTheSameBytes() {
        new Comparison(engine.client, oracle).script("""
                set s ""
                dump s
                set s 12
                dump s
                set s -200
                dump s
                set s 2147483647
                dump s
                set s 2147483648
                dump s
                set s -9223372036854775808
                dump s
                set s "\\0\\n\\xff"
                dump s
                set s 012
                dump s
                append s 1
                dump s
                rpush l a 1 -1 300 70000 -9000000 5000000000 "" "a b"
                dump l
                hset h a 1 b 2 "" ""
                dump h
                sadd i 3 1 2 -5
                dump i
                sadd j 100000 1
                dump j
                sadd k 5000000000 1
                dump k
                dump none
                dump
                """);
    }
}
