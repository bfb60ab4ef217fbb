package io.releve.perf.compare;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What {@link OpenLoop} sends: one of several requests in turn by chance, each with a number in it.
 *
 * @param requests as the protocol wants them
 * @param numbers how many different numbers there are
 */
record Traffic(List<Numbered> requests, int numbers) {
    private static final int DIGITS = 12;
    private static final long SEED = 42;

    /**
     * A request.
     *
     * @param bytes the request; changed by {@link #number}
     * @param at where the digits of the number are
     */
    record Numbered(byte[] bytes, int at) {

        static Numbered of(String before, String prefix, String... after) {
            String key = prefix + "0".repeat(DIGITS);
            List<String> words = new java.util.ArrayList<>(List.of(before.split(" ")));
            words.add(key);
            words.addAll(List.of(after));
            byte[] bytes = Client.encode(words);
            return new Numbered(bytes, new String(bytes, StandardCharsets.US_ASCII).indexOf(key) + prefix.length());
        }

        /** The request with this number in it, good until the next call. */
        byte[] number(int number) {
            for (int i = DIGITS - 1, rest = number; i >= 0; i--, rest /= 10) {
                bytes[at + i] = (byte) ('0' + rest % 10);
            }
            return bytes;
        }
    }

    /** Half GET, half SET of the keys that {@link OpenLoop#load} has made. */
    static Traffic mixed() {
        String value = text(OpenLoop.VALUE);
        return new Traffic(List.of(Numbered.of("GET", "user:"), Numbered.of("SET", "user:", value)), OpenLoop.KEYS);
    }

    /** SET of keys that are there. */
    static Traffic sets(String prefix, int keys, int value) {
        return new Traffic(List.of(Numbered.of("SET", prefix, text(value))), keys);
    }

    /** HSET of fields that are there, of one hash, as {@link CollectionLoader} has made it. */
    static Traffic fields(String key, int fields) {
        return new Traffic(List.of(Numbered.of("HSET " + key, "element:", "another")), fields);
    }

    private static String text(int length) {
        SplittableRandom random = new SplittableRandom(SEED);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    int longest() {
        return requests.stream().mapToInt(request -> request.bytes().length).max().orElseThrow();
    }
}
