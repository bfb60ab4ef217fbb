package io.releve.perf.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Memory a key, and how long stop and start take, of Relève and of a real redis-server on this machine. */
public final class MemoryAndRestart {
    private static final List<Integer> SIZES = List.of(1_000_000, 10_000_000);
    private static final List<Integer> QUICK_SIZES = List.of(200_000);
    private static final int VALUE = 64;
    private static final String PREFIX = "key:";
    private static final int EMPTY_STARTS = 5;
    /** Keeps the data over a clean stop, and never comes due. */
    private static final String SAVE = "1000000 1000000000";
    private static final long SETTLE_MS = 5_000;

    private final Options options;

    private MemoryAndRestart(Options options) {
        this.options = options;
    }

    /** See {@code perf/run memory --help}. */
    public static void main(String[] arguments) throws IOException {
        new MemoryAndRestart(Options.ofCommandLine(arguments)).run();
    }

    private void run() throws IOException {
        options.prime();
        Map<Product, Spread> starts = new EnumMap<>(Product.class);
        for (Product product : Product.values()) {
            starts.put(product, emptyStarts(product));
        }
        List<Filled> filled = new ArrayList<>();
        for (int keys : options.quick() ? QUICK_SIZES : SIZES) {
            for (Product product : Product.values()) {
                System.err.println("memory: " + keys + " keys in " + product.title());
                filled.add(fill(product, keys));
            }
        }
        String text = MemoryReport.markdown(machine(), starts, filled, VALUE);
        System.out.write(text.getBytes(StandardCharsets.UTF_8));
        System.out.flush();
        if (options.output() != null) {
            new Document(options.output()).replace("memory", text);
        }
    }

    private Spread emptyStarts(Product product) throws IOException {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < EMPTY_STARTS; i++) {
            try (Server server = options.server(product)) {
                times.add(server.start());
            }
        }
        return Spread.of(times);
    }

    private String machine() throws IOException {
        try (Server releve = options.server(Product.RELEVE); Server redis = options.server(Product.REDIS)) {
            releve.start();
            redis.start();
            try (Client one = releve.connect(); Client other = redis.connect()) {
                return Machine.describe(one.info(), other.info());
            }
        }
    }

    private Filled fill(Product product, int keys) throws IOException {
        try (Server server = new Server(product, options.installation(), options.work(), SAVE)) {
            server.start();
            settle();
            Resident before = server.figures().resident(server.data());
            long begin = System.nanoTime();
            try (Loader loader = new Loader(server.port(), VALUE)) {
                loader.load(PREFIX, 0, keys);
            }
            double load = (System.nanoTime() - begin) / 1e9;
            settle();
            Resident grown = server.figures().resident(server.data()).minus(before);
            Map<String, String> details = new TreeMap<>();
            try (Client client = server.connect()) {
                if (!Integer.toString(keys).equals(client.call("DBSIZE"))) {
                    throw new IOException(product.title() + " does not hold " + keys + " keys");
                }
                client.info().forEach((name, value) -> {
                    if (name.startsWith("keyspace_") && name.contains("bytes")) {
                        details.put(name, value);
                    }
                });
            }
            double stop = product == Product.REDIS ? server.save() : server.stop();
            double start = server.start("v".repeat(VALUE), "GET", Loader.key(PREFIX, keys / 2));
            return new Filled(product, keys, load, grown, details, stop, start);
        }
    }

    /** Lets what runs in the background come to its end. */
    private static void settle() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(SETTLE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /**
     * A server with its keys.
     *
     * @param load seconds it took to write the keys
     * @param grown resident memory, more than that of the empty server
     * @param details figures of INFO on the keyspace, bytes
     * @param stop milliseconds that a clean stop took: SIGTERM, or SHUTDOWN SAVE for Redis
     * @param start milliseconds from the start of the process to the answer to a GET
     */
    record Filled(Product product, int keys, double load, Resident grown, Map<String, String> details, double stop,
            double start) {
    }
}
