package io.releve.commands.sets;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The same random requests to these commands and to a real server. */
class SetRandomRequestsTest extends SetComparison {
    @Test
    void randomRequests() {
        Random random = new Random(37);
        for (int i = 0; i < 25_000; i++) {
            String key = key(random);
            switch (random.nextInt(16)) {
                case 0, 1, 2 -> comparison.run(several(random, "sadd", key));
                case 3, 4 -> comparison.run(several(random, "srem", key));
                case 5 -> comparison.run("scard", key);
                case 6 -> comparison.run("sismember", key, member(random));
                case 7 -> comparison.run(several(random, "smismember", key));
                case 8 -> comparison.run("smove", key, key(random), member(random));
                case 9 -> members(random.nextInt(20) == 0 ? "spop" : "srandmember", key, "100");
                case 10, 11 -> members(OPERATIONS[random.nextInt(3)], key, key(random), key(random));
                case 12 -> comparison.run(OPERATIONS[random.nextInt(3)] + "store", key, key(random), key(random));
                case 13 -> comparison.run("sintercard", "2", key, key(random), "limit", "" + random.nextInt(4));
                default -> members("smembers", key);
            }
        }
    }

    private static String[] several(Random random, String command, String key) {
        List<String> words = new ArrayList<>(List.of(command, key));
        for (int i = random.nextInt(4); i >= 0; i--) {
            words.add(member(random));
        }
        return words.toArray(String[]::new);
    }

    private static String key(Random random) {
        return "k" + random.nextInt(5);
    }

    private static String member(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> "";
            case 1 -> "m" + random.nextInt(10);
            case 2 -> "\0\r\n\u00ff";
            default -> Integer.toString(random.nextInt(12) - 3);
        };
    }
}
