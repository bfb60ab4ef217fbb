package io.releve.keyspace.chronicle;

import com.sun.management.ThreadMXBean;
import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.KeyspaceSettings;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Value;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntConsumer;

/**
 * Measures, when started by hand: {@code Measure <directory> <keys>}. 16-byte keys, 64-byte values; memory a key, ns an
 * operation, bytes allocated an operation, time to close and to open.
 */
public final class Measure {
    private static final int OPERATIONS = 1_000_000;

    private final byte[] name = "key:000000000000".getBytes(StandardCharsets.US_ASCII);
    private final Bytes key = new Bytes(name);
    private final Bytes content = new Bytes("v".repeat(64).getBytes(StandardCharsets.US_ASCII));
    private final byte[] target = new byte[64];
    private final int keys;
    private long seed = 1;
    private long sum;

    private Measure(int keys) {
        this.keys = keys;
    }

    public static void main(String[] arguments) throws IOException {
        new Measure(Integer.parseInt(arguments[1])).run(Path.of(arguments[0]));
    }

    private void run(Path folder) throws IOException {
        Files.createDirectories(folder);
        long before = resident();
        Keyspace keyspace = new ChronicleKeyspaceProvider().open(new KeyspaceSettings(folder, 16, 0, false));
        Database database = keyspace.database(0);
        long start = System.nanoTime();
        long worst = 0;
        for (int i = 0; i < keys; i++) {
            long one = System.nanoTime();
            database.putString(key(i), content, Value.NEVER, i);
            if ((i & 1023) == 0) {
                keyspace.maintain(System.nanoTime() + 1_000_000);
            }
            worst = Math.max(worst, System.nanoTime() - one);
        }
        System.out.printf("load: %d ns a key, longest %.1f ms%n", (System.nanoTime() - start) / keys, worst / 1e6);
        settle(keyspace);
        long after = resident();
        System.out.printf("resident: %.1f bytes a key, own counters %.1f%n", (after - before) / (double) keys,
                keyspace.usedMemory() / (double) keys);
        System.out.println(keyspace.details());
        operations(database);
        start = System.nanoTime();
        keyspace.close(true);
        long closed = System.nanoTime();
        keyspace = new ChronicleKeyspaceProvider().open(new KeyspaceSettings(folder, 16, 0, true));
        System.out.printf("close %.1f ms, open %.1f ms, %s%n", (closed - start) / 1e6,
                (System.nanoTime() - closed) / 1e6, keyspace.origin());
        Database reopened = keyspace.database(0);
        measure("get after opening", i -> sum += reopened.find(randomKey()).expireAt());
        keyspace.close(false);
        System.out.println("sum " + sum);
    }

    private void operations(Database database) {
        for (int round = 0; round < 2; round++) {
            measure("get", i -> {
                StringValue value = (StringValue) database.find(randomKey());
                value.copyTo(0, target, 0, value.length());
                sum += target[5];
            });
            measure("miss", i -> sum += database.find(key(keys + i)) == null ? 1 : 0);
            measure("set, same size", i -> database.putString(randomKey(), content, Value.NEVER, i));
            measure("remove and set", i -> {
                database.remove(randomKey());
                database.putString(key, content, Value.NEVER, i);
            });
        }
        measure("expire", i -> database.expire(randomKey(), 1_700_000_000_000L + random(1_000_000)));
    }

    private void settle(Keyspace keyspace) {
        long end = System.nanoTime() + 3_000_000_000L;
        while (System.nanoTime() < end) {
            keyspace.maintain(System.nanoTime() + 10_000_000);
        }
        System.gc();
    }

    private void measure(String what, IntConsumer operation) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 100_000; i++) {
            operation.accept(i);
        }
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        long start = System.nanoTime();
        for (int i = 0; i < OPERATIONS; i++) {
            operation.accept(i);
        }
        long time = System.nanoTime() - start;
        allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated;
        System.out.printf("%s: %d ns, %.2f bytes%n", what, time / OPERATIONS, allocated / (double) OPERATIONS);
    }

    private Bytes randomKey() {
        return key(random(keys));
    }

    private int random(int bound) {
        seed = seed * 6364136223846793005L + 1442695040888963407L;
        return (int) ((seed >>> 33) % bound);
    }

    private Bytes key(int number) {
        int rest = number;
        for (int i = 15; i > 3; i--) {
            name[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return key;
    }

    /** Mapped pages that are in memory; the heap is not counted, nor the JVM. */
    private static long resident() throws IOException {
        long resident = 0;
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("RssFile:") || line.startsWith("RssShmem:")) {
                resident += Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        return resident;
    }
}
