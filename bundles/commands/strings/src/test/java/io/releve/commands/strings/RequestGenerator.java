package io.releve.commands.strings;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random requests to the string commands, many of them wrong. */
final class RequestGenerator {
    private static final String[] NUMBERS = {"0", "1", "-1", "2", "10", "-5", "100", "9223372036854775807",
        "-9223372036854775808", "9223372036854775806", "4611686018427387904", "abc", "", "1.5", "99999999999999999999"};
    private static final String[] TIMES = {"100", "1000", "99999999999", "0", "-1", "abc", "9223372036854775807",
        "5000000"};
    private static final String[] OPTIONS = {"nx", "xx", "get", "keepttl", "ex", "px", "exat", "pxat", "persist"};

    private final Random random;

    RequestGenerator(long seed) {
        random = new Random(seed);
    }

    String[] next() {
        String key = key();
        return switch (random.nextInt(22)) {
            case 0 -> words("set", key, value());
            case 1 -> options("set", key, value());
            case 2 -> words("get", key);
            case 3 -> words("incr", key);
            case 4 -> words("decr", key);
            case 5 -> words("incrby", key, pick(NUMBERS));
            case 6 -> words("decrby", key, pick(NUMBERS));
            case 7 -> words("append", key, value());
            case 8 -> words("strlen", key);
            case 9 -> words("getrange", key, pick(NUMBERS), pick(NUMBERS));
            case 10 -> words("setrange", key, Integer.toString(random.nextInt(60) - 2), value());
            case 11 -> words("getset", key, value());
            case 12 -> words("getdel", key);
            case 13 -> options("getex", key);
            case 14 -> words("mget", key, key(), key());
            case 15 -> words("mset", key, value(), key(), value());
            case 16 -> words("msetnx", key, value(), key(), value());
            case 17 -> words("setnx", key, value());
            case 18 -> words(random.nextBoolean() ? "setex" : "psetex", key, pick(TIMES), value());
            case 19 -> words("incrbyfloat", key, pick(NUMBERS));
            case 20 -> words("lcs", key, key(), random.nextBoolean() ? "len" : "idx");
            default -> words("substr", key, pick(NUMBERS), Integer.toString(random.nextInt(40) - 20));
        };
    }

    private String[] options(String... request) {
        List<String> words = new ArrayList<>(List.of(request));
        for (int i = random.nextInt(4); i > 0; i--) {
            String option = pick(OPTIONS);
            words.add(option);
            if (option.length() >= 2 && option.contains("x") && !option.equals("nx") && !option.equals("xx")
                    && random.nextInt(20) > 0) {
                words.add(pick(TIMES));
            }
        }
        return words.toArray(String[]::new);
    }

    private String key() {
        return "k" + random.nextInt(6);
    }

    private String value() {
        switch (random.nextInt(5)) {
            case 0:
                return pick(NUMBERS);
            case 1:
                return "";
            case 2:
                return "x".repeat(random.nextInt(100));
            default:
                StringBuilder text = new StringBuilder();
                for (int i = random.nextInt(60); i > 0; i--) {
                    text.append((char) random.nextInt(256));
                }
                return text.toString();
        }
    }

    private String pick(String[] from) {
        return from[random.nextInt(from.length)];
    }

    private static String[] words(String... words) {
        return words;
    }
}
