package io.releve.commands.lists;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The same random requests to these commands and to a real server. */
class ListRandomRequestsTest extends ListComparison {
    @Test
    void randomRequests() {
        Random random = new Random(23);
        String[] numbers = {"0", "1", "-1", "2", "-2", "3", "-3", "10", "-10", "9223372036854775807", "abc", "", "1.5",
            "-9223372036854775807"};
        String[] sides = {"left", "right", "LEFT", "Right", "foo"};
        for (int i = 0; i < 25_000; i++) {
            String key = key(random);
            switch (random.nextInt(22)) {
                case 0, 1 -> comparison.run(several(random, "rpush", key));
                case 2, 3 -> comparison.run(several(random, "lpush", key));
                case 4 -> comparison.run(several(random, random.nextBoolean() ? "lpushx" : "rpushx", key));
                case 5 -> comparison.run(random.nextBoolean() ? "lpop" : "rpop", key);
                case 6 -> comparison.run(random.nextBoolean() ? "lpop" : "rpop", key, pick(random, numbers));
                case 7 -> comparison.run("lindex", key, pick(random, numbers));
                case 8 -> comparison.run("lset", key, pick(random, numbers), element(random));
                case 9 -> comparison.run("linsert", key, random.nextBoolean() ? "before" : "after", element(random),
                        element(random));
                case 10 -> comparison.run("lrem", key, pick(random, numbers), element(random));
                case 11 -> {
                    if (random.nextInt(3) == 0) {
                        comparison.run("ltrim", key, pick(random, numbers), pick(random, numbers));
                    }
                }
                case 12, 13 -> comparison.run("lrange", key, pick(random, numbers), pick(random, numbers));
                case 14 -> comparison.run("lmove", key, key(random), pick(random, sides), pick(random, sides));
                case 15 -> comparison.run("rpoplpush", key, key(random));
                case 16 -> comparison.run("lmpop", "2", key, key(random), pick(random, sides), "count",
                        pick(random, numbers));
                case 17 -> comparison.run("lpos", key, element(random), "rank", pick(random, numbers), "count",
                        pick(random, numbers));
                case 18 -> comparison.run("lpos", key, element(random), "maxlen", pick(random, numbers));
                case 19 -> blocking(random, key, sides);
                default -> comparison.run("lrange", key, "0", "-1");
            }
        }
    }

    /** Only requests that are served at once. */
    private void blocking(Random random, String key, String[] sides) {
        if (!oracle.ask("type", key).equals("list")) {
            return;
        }
        switch (random.nextInt(4)) {
            case 0 -> comparison.run("blpop", key(random), key, "0");
            case 1 -> comparison.run("brpop", key, key(random), "0");
            case 2 -> comparison.run("blmove", key, key(random), pick(random, sides), pick(random, sides), "0");
            default -> comparison.run("blmpop", "0", "2", key(random), key, pick(random, sides), "count",
                    Integer.toString(random.nextInt(5)));
        }
    }

    private static String[] several(Random random, String command, String key) {
        List<String> words = new ArrayList<>(List.of(command, key));
        for (int i = random.nextInt(6); i >= 0; i--) {
            words.add(element(random));
        }
        return words.toArray(String[]::new);
    }

    private static String key(Random random) {
        return "k" + random.nextInt(4);
    }

    private static String element(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> "";
            case 1 -> "x".repeat(random.nextInt(300));
            case 2 -> Integer.toString(random.nextInt(100_000) - 50_000);
            case 3 -> "\0\r\n\u00ff" + random.nextInt(3);
            default -> Character.toString('a' + random.nextInt(5));
        };
    }

    private static String pick(Random random, String[] from) {
        return from[random.nextInt(from.length)];
    }
}
