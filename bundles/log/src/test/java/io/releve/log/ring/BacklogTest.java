package io.releve.log.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.releve.bytes.Bytes;
import io.releve.log.ChangeLog.Reader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is remembered of the stream, and how it is read. The byte at a position is a function of the position. */
class BacklogTest {
    private static final long START = 1234;

    private static byte at(long position) {
        return (byte) (position * 31 >>> 3);
    }

    private static Bytes piece(long position, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = at(position + i);
        }
        return new Bytes(bytes);
    }

    private static void check(Reader reader, int most) {
        long position = reader.position();
        ByteBuffer bytes = reader.peek();
        int count = Math.min(most, bytes.remaining());
        for (int i = 0; i < count; i++) {
            if (at(position + i) != bytes.get(bytes.position() + i)) {
                fail("position " + (position + i));
            }
        }
        reader.skip(count);
    }

    @Test
    void readersComeAndGoWhileBytesAreAdded() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            long least = 1 + random.nextInt(3 * Backlog.BLOCK);
            Backlog backlog = new Backlog(least, Long.MAX_VALUE, START);
            List<Reader> readers = new ArrayList<>();
            long end = START;
            for (int i = 0; i < 3000; i++) {
                int length = random.nextInt(10) == 0 ? random.nextInt(2 * Backlog.BLOCK) : random.nextInt(500);
                backlog.add(piece(end, length));
                end += length;
                assertTrue(backlog.first() <= Math.max(START, end - least), "seed " + seed);
                if (random.nextInt(50) == 0) {
                    readers.add(backlog.reader(backlog.first() + random.nextLong(end - backlog.first() + 1)));
                }
                for (Reader reader : readers) {
                    if (random.nextInt(3) == 0) {
                        check(reader, random.nextInt(Backlog.BLOCK));
                    }
                }
                if (!readers.isEmpty() && random.nextInt(80) == 0) {
                    readers.remove(random.nextInt(readers.size())).close();
                }
            }
            for (Reader reader : readers) {
                assertFalse(reader.lost());
                while (reader.available() > 0) {
                    check(reader, Integer.MAX_VALUE);
                }
                assertEquals(end, reader.position());
                reader.close();
            }
            backlog.add(piece(end, Backlog.BLOCK + 1));
            assertTrue(backlog.memory() <= least + 3L * Backlog.BLOCK, "what nobody reads is let go");
        }
    }

    @Test
    void aReaderOnAnotherThreadSeesEveryByte() throws InterruptedException {
        Backlog backlog = new Backlog(1, Long.MAX_VALUE, START);
        long last = START + 200L * Backlog.BLOCK;
        Reader reader = backlog.reader(START);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                while (reader.position() < last) {
                    check(reader, 10_000);
                }
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        thread.start();
        Random random = new Random(1);
        for (long end = START; end < last;) {
            int length = (int) Math.min(last - end, 1 + random.nextInt(5000));
            backlog.add(piece(end, length));
            end += length;
        }
        thread.join(60_000);
        assertEquals(null, failure.get());
        assertFalse(thread.isAlive());
    }

    @Test
    void whoIsTooFarBehindIsLostAndSeesNothingWrong() {
        Backlog backlog = new Backlog(1, 2L * Backlog.BLOCK, START);
        Reader slow = backlog.reader(START);
        backlog.add(piece(START, 10));
        ByteBuffer seen = slow.peek();
        long end = START + 10;
        while (!slow.lost()) {
            backlog.add(piece(end, 1000));
            end += 1000;
            assertTrue(end - START < 8L * Backlog.BLOCK, "it is never lost");
        }
        assertEquals(at(START), seen.get(seen.position()), "what it was reading stays");
        assertThrows(IllegalStateException.class, slow::peek);
        assertThrows(IllegalArgumentException.class, () -> backlog.reader(START));
    }
}
