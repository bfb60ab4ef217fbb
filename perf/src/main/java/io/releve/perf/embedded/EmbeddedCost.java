package io.releve.perf.embedded;

import com.sun.management.ThreadMXBean;
import io.releve.bytes.Bytes;
import io.releve.embedded.Releve;
import io.releve.embedded.ReleveConnection;
import io.releve.keyspace.Database;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.KeyspaceSettings;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Value;
import io.releve.keyspace.chronicle.ChronicleKeyspaceProvider;
import io.releve.keyspace.heap.HeapKeyspaceProvider;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.SplittableRandom;

/**
 * GET and SET of a million keys on one thread through the embedded API, beside the same operations of the raw keyspace in the
 * same process, taking turns; allocated bytes; how long an instance takes to open. {@code EmbeddedCost [chronicle|heap]}
 */
public final class EmbeddedCost {
    private static final int KEYS = 1_000_000;
    private static final int VALUE = 64;
    private static final int OPERATIONS = 2_000_000;
    private static final int ROUNDS = 5;
    /** What an array of this length takes in the Java heap: header and content, in eights. */
    private static final int RETURNED = 16 + VALUE;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final byte[] key = "key:000000000000".getBytes(StandardCharsets.US_ASCII);
    private final Bytes keyView = new Bytes(key);
    private final byte[] value = new byte[VALUE];
    private final Bytes valueView = new Bytes(value);
    private final SplittableRandom random = new SplittableRandom(1);
    private long sum;

    private EmbeddedCost() {
    }

    public static void main(String[] arguments) throws IOException {
        new EmbeddedCost().run(arguments.length == 0 ? "chronicle" : arguments[0]);
    }

    private void run(String provider) throws IOException {
        long begin = System.nanoTime();
        try (Releve releve = Releve.builder().directory(Files.createTempDirectory("releve-perf")).keyspace(provider)
                .setting("save", "").open();
                ReleveConnection connection = releve.connect()) {
            connection.ping();
            System.out.printf("%s: open to first reply %d ms%n", provider, (System.nanoTime() - begin) / 1_000_000);
            Keyspace raw = (provider.equals("heap") ? new HeapKeyspaceProvider() : new ChronicleKeyspaceProvider())
                    .open(new KeyspaceSettings(Files.createTempDirectory("releve-perf"), 16, 0, false));
            Database database = raw.database(0);
            for (int i = 0; i < KEYS; i++) {
                place(i);
                connection.set(key, value);
                database.putString(keyView, valueView, Value.NEVER, 0);
                while ((i & 1023) == 0 && raw.maintain(System.nanoTime() + 1_000_000)) {
                    Thread.onSpinWait();
                }
            }
            for (int round = 1; round <= ROUNDS; round++) {
                double get = measure("GET", RETURNED, () -> sum += connection.get(key)[7]);
                double rawGet = measure("raw get", RETURNED, () -> {
                    StringValue found = (StringValue) database.find(keyView);
                    byte[] copy = new byte[found.length()];
                    found.copyTo(0, copy, 0, copy.length);
                    sum += copy[7];
                });
                double set = measure("SET", 0, () -> sum += connection.set(key, value).length());
                double rawSet = measure("raw set", 0, () -> database.putString(keyView, valueView, Value.NEVER, 0));
                measure("GET, pooled", RETURNED, () -> sum += releve.get(key)[7]);
                System.out.printf("round %d: GET %.2f of raw, SET %.2f of raw%n", round, get / rawGet, set / rawSet);
            }
            raw.close(false);
        }
        System.out.println("(" + sum + ")");
    }

    private void place(int number) {
        for (int i = key.length - 1, rest = number; i >= 4; i--, rest /= 10) {
            key[i] = (byte) ('0' + rest % 10);
        }
    }

    /** @return operations a second */
    private double measure(String what, int returned, Runnable operation) {
        long thread = Thread.currentThread().getId();
        long allocated = THREADS.getThreadAllocatedBytes(thread);
        long begin = System.nanoTime();
        for (int i = 0; i < OPERATIONS; i++) {
            place(random.nextInt(KEYS));
            operation.run();
        }
        double rate = OPERATIONS * 1e9 / (System.nanoTime() - begin);
        double bytes = (THREADS.getThreadAllocatedBytes(thread) - allocated) / (double) OPERATIONS;
        System.out.printf("  %-12s %,10.0f/s  %.2f bytes allocated beyond what is returned%n", what, rate, bytes - returned);
        return rate;
    }
}
