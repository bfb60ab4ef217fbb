package io.releve.perf.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Memory of collections, the time of what must touch every element, and how long growth and removals keep others waiting,
 * of Relève and of a real redis-server on this machine.
 */
public final class LargeCollections {
    private static final int HASHES = 1_000_000;
    private static final int MEMBERS = 5_000_000;
    private static final int LARGE = Workload.LARGE;
    private static final long SETTLE_MS = 5_000;
    private static final int REPETITIONS = 3;

    /** Requests that touch every element of a collection of a million. */
    private static final List<List<String>> WHOLE = List.of(List.of("HGETALL", "hash"), List.of("SMEMBERS", "set"),
            List.of("SUNIONSTORE", "union", "set"), List.of("SORT", "numbers", "LIMIT", "0", "10"), List.of("DUMP", "zset"),
            List.of("DUMP", "list"));
    /** Requests that remove collections of a million. */
    private static final List<List<String>> REMOVALS = List.of(List.of("DEL", "hash"), List.of("DEL", "zset"),
            List.of("UNLINK", "list"), List.of("SET", "set", "x"), List.of("PEXPIRE", "numbers", "1"), List.of("FLUSHALL"));

    private final Options options;
    private final Map<String, Map<Product, Double>> figures = new LinkedHashMap<>();

    private LargeCollections(Options options) {
        this.options = options;
    }

    /** Fills a server, given the number of elements. */
    @FunctionalInterface
    private interface Filling {
        void fill(CollectionLoader loader) throws IOException;
    }

    /** See {@code perf/run collections --help}. */
    public static void main(String[] arguments) throws IOException {
        new LargeCollections(Options.ofCommandLine(arguments)).run();
    }

    private void run() throws IOException {
        options.prime();
        int scale = options.quick() ? 10 : 1;
        for (Product product : Product.values()) {
            memory(product, "hash of 5 small fields, bytes each", HASHES / scale, l -> l.smallHashes(HASHES / scale));
            memory(product, "hash of 5 million, bytes a field", MEMBERS / scale, l -> l.hash("hash", MEMBERS / scale));
            memory(product, "sorted set of 5 million, bytes a member", MEMBERS / scale,
                    l -> l.sortedSet("zset", MEMBERS / scale));
            times(product, LARGE / scale);
            growth(product, LARGE / scale);
        }
        StringBuilder text = new StringBuilder("## Large collections\n\nMemory is what the process grew by (Pss). Times of")
                .append(" requests that touch a million elements are the best of ").append(REPETITIONS)
                .append("; a removal's figure is the longest time another client waited for PING around it, the best of ")
                .append(REPETITIONS).append("; that of new elements the longest wait while a collection grew by single")
                .append(" insertions from nothing to a million, likewise. It includes what the system's scheduler adds, with")
                .append(" three busy processes on this machine.\n\n| | Relève | Redis | Relève / Redis |\n|---|---|---|---|\n");
        figures.forEach((name, values) -> text.append(String.format(Locale.ROOT, "| %s | %.1f | %.1f | %.2f |%n", name,
                values.get(Product.RELEVE), values.get(Product.REDIS),
                values.get(Product.RELEVE) / values.get(Product.REDIS))));
        text.append("\nTo repeat: `perf/run collections --write`.\n");
        System.out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        System.out.flush();
        if (options.output() != null) {
            new Document(options.output()).replace("large", text.toString());
        }
    }

    private void note(String name, Product product, double value) {
        figures.computeIfAbsent(name, any -> new EnumMap<>(Product.class)).merge(product, value, Math::min);
    }

    private void memory(Product product, String name, int count, Filling filling) throws IOException {
        System.err.println("collections: " + name + ", " + product.title());
        try (Server server = options.server(product)) {
            server.start();
            settle();
            Resident before = server.figures().resident(server.data());
            try (Client client = server.connect()) {
                filling.fill(new CollectionLoader(client));
            }
            settle();
            note("memory: " + name, product,
                    (double) server.figures().resident(server.data()).minus(before).total() / count);
        }
    }

    private void times(Product product, int size) throws IOException {
        System.err.println("collections: times, " + product.title());
        try (Server server = options.server(product)) {
            server.start();
            for (int i = 0; i < REPETITIONS; i++) {
                load(server, size);
                try (Client client = server.connect()) {
                    for (List<String> request : WHOLE) {
                        long begin = System.nanoTime();
                        client.send(request);
                        client.skip();
                        note("time: " + String.join(" ", request) + ", ms", product, (System.nanoTime() - begin) / 1e6);
                    }
                }
                for (List<String> request : REMOVALS) {
                    note("longest wait: " + String.join(" ", request) + ", ms", product, longestWait(server, request));
                }
            }
        }
    }

    private void growth(Product product, int size) throws IOException {
        System.err.println("collections: growth, " + product.title());
        try (Server server = options.server(product)) {
            server.start();
            for (int i = 0; i < REPETITIONS; i++) {
                GrowthWaits.measure(server, size, (name, value) -> note(name, product, value));
            }
        }
    }

    private static void load(Server server, int size) throws IOException {
        try (Client client = server.connect()) {
            CollectionLoader loader = new CollectionLoader(client);
            client.call("FLUSHALL");
            loader.hash("hash", size);
            loader.set("set", size);
            loader.sortedSet("zset", size);
            loader.list("list", size);
            loader.numbers("numbers", size);
        }
    }

    /** Milliseconds that a client had to wait for PING while another one's request ran. */
    private static double longestWait(Server server, List<String> request) throws IOException {
        try (Client busy = server.connect(); Client other = server.connect()) {
            List<Double> waits = new ArrayList<>();
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
            busy.send(request);
            while (System.nanoTime() < end) {
                long begin = System.nanoTime();
                other.call("PING");
                waits.add((System.nanoTime() - begin) / 1e6);
            }
            busy.skip();
            return waits.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        }
    }

    private static void settle() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(SETTLE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
