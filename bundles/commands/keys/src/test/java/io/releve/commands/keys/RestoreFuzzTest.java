package io.releve.commands.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.releve.bytes.Bytes;
import io.releve.contracts.Oracle;
import io.releve.contracts.RandomValues;
import io.releve.format.rdb.DumpPayload;
import io.releve.format.rdb.RdbException;
import io.releve.format.rdb.RdbInput;
import io.releve.format.rdb.RdbType;
import io.releve.format.rdb.ValueReader;
import io.releve.keyspace.Database;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.KeyspaceSettings;
import io.releve.keyspace.Value;
import io.releve.keyspace.heap.HeapKeyspaceProvider;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged payloads whose checksum is right: an error, or a sound value, without a trace in the memory. */
class RestoreFuzzTest {
    private static final int FOOTER = 10;
    private static final Bytes KEY = Bytes.of("k");
    /** What reading may allocate beyond a multiple of the payload. */
    private static final long ALLOWED = 4 << 20;
    private static final long ALLOWED_RATIO = 3_000;

    private final Keyspace keyspace =
            new HeapKeyspaceProvider().open(new KeyspaceSettings(Path.of("."), 1, 0, false));
    private final Database database = keyspace.database(0);
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private int refused;
    private int sound;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void olderEncodings() {
        Random random = new Random(37);
        for (String payload : new OldPayloads().all().values()) {
            byte[] body = Arrays.copyOf(bytes(payload), payload.length() - FOOTER);
            cutEverywhere(body);
            mutations(random, body, 1_000);
        }
        summary();
    }

    @Test
    void payloadsOfARealServer() throws IOException {
        Random random = new Random(41);
        List<byte[]> bodies = new ArrayList<>();
        try (Oracle oracle = Oracle.start()) {
            RandomValues samples = new RandomValues(random, oracle);
            for (int i = 0; i < 150; i++) {
                if (i % 25 == 0) {
                    samples.limits();
                }
                samples.make("k");
                String payload = (String) oracle.ask("dump", "k");
                bodies.add(Arrays.copyOf(bytes(payload), payload.length() - FOOTER));
            }
        }
        for (byte[] body : bodies) {
            mutations(random, body, body.length > 4_000 ? 40 : 250);
        }
        summary();
    }

    private void summary() {
        System.out.println(refused + " payloads refused, " + sound + " sound");
        assertTrue(refused > 1000 && sound > 50, refused + " " + sound);
    }

    private void cutEverywhere(byte[] body) {
        for (int length = 0; length < body.length; length += body.length > 2_000 ? 97 : 1) {
            assertEquals(false, restore(Arrays.copyOf(body, length)), "cut at " + length);
        }
        assertEquals(true, restore(body));
    }

    private void mutations(Random random, byte[] body, int count) {
        for (int i = 0; i < count; i++) {
            byte[] mutant = body.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                // The beginning decides most.
                int at = random.nextInt(random.nextBoolean() ? mutant.length : Math.min(mutant.length, 40));
                mutant[at] = switch (random.nextInt(6)) {
                    case 0 -> (byte) 0xff;
                    case 1 -> (byte) 0x81;
                    case 2 -> 0;
                    case 3 -> (byte) (mutant[at] + 1);
                    case 4 -> (byte) (mutant[at] ^ 1 << random.nextInt(8));
                    default -> (byte) random.nextInt(256);
                };
            }
            if (random.nextInt(4) == 0) {
                int from = random.nextInt(mutant.length);
                int to = Math.min(mutant.length, from + 1 + random.nextInt(8));
                byte[] shorter = new byte[mutant.length - (to - from)];
                System.arraycopy(mutant, 0, shorter, 0, from);
                System.arraycopy(mutant, to, shorter, from, mutant.length - to);
                mutant = shorter;
            }
            restore(mutant);
        }
    }

    /** @return whether a value came of it */
    private boolean restore(byte[] body) {
        byte[] sealed = bytes(OldPayloads.seal(new String(body, StandardCharsets.ISO_8859_1), 12));
        Bytes payload = new Bytes(sealed);
        assertTrue(DumpPayload.isSound(payload));
        String error = null;
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        try {
            DumpPayload.read(payload, database).put(KEY, Value.NEVER, 0);
        } catch (RdbException e) {
            error = e.getMessage();
        }
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertTrue(allocated < ALLOWED + ALLOWED_RATIO * body.length, allocated + " bytes of " + body.length);
        assertEquals(error == null, streamed(body), () -> "in pieces " + Arrays.toString(body));
        if (error == null) {
            sound++;
            sameAgain();
        } else {
            refused++;
            assertTrue(error.length() > 10, error);
        }
        assertEquals(0, keyspace.usedMemory());
        return error == null;
    }

    /** The same from a source that gives a few bytes at a time; the value goes away. */
    private boolean streamed(byte[] body) {
        int[] at = {0};
        RdbInput input = new RdbInput((target, from, length) -> {
            int count = Math.min(Math.min(length, 1 + at[0] % 7), body.length - at[0]);
            System.arraycopy(body, at[0], target, from, count);
            at[0] += count;
            return count == 0 ? -1 : count;
        });
        try {
            return new ValueReader(input).read(RdbType.of(input.readByte()), database) && input.atEnd();
        } catch (RdbException e) {
            return false;
        }
    }

    /** What was read can be written and read again, and is the same then. */
    private void sameAgain() {
        byte[] first = DumpPayload.of(database.find(KEY), new EncodingLimits(), 11, true).toByteArray();
        assertTrue(DumpPayload.isSound(new Bytes(first)));
        ValueReader reader = DumpPayload.read(new Bytes(first), database);
        database.remove(KEY);
        reader.put(KEY, Value.NEVER, 0);
        byte[] second = DumpPayload.of(database.find(KEY), new EncodingLimits(), 11, true).toByteArray();
        assertEquals(first.length, second.length);
        if (database.find(KEY).encoding().equals("listpack")) {
            assertArrayEquals(first, second);
        }
        database.remove(KEY);
    }
}
