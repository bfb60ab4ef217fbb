package io.releve.perf.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/** Makes large collections, over one connection. */
final class CollectionLoader {
    /** Elements of one request. */
    private static final int BATCH = 100;
    /** Requests whose replies are outstanding. */
    private static final int AHEAD = 50;

    private final Client client;

    CollectionLoader(Client client) {
        this.client = client;
    }

    /** The name of an element, as redis-benchmark writes random numbers. */
    static String element(int i) {
        return String.format(Locale.ROOT, "element:%012d", i);
    }

    void hash(String key, int size) throws IOException {
        load("HSET", key, size, i -> List.of(element(i), "v" + i));
    }

    void set(String key, int size) throws IOException {
        load("SADD", key, size, i -> List.of(element(i)));
    }

    void sortedSet(String key, int size) throws IOException {
        load("ZADD", key, size, i -> List.of(Integer.toString(i), element(i)));
    }

    void list(String key, int size) throws IOException {
        load("RPUSH", key, size, i -> List.of(element(i)));
    }

    /** A list of numbers in no order. */
    void numbers(String key, int size) throws IOException {
        load("RPUSH", key, size, i -> List.of(Long.toString(i * 7_919L % size)));
    }

    /** Many hashes of five small fields. */
    void smallHashes(int count) throws IOException {
        int outstanding = 0;
        for (int i = 0; i < count; i++) {
            client.send(List.of("HSET", String.format(Locale.ROOT, "hash:%011d", i), "name", "user" + i, "age", "42", "city",
                    "Lyon", "visits", Integer.toString(i), "active", "yes"));
            if (++outstanding == BATCH * AHEAD) {
                outstanding = drain(outstanding);
            }
        }
        drain(outstanding);
    }

    private void load(String verb, String key, int size, IntFunction<List<String>> element) throws IOException {
        int outstanding = 0;
        for (int i = 0; i < size; i += BATCH) {
            List<String> words = new ArrayList<>(List.of(verb, key));
            for (int k = i; k < Math.min(size, i + BATCH); k++) {
                words.addAll(element.apply(k));
            }
            client.send(words);
            if (++outstanding == AHEAD) {
                outstanding = drain(outstanding);
            }
        }
        drain(outstanding);
    }

    private int drain(int outstanding) throws IOException {
        for (int i = 0; i < outstanding; i++) {
            client.read();
        }
        return 0;
    }
}
