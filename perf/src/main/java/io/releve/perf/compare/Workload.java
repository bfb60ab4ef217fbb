package io.releve.perf.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What redis-benchmark is asked to send: 50 connections, random numbers below {@link #range} where the words say
 * {@code __rand_int__}.
 *
 * @param title for people
 * @param words the request
 * @param pipeline requests in flight on a connection, {@code -P}
 * @param range of random numbers, {@code -r}
 * @param filling the request that fills what the runs empty, as often as there are requests; empty for none
 */
record Workload(String title, List<String> words, int pipeline, int range, List<String> filling) {
    /** Elements of the collections that {@link #large} reads. */
    static final int LARGE = 1_000_000;

    private static final List<Integer> PIPELINES = List.of(1, 16);
    private static final int KEYS = 100_000;
    /** So many different elements that nearly all are new. */
    private static final int MANY = 1_000_000_000;
    private static final int FILLING_PIPELINE = 50;
    private static final int ELEMENTS = 600;

    private static Workload of(String title, int pipeline, String words) {
        return new Workload(title, List.of(words.split(" ")), pipeline, KEYS, List.of());
    }

    /** Strings; SET comes before GET, so that GET finds keys. */
    static List<Workload> strings() {
        List<Workload> all = new ArrayList<>();
        for (int pipeline : PIPELINES) {
            all.add(of("PING", pipeline, "PING"));
            all.add(of("SET", pipeline, "SET key:__rand_int__ VXK"));
            all.add(of("GET", pipeline, "GET key:__rand_int__"));
            all.add(of("INCR", pipeline, "INCR counter:__rand_int__"));
            all.add(of("MSET, 10 keys", pipeline, "MSET" + " key:__rand_int__ VXK".repeat(10)));
        }
        return all;
    }

    /** What makes, changes and reads collections. */
    static List<Workload> collections() {
        List<Workload> all = new ArrayList<>();
        for (int pipeline : PIPELINES) {
            all.add(of("LPUSH", pipeline, "LPUSH mylist VXK"));
            all.add(of("RPUSH", pipeline, "RPUSH mylist VXK"));
            all.add(emptying("LPOP", pipeline, "LPOP mylist", "RPUSH mylist VXK"));
            all.add(emptying("RPOP", pipeline, "RPOP mylist", "RPUSH mylist VXK"));
            all.add(of("SADD", pipeline, "SADD myset element:__rand_int__"));
            all.add(of("HSET", pipeline, "HSET myhash element:__rand_int__ VXK"));
            all.add(emptying("SPOP", pipeline, "SPOP myset", "SADD myset element:__rand_int__"));
            all.add(of("ZADD", pipeline, "ZADD myzset __rand_int__ element:__rand_int__"));
            all.add(emptying("ZPOPMIN", pipeline, "ZPOPMIN myzset", "ZADD myzset __rand_int__ element:__rand_int__"));
            for (int count : List.of(100, 300, ELEMENTS)) {
                all.add(of("LRANGE, " + count + " elements", pipeline, "LRANGE range 0 " + (count - 1)));
            }
            all.add(of("XADD", pipeline, "XADD mystream * myfield VXK"));
        }
        return all;
    }

    private static Workload emptying(String title, int pipeline, String words, String filling) {
        return new Workload(title, List.of(words.split(" ")), pipeline, MANY, List.of(filling.split(" ")));
    }

    /** Single elements of collections of a million. */
    static List<Workload> large() {
        List<Workload> all = new ArrayList<>();
        for (int pipeline : PIPELINES) {
            all.add(large("HGET", pipeline, "HGET large:hash element:__rand_int__"));
            all.add(large("SISMEMBER", pipeline, "SISMEMBER large:set element:__rand_int__"));
            all.add(large("ZSCORE", pipeline, "ZSCORE large:zset element:__rand_int__"));
            all.add(large("ZRANK", pipeline, "ZRANK large:zset element:__rand_int__"));
            all.add(large("ZADD, another score", pipeline, "ZADD large:zset __rand_int__ element:__rand_int__"));
            all.add(large("LINDEX, in the middle", pipeline, "LINDEX large:list " + LARGE / 2));
        }
        return all;
    }

    private static Workload large(String title, int pipeline, String words) {
        return new Workload(title + ", of a million", List.of(words.split(" ")), pipeline, LARGE, List.of());
    }

    /** Puts there what {@link #large} and LRANGE read. */
    static void load(Server server) throws IOException {
        try (Client client = server.connect()) {
            for (int i = 0; i < ELEMENTS; i++) {
                client.call("RPUSH", "range", "VXK");
            }
            CollectionLoader loader = new CollectionLoader(client);
            loader.hash("large:hash", LARGE);
            loader.set("large:set", LARGE);
            loader.sortedSet("large:zset", LARGE);
            loader.list("large:list", LARGE);
        }
    }

    /** Brings what runs change into the same state before each of them. */
    void prepare(Server server, long requests) throws IOException {
        try (Client client = server.connect()) {
            for (String key : List.of("mylist", "myset", "myhash", "myzset", "mystream")) {
                client.call("DEL", key);
            }
        }
        if (!filling.isEmpty()) {
            Run.send(benchmark(filling, FILLING_PIPELINE, server.port(), requests));
        }
    }

    List<String> command(int port, long requests) {
        return benchmark(words, pipeline, port, requests);
    }

    private List<String> benchmark(List<String> request, int depth, int port, long requests) {
        List<String> command = new ArrayList<>(List.of("redis-benchmark", "-h", "127.0.0.1", "-p", Integer.toString(port),
                "-c", "50", "-r", Integer.toString(range), "-P", Integer.toString(depth), "-n", Long.toString(requests),
                "--csv"));
        command.addAll(request);
        return command;
    }
}
