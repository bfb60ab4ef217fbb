package io.releve.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes values of every type, encoding and size on a real server. */
public final class RandomValues {
    private static final String[] TYPES = {"string", "list", "set", "zset", "hash", "stream"};
    private static final String[][] LIMITS = {
        {"list-max-listpack-size", "-2", "-1", "-5", "1", "3", "128"},
        {"hash-max-listpack-entries", "512", "4", "0"},
        {"hash-max-listpack-value", "64", "3"},
        {"zset-max-listpack-entries", "128", "4", "0"},
        {"zset-max-listpack-value", "64", "3"},
        {"set-max-intset-entries", "512", "3"},
        {"stream-node-max-entries", "100", "3", "0"},
        {"stream-node-max-bytes", "4096", "100", "0"},
        {"rdbcompression", "yes", "no"},
    };

    private final Random random;
    private final Oracle oracle;

    public RandomValues(Random random, Oracle oracle) {
        this.random = random;
        this.oracle = oracle;
    }

    /** Chooses other limits. */
    public void limits() {
        for (String[] limit : LIMITS) {
            oracle.run("config", "set", limit[0], limit[1 + random.nextInt(limit.length - 1)]);
        }
    }

    /** The default limits. */
    public void defaultLimits() {
        for (String[] limit : LIMITS) {
            oracle.run("config", "set", limit[0], limit[1]);
        }
    }

    /** Puts a value under a key. */
    public void make(String key) {
        oracle.run("del", key);
        int size = switch (random.nextInt(4)) {
            case 0 -> 1 + random.nextInt(3);
            case 1 -> 1 + random.nextInt(20);
            case 2 -> 1 + random.nextInt(200);
            default -> 1 + random.nextInt(random.nextInt(10) == 0 ? 3000 : 600);
        };
        int taste = random.nextInt(6);
        String type = TYPES[random.nextInt(TYPES.length)];
        switch (type) {
            case "string" -> oracle.run("set", key, word(random.nextInt(6)));
            case "list" -> fill("rpush", key, size, taste, 1);
            case "set" -> fill("sadd", key, size, taste, 1);
            case "hash" -> fill("hset", key, size, taste, 2);
            case "zset" -> {
                List<String> words = new ArrayList<>(List.of("zadd", key));
                for (int i = 0; i < size; i++) {
                    words.add(score());
                    words.add(word(taste));
                }
                oracle.run(words.toArray(String[]::new));
            }
            default -> stream(key, size, taste);
        }
    }

    private void fill(String command, String key, int size, int taste, int each) {
        List<String> words = new ArrayList<>(List.of(command, key));
        for (int i = 0; i < size * each; i++) {
            words.add(word(taste));
        }
        oracle.run(words.toArray(String[]::new));
    }

    private String score() {
        return switch (random.nextInt(8)) {
            case 0 -> "inf";
            case 1 -> "-inf";
            case 2 -> "-0";
            case 3 -> Double.toString(random.nextGaussian());
            case 4 -> Double.toString(random.nextGaussian() * 1e300);
            case 5 -> "1e-320";
            default -> Integer.toString(random.nextInt(2000) - 1000);
        };
    }

    /** A word; the taste from 0 to 5 is its kind. */
    public String word(int taste) {
        return switch (taste) {
            case 0 -> Integer.toString(random.nextInt(100));
            case 1 -> Long.toString(random.nextLong() >> random.nextInt(64));
            case 2 -> "x".repeat(random.nextInt(70)) + random.nextInt(100_000);
            case 3 -> binary(random.nextInt(40));
            case 4 -> random.nextInt(30) == 0 ? "abcabcab".repeat(random.nextInt(2000)) + random.nextInt()
                    : "w" + random.nextInt(10_000);
            default -> word(random.nextInt(5));
        };
    }

    private String binary(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) random.nextInt(256));
        }
        return text.toString();
    }

    private void stream(String key, int size, int taste) {
        List<String> ids = new ArrayList<>();
        long milliseconds = 1 + random.nextInt(1000);
        long sequence = 0;
        int fields = 1 + random.nextInt(3);
        for (int i = 0; i < Math.min(size, 400); i++) {
            if (random.nextInt(3) == 0) {
                milliseconds += 1 + (random.nextLong() >>> 1 + random.nextInt(55)) % 1_000_000_000L;
                sequence = random.nextInt(3) == 0 ? random.nextInt(1000) : 0;
            } else {
                sequence += 1 + random.nextInt(3);
            }
            String id = milliseconds + "-" + sequence;
            ids.add(id);
            List<String> words = new ArrayList<>(List.of("xadd", key, id));
            int count = random.nextInt(10) == 0 ? 1 + random.nextInt(5) : fields;
            for (int f = 0; f < count; f++) {
                words.add(random.nextInt(10) == 0 ? word(taste) : "field" + f);
                words.add(word(taste));
            }
            oracle.run(words.toArray(String[]::new));
        }
        for (String id : ids) {
            if (random.nextInt(8) == 0) {
                oracle.run("xdel", key, id);
            }
        }
        if (random.nextInt(10) == 0) {
            oracle.run("xtrim", key, "maxlen", Integer.toString(random.nextInt(5)));
        }
        if (random.nextInt(10) == 0) {
            oracle.run("xsetid", key, "18446744073709551615-18446744073709551615", "entriesadded", "100000",
                    "maxdeletedid", "5-5");
        }
        for (int g = random.nextInt(4); g > 0; g--) {
            String group = "group" + g + (random.nextInt(5) == 0 ? "x".repeat(700) : "");
            oracle.run("xgroup", "create", key, group, random.nextInt(3) == 0 ? "$" : "0");
            for (int c = random.nextInt(4); c > 0; c--) {
                if (random.nextInt(4) == 0) {
                    oracle.run("xgroup", "createconsumer", key, group, word(taste));
                } else {
                    oracle.run("xreadgroup", "group", group, "c" + c, "count", Integer.toString(1 + random.nextInt(50)),
                            "streams", key, random.nextInt(5) == 0 ? "0" : ">");
                }
            }
            oracle.run("xack", key, group, ids.get(random.nextInt(ids.size())));
        }
    }
}
