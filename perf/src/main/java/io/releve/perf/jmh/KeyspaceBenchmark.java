package io.releve.perf.jmh;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** GET and SET on a keyspace alone; with {@code -prof gc} they must allocate nothing. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class KeyspaceBenchmark {
    private static final int VALUE = 64;

    @Param({"chronicle", "heap"})
    private String provider;

    @Param({"100000", "1000000"})
    private int keys;

    private final SplittableRandom random = new SplittableRandom(1);
    private final byte[] keyBytes = "key:000000000000".getBytes(StandardCharsets.US_ASCII);
    private final Bytes key = new Bytes(keyBytes);
    private final Bytes value = new Bytes(new byte[VALUE]);
    private final byte[] target = new byte[VALUE];
    private Keyspace keyspace;
    private Database database;

    @Setup
    public void fill() throws IOException {
        keyspace = Keyspaces.open(provider);
        database = keyspace.database(0);
        for (int i = 0; i < keys; i++) {
            database.putString(key(i), value, Value.NEVER, 0);
            if ((i & 1023) == 0) {
                while (keyspace.maintain(System.nanoTime() + 1_000_000)) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    private Bytes key(int number) {
        for (int i = keyBytes.length - 1, rest = number; i >= 4; i--, rest /= 10) {
            keyBytes[i] = (byte) ('0' + rest % 10);
        }
        return key;
    }

    @Benchmark
    public int get() {
        StringValue found = (StringValue) database.find(key(random.nextInt(keys)));
        found.copyTo(0, target, 0, found.length());
        return target[7];
    }

    @Benchmark
    public Value miss() {
        return database.find(key(keys + random.nextInt(keys)));
    }

    @Benchmark
    public void setSameSize() {
        database.putString(key(random.nextInt(keys)), value, Value.NEVER, 0);
    }

    @TearDown
    public void close() throws IOException {
        keyspace.close(false);
    }
}
