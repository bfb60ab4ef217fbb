package io.releve.commands.hashes;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same requests to these commands and to a real server. */
class HashRepliesTest {
    private Oracle oracle;
    private TestEngine engine;
    private Comparison comparison;

    @BeforeEach
    void start() throws IOException {
        oracle = Oracle.start();
        engine = new TestEngine(OpenEngine.systemClock(), new HashCommands(), new StringCommands());
        comparison = new Comparison(engine.client, oracle);
    }

    @AfterEach
    void stop() throws IOException {
        if (engine != null) {
            engine.close();
            oracle.close();
        }
    }

    private void protocol(int version) {
        oracle.run("hello", Integer.toString(version));
        engine.client.session().protocol(version);
    }

    private List<?> list(String... words) {
        return (List<?>) RawReply.parse(engine.client.run(words));
    }

    @Test
    void factsAreThoseOfTheServer() {
        SpecComparison facts = new SpecComparison(oracle);
        for (Command command : new HashCommands().commands()) {
            facts.compare(command);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void everyCommand(int version) {
        protocol(version);
        comparison.script("""
                hset h a 1 b 2
                hset h a 1
                hset h a 2 c 3 c 4
                hset h a
                hset h a 1 b
                hset h
                hset none a 1 b
                hmset h a 2 c 3
                hmset h d "" "" e
                hmset h a 1 b
                hmset none a 1 b
                hsetnx h a 1
                hsetnx h f "\\0\\n\\xff"
                hsetnx h g
                hget h a
                hget h none
                hget none a
                hget h
                hget h "" x
                hmget h a none c a "" d
                hmget none a b
                hmget h
                hgetall h
                hkeys h
                hvals h
                hgetall none
                hkeys none
                hvals none
                hgetall
                hlen h
                hlen none
                hexists h a
                hexists h zz
                hexists none a
                hstrlen h a
                hstrlen h f
                hstrlen h zz
                hstrlen none zz
                hdel h a zz a
                hdel h zz
                hdel none zz
                hdel h
                hgetall h
                hdel h b c d "" f
                hlen h
                hincrby n a 5
                hincrby n a -7
                hincrby n a 0
                hincrby n a abc
                hincrby n a 1.5
                hincrby n a ""
                hincrby none a abc
                hset n max 9223372036854775807 min -9223372036854775808 s abc sp " 1" em "" z 01
                hincrby n max 1
                hincrby n max 0
                hincrby n min -1
                hincrby n min 9223372036854775807
                hincrby n s 1
                hincrby n sp 1
                hincrby n em 1
                hincrby n z 1
                hincrby n new -9223372036854775808
                hincrby n a
                hincrbyfloat n a 1.5
                hincrbyfloat n a -1.5
                hincrbyfloat n f 3.0e3
                hincrbyfloat n f 0.1
                hincrbyfloat n f abc
                hincrbyfloat n f ""
                hincrbyfloat n f " 1"
                hincrbyfloat n f inf
                hincrbyfloat n f -inf
                hincrbyfloat n f nan
                hincrbyfloat n f 1e5000
                hincrbyfloat n f 0x1p3
                hincrbyfloat n s 1
                hincrbyfloat n sp 1
                hincrbyfloat n em 1
                hset n inf inf
                hincrbyfloat n inf 1
                hincrbyfloat other big 1e300
                hincrbyfloat other big 1e17
                hincrbyfloat n small 1e-17
                hincrbyfloat n small 1e-18
                hincrbyfloat n a
                hincrby n f 1
                hgetall n
                """);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void choosingAndScanning(int version) {
        protocol(version);
        comparison.script("""
                hrandfield none
                hrandfield none 1
                hrandfield none 1 withvalues
                hrandfield none -1 withvalues
                hrandfield none abc
                hrandfield none 1 foo
                hrandfield none 1 withvalues foo
                hrandfield none foo withvalues
                hrandfield none -9223372036854775808
                hrandfield none 9223372036854775807 withvalues
                hrandfield none -4611686018427387904 withvalues
                hrandfield none 4611686018427387903 withvalues
                hset h a 1
                hrandfield h
                hrandfield h 1
                hrandfield h -3
                hrandfield h 0
                hrandfield h -3 withvalues
                hrandfield h 0 withvalues
                hrandfield h 1 WithValues
                hset h b 2 c 3
                hrandfield h 3
                hrandfield h 3 withvalues
                hrandfield h 9223372036854775807
                hrandfield h 4611686018427387903 withvalues
                hrandfield h 9223372036854775807 withvalues
                hrandfield h -4611686018427387905 withvalues
                hrandfield h -9223372036854775808
                hrandfield
                hscan h 0
                hscan h 0 match b
                hscan h 0 match b match c
                hscan h 0 count 1
                hscan h 0 count 100 match *
                hscan h 0 match z*
                hscan h 17
                hscan h abc
                hscan h -1
                hscan h 18446744073709551616
                hscan none abc
                hscan none 0
                hscan none 0 foo
                hscan h 0 foo
                hscan h 0 foo bar
                hscan h 0 count
                hscan h 0 count 0
                hscan h 0 count abc
                hscan h 0 type hash
                hscan h 0 novalues
                hscan h
                """);
    }

    @Test
    void chosenFieldsAreThereAndDifferent() {
        for (int size : new int[] {5, 700}) {
            Set<String> fields = new HashSet<>();
            for (int i = 0; i < size; i++) {
                engine.client.run("hset", "h" + size, "f" + i, "v" + i);
                fields.add("f" + i);
            }
            for (int count : new int[] {1, 2, size / 10, size / 4, size / 2, size - 1}) {
                List<?> chosen = list("hrandfield", "h" + size, "" + count);
                assertEquals(count, chosen.size());
                assertEquals(count, new HashSet<>(chosen).size(), () -> chosen + " of " + size);
                assertTrue(fields.containsAll(chosen));
                List<?> pairs = list("hrandfield", "h" + size, "" + count, "withvalues");
                assertEquals(2 * count, pairs.size());
                for (int i = 0; i < pairs.size(); i += 2) {
                    assertEquals(pairs.get(i).toString().replace('f', 'v'), pairs.get(i + 1));
                }
            }
            assertEquals(2 * size, list("hrandfield", "h" + size, "-" + 2 * size).size());
        }
    }

    @Test
    void everyFieldIsScanned() {
        Set<String> fields = new HashSet<>();
        for (int i = 0; i < 3000; i++) {
            engine.client.run("hset", "h", "f" + i, "v" + i);
            if (i % 10 == 7) {
                fields.add("f" + i);
            }
        }
        Set<String> seen = new HashSet<>();
        String cursor = "0";
        do {
            List<?> reply = list("hscan", "h", cursor, "match", "*7", "count", "50");
            cursor = (String) reply.get(0);
            List<?> pairs = (List<?>) reply.get(1);
            for (int i = 0; i < pairs.size(); i += 2) {
                seen.add((String) pairs.get(i));
                assertEquals(pairs.get(i).toString().replace('f', 'v'), pairs.get(i + 1));
            }
        } while (!cursor.equals("0"));
        assertEquals(fields, seen);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void wrongTypes(int version) {
        protocol(version);
        comparison.script("""
                set s x
                hset s a 1
                hset s a
                hmset s a 1
                hsetnx s a 1
                hget s a
                hmget s a
                hgetall s
                hkeys s
                hvals s
                hlen s
                hexists s a
                hstrlen s a
                hdel s a
                hincrby s a 1
                hincrby s a abc
                hincrbyfloat s a 1
                hincrbyfloat s a abc
                hrandfield s
                hrandfield s 1
                hrandfield s abc
                hrandfield s 1 foo
                hscan s 0
                hscan s abc
                hscan s 0 foo
                hset h a 1
                get h
                incr h
                """);
    }

    @Test
    void randomRequests() {
        Random random = new Random(29);
        String[] numbers = {"0", "1", "-1", "10", "-5", "9223372036854775807", "-9223372036854775808", "abc", "", "1.5",
            "4611686018427387904"};
        for (int i = 0; i < 25_000; i++) {
            String key = "k" + random.nextInt(4);
            switch (random.nextInt(18)) {
                case 0, 1 -> comparison.run(several(random, "hset", key, true));
                case 2 -> comparison.run(several(random, "hmset", key, true));
                case 3 -> comparison.run("hsetnx", key, field(random), value(random));
                case 4 -> comparison.run("hget", key, field(random));
                case 5 -> comparison.run(several(random, "hmget", key, false));
                case 6, 7 -> comparison.run(several(random, "hdel", key, false));
                case 8 -> comparison.run("hgetall", key);
                case 9 -> comparison.run(random.nextBoolean() ? "hkeys" : "hvals", key);
                case 10 -> comparison.run("hlen", key);
                case 11 -> comparison.run(random.nextBoolean() ? "hexists" : "hstrlen", key, field(random));
                case 12, 13 -> comparison.run("hincrby", key, field(random), pick(random, numbers));
                case 14 -> comparison.run("hincrbyfloat", key, field(random), pick(random, numbers));
                case 15 -> comparison.run("hscan", key, "0", "match", "*" + random.nextInt(3));
                case 16 -> comparison.run("hrandfield", key, "100", "withvalues");
                default -> {
                    if (random.nextInt(20) == 0) {
                        comparison.run("hdel", key, "f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "");
                    }
                }
            }
        }
    }

    private static String[] several(Random random, String command, String key, boolean pairs) {
        List<String> words = new ArrayList<>(List.of(command, key));
        for (int i = random.nextInt(4); i >= 0; i--) {
            words.add(field(random));
            if (pairs && random.nextInt(50) > 0) {
                words.add(value(random));
            }
        }
        return words.toArray(String[]::new);
    }

    private static String field(Random random) {
        int number = random.nextInt(9);
        return number == 8 ? "" : "f" + number;
    }

    /** Not longer than what a real server keeps in the order in which it came. */
    private static String value(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> "";
            case 1 -> "x".repeat(random.nextInt(65));
            case 2 -> "\0\r\n\u00ff";
            default -> Integer.toString(random.nextInt(100_000) - 50_000);
        };
    }

    private static String pick(Random random, String[] from) {
        return from[random.nextInt(from.length)];
    }
}
