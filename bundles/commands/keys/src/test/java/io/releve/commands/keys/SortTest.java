package io.releve.commands.keys;

import io.releve.commands.hashes.HashCommands;
import io.releve.commands.lists.ListCommands;
import io.releve.commands.sets.SetCommands;
import io.releve.commands.strings.StringCommands;
import io.releve.contracts.Comparison;
import io.releve.contracts.Oracle;
import io.releve.engine.core.OpenEngine;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SORT and SORT_RO beside a real server. */
class SortTest {
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

    /** Gives our server a sorted set; the commands for it are elsewhere. */
    private void sortedSet(String... words) {
        oracle.run(words);
        engine.client.run("restore", words[1], "0", (String) oracle.ask("dump", words[1]), "replace");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void optionsAndErrors(int version) {
        oracle.run("hello", Integer.toString(version));
        engine.client.session().protocol(version);
        sortedSet("zadd", "z", "3", "a", "1", "10", "2", "c", "1", "9", "-5", "7");
        comparison.script("""
                rpush l 3 10 2 -1 3.5 1e1 0x10 inf -inf
                sort l
                sort l desc
                sort l asc
                sort l desc asc
                sort l alpha
                sort l ALPHA DESC
                sort l limit 0 3
                sort l limit 2 100
                sort l limit -5 3
                sort l limit 3 -1
                sort l limit 100 3
                sort l limit 0 0
                sort l limit 9223372036854775807 9223372036854775807
                sort l limit -9223372036854775808 -9223372036854775808
                sort l limit 1 2 limit 0 4
                sort l limit a 1
                sort l limit 1 b
                sort l limit 1
                sort l by
                sort l get
                sort l store
                sort l foo
                sort
                sort none
                sort none foo
                sort none by nosort get # desc alpha limit 0 5
                sort none store dest
                set s x
                sort s
                sort s store l
                sort_ro s
                sort_ro l
                sort_ro l store d
                sort_ro l desc limit 0 2
                hset h a 1
                sort h
                sort h by nosort
                mset w_3 c w_10 b w_2 a w_-1 "" o_3 1 o_2 2 o_10 0.5
                hset h_3 f 30 g x
                hset h_10 f 10
                rpush m 3 10 2 -1
                sort m by w_* alpha
                sort m by w_* alpha desc
                sort m by o_*
                sort m by o_* desc
                sort m by h_*->f
                sort m by h_*->f desc get # get h_*->f get h_*->g get w_* get none get w_*->f
                sort m by h_*->
                sort m by h_*-> get h_*->
                sort m by w_*
                sort m by nosort
                sort m by nosort desc
                sort m by nosort get # limit 1 2
                sort m by "" get #
                sort m by # desc
                sort m by *
                sort m get *
                sort m get w_*x*
                sort m get #x
                sort m by x->f
                sort m by *->f
                sort m get "h_*->f->g"
                sort m get "h_*-f"
                sort m get "h_*-->f"
                sort m store d
                lrange d 0 -1
                type d
                sort m by o_* get # get w_* get none store d
                lrange d 0 -1
                sort m limit 9 9 store d
                exists d
                sort m store m
                lrange m 0 -1
                set e 1 ex 100
                sort m store e
                ttl e
                lrange e 0 -1
                sadd st 5 3 9 1
                sort st
                sort st desc limit 1 2
                sort st by nosort
                sort st by nosort store d
                lrange d 0 -1
                sort st by nosort desc store d
                lrange d 0 -1
                sadd sw pear apple fig
                sort sw
                sort sw alpha
                sort sw by nosort store d
                lrange d 0 -1
                sort z alpha
                sort z by nosort
                sort z by nosort desc
                sort z by nosort limit 1 2
                sort z by nosort desc limit 1 2
                sort z by nosort limit 4 10
                sort z by nosort limit 9 10
                sort z by nosort desc store d
                lrange d 0 -1
                sort z
                rpush e1 ""
                sort e1
                rpush e1 1
                sort e1
                rpush e2 " 1" 0
                sort e2
                rpush e3 "1 " 0
                sort e3
                rpush e4 nan
                sort e4
                rpush e7 0e-999 -0 0
                sort e7
                rpush e8 "1\\0x" 0
                sort e8
                rpush e9 " "
                sort e9
                rpush e10 0x 1
                sort e10
                rpush e11 infinity -INF +1 .5 5. 1e5
                sort e11
                rpush e12 2 2.0 2e0 02 b
                sort e12
                sort e12 alpha
                lset e12 4 20
                sort e12
                sort e12 desc
                rpush e14 12345678901234567890 12345678901234567891 -9223372036854775808
                sort e14
                rpush e15 1e400 x
                sort e15 by nosort
                rpush e5 1e999
                sort e5
                rpush e6 1e-999
                sort e6
                rpush e13 1e-310
                sort e13
                """);
        // The real server takes everything for out of range now, until it forgets that something was.
    }

    @Test
    void randomRequests() {
        Random random = new Random(43);
        for (int round = 0; round < 40; round++) {
            comparison.run("flushall");
            List<String> elements = new ArrayList<>();
            for (int i = random.nextInt(60); i >= 0; i--) {
                String element = random.nextBoolean() ? Integer.toString(random.nextInt(200) - 100)
                        : Double.toString(random.nextGaussian());
                elements.add(element);
                comparison.run("set", "w_" + element, random.nextInt(1000) + "." + i);
                if (random.nextBoolean()) {
                    comparison.run("hset", "h_" + element, "f", Integer.toString(random.nextInt(50)), "g", "x" + i);
                }
            }
            fill("rpush", "l", elements);
            fill("sadd", "s", elements);
            List<String> zadd = new ArrayList<>(List.of("zadd", "z"));
            for (String element : elements) {
                zadd.add(Integer.toString(random.nextInt(20)));
                zadd.add(element);
            }
            sortedSet(zadd.toArray(String[]::new));
            for (int i = 0; i < 60; i++) {
                comparison.run(request(random));
                comparison.run("lrange", "d", "0", "-1");
            }
        }
    }

    private void fill(String command, String key, List<String> elements) {
        List<String> words = new ArrayList<>(List.of(command, key));
        words.addAll(elements);
        comparison.run(words.toArray(String[]::new));
    }

    private static String[] request(Random random) {
        String key = List.of("l", "s", "z", "none").get(random.nextInt(8) % 4);
        List<String> words = new ArrayList<>(List.of("sort", key));
        switch (random.nextInt(5)) {
            case 0 -> words.addAll(List.of("by", "w_*"));
            case 1 -> words.addAll(List.of("by", "h_*->f"));
            case 2 -> {
                // The order of a set is its own.
                if (!key.equals("s")) {
                    words.addAll(List.of("by", "nosort"));
                }
            }
            default -> {
            }
        }
        if (random.nextBoolean()) {
            words.add(random.nextBoolean() ? "desc" : "asc");
        }
        // Ties of texts have no order.
        if (random.nextInt(3) == 0 && !words.contains("h_*->f")) {
            words.add("alpha");
        }
        if (random.nextInt(3) == 0) {
            words.addAll(List.of("limit", Integer.toString(random.nextInt(40) - 2),
                    Integer.toString(random.nextInt(40) - 2)));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            words.addAll(List.of("get", List.of("#", "w_*", "h_*->f", "h_*->g", "none").get(random.nextInt(5))));
        }
        if (random.nextInt(4) == 0) {
            words.addAll(List.of("store", "d"));
        }
        return words.toArray(String[]::new);
    }
}
