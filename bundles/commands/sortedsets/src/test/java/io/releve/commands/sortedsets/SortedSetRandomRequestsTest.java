package io.releve.commands.sortedsets;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same random requests to these commands and to a real server. */
class SortedSetRandomRequestsTest extends SortedSetComparison {
    private static final String[] INDEXES = {"0", "1", "-1", "2", "-2", "3", "-3", "10", "-10", "9223372036854775807",
        "abc"};
    private static final String[] BOUNDS = {"0", "1", "(1", "(2", "2.5", "-inf", "+inf", "(3", "5", "-1", "abc"};
    private static final String[] LEX = {"-", "+", "[b", "(b", "[d", "(d", "[", "[m5", "(m9", "x"};

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void randomRequests(int version) {
        protocol(version);
        Random random = new Random(40 + version);
        for (int i = 0; i < 15_000; i++) {
            String key = key(random);
            switch (random.nextInt(26)) {
                case 0, 1, 2, 3 -> comparison.run(adding(random, key));
                case 4 -> comparison.run("zincrby", key, score(random), member(random));
                case 5 -> comparison.run("zrem", key, member(random), member(random));
                case 6 -> comparison.run("zscore", key, member(random));
                case 7 -> comparison.run(pick(random, "zrank", "zrevrank"), key, member(random));
                case 8 -> comparison.run("zrange", key, pick(random, INDEXES), pick(random, INDEXES), "withscores");
                case 9 -> comparison.run("zrevrange", key, pick(random, INDEXES), pick(random, INDEXES));
                case 10 -> comparison.run(pick(random, "zrangebyscore", "zrevrangebyscore"), key, pick(random, BOUNDS),
                        pick(random, BOUNDS), "withscores", "limit", pick(random, INDEXES), pick(random, INDEXES));
                case 11 -> comparison.run("zcount", key, pick(random, BOUNDS), pick(random, BOUNDS));
                case 12 -> comparison.run("zrangestore", key(random), key, pick(random, INDEXES),
                        pick(random, INDEXES));
                case 13 -> comparison.run("zrangestore", key(random), key, pick(random, BOUNDS), pick(random, BOUNDS),
                        "byscore", "limit", "1", "5");
                case 14 -> comparison.run(pick(random, "zpopmin", "zpopmax"), key);
                case 15 -> comparison.run(pick(random, "zpopmin", "zpopmax"), key, pick(random, INDEXES));
                case 16 -> comparison.run("zmpop", "2", key, key(random), pick(random, "min", "max"), "count",
                        pick(random, INDEXES));
                case 17 -> comparison.run(pick(random, "zremrangebyrank", "zremrangebyscore"), key,
                        pick(random, INDEXES), pick(random, INDEXES));
                case 18 -> comparison.run(pick(random, "zunion", "zinter"), "3", key, key(random), key(random),
                        "weights", score(random), "1", "2", "aggregate", pick(random, "sum", "min", "max"),
                        "withscores");
                case 19 -> comparison.run(pick(random, "zunionstore", "zinterstore"), key(random), "2", key,
                        key(random), "aggregate", pick(random, "sum", "min", "max"));
                case 20 -> comparison.run("zdiff", "3", key, key(random), key(random), "withscores");
                case 21 -> comparison.run("zintercard", "2", key, key(random), "limit", pick(random, INDEXES));
                case 22 -> lex(random);
                case 23 -> comparison.run("sadd", "set", member(random));
                default -> comparison.run("zrange", key, "0", "-1", "withscores");
            }
        }
    }

    private void lex(Random random) {
        for (int i = 0; i < 4; i++) {
            comparison.run("zadd", "lex", "7", member(random), "7", member(random));
        }
        comparison.run(pick(random, "zrangebylex", "zrevrangebylex"), "lex", pick(random, LEX), pick(random, LEX),
                "limit", pick(random, INDEXES), pick(random, INDEXES));
        comparison.run("zlexcount", "lex", pick(random, LEX), pick(random, LEX));
        if (random.nextInt(3) == 0) {
            comparison.run("zremrangebylex", "lex", pick(random, LEX), pick(random, LEX));
        }
    }

    private static String[] adding(Random random, String key) {
        List<String> words = new ArrayList<>(List.of("zadd", key));
        if (random.nextInt(3) == 0) {
            words.add(pick(random, "nx", "xx", "gt", "lt", "ch", "incr"));
        }
        for (int i = random.nextInt(6) * random.nextInt(3); i >= 0; i--) {
            words.add(score(random));
            words.add(member(random));
        }
        return words.toArray(String[]::new);
    }

    private static String key(Random random) {
        return random.nextInt(20) == 0 ? "set" : "k" + random.nextInt(4);
    }

    private static String score(Random random) {
        return random.nextInt(10) == 0 ? pick(random, "inf", "-inf", "1e10", "-1e5", "abc", "0")
                : String.valueOf(random.nextInt(20) / 4.0 - 1);
    }

    private static String member(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> "";
            case 1 -> "x".repeat(random.nextInt(100));
            case 2 -> "\0\r\n\u00ff" + random.nextInt(3);
            case 3 -> Integer.toString(random.nextInt(200) - 50);
            case 4 -> Character.toString('a' + random.nextInt(5));
            default -> "m" + random.nextInt(150);
        };
    }
}
