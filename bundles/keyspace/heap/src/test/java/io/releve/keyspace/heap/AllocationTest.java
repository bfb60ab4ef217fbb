package io.releve.keyspace.heap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.KeyspaceSettings;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Value;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Reading, and overwriting with a value of the same size, makes no garbage. */
class AllocationTest {
    private static final int KEYS = 1000;
    private static final int ROUNDS = 50_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Database database = new HeapKeyspaceProvider()
            .open(new KeyspaceSettings(Path.of("."), 1, 0, false)).database(0);
    private final byte[] keys = new byte[KEYS * 8];
    private final Bytes key = new Bytes();
    private final Bytes content = new Bytes(new byte[64]);
    private final byte[] target = new byte[64];

    private void round() {
        for (int i = 0; i < ROUNDS; i++) {
            key.set(keys, i % KEYS * 8, 8);
            content.array()[0] = (byte) i;
            if (i % KEYS < KEYS / 2) {
                database.putString(key, content, i % 2 == 0 ? Value.NEVER : 1000 + i, 0);
                ((StringValue) database.find(key)).copyTo(0, target, 0, 64);
            } else {
                StringValue number = (StringValue) database.find(key);
                number.integer(number.integer() + 1);
                number.copyTo(0, target, 0, number.length());
            }
        }
    }

    @Test
    void sameSizeMakesNoGarbage() {
        for (int i = 0; i < KEYS; i++) {
            keys[i * 8] = (byte) i;
            keys[i * 8 + 1] = (byte) (i >> 8);
            database.putString(key.set(keys, i * 8, 8), i < KEYS / 2 ? content : Bytes.of("1"), Value.NEVER, 0);
        }
        round();
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            round();
            best = Math.min(best, threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        assertEquals(KEYS, database.size());
        long bytes = best;
        assertTrue(bytes < ROUNDS, () -> bytes + " bytes in " + ROUNDS + " rounds");
    }
}
