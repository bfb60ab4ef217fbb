package io.releve.format.rdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LzfTest {
    private final Lzf lzf = new Lzf();

    /** Texts that repeat themselves more or less, one after the other through the same table. */
    @Test
    void whatWasCompressedComesBack() {
        Random random = new Random(2);
        int shorter = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] text = new byte[random.nextInt(random.nextInt(20) == 0 ? 100_000 : 500)];
            int letters = 1 + random.nextInt(random.nextBoolean() ? 4 : 200);
            for (int at = 0; at < text.length; ) {
                if (at > 10 && random.nextInt(4) == 0) {
                    int from = random.nextInt(at);
                    for (int n = random.nextInt(400); n > 0 && at < text.length; n--) {
                        text[at++] = text[from++];
                    }
                } else {
                    text[at++] = (byte) random.nextInt(letters);
                }
            }
            int offset = random.nextInt(5);
            byte[] shifted = new byte[offset + text.length];
            System.arraycopy(text, 0, shifted, offset, text.length);
            byte[] out = new byte[Math.max(0, text.length - 4)];
            int length = lzf.compress(shifted, offset, text.length, out, out.length);
            assertTrue(length < Math.max(1, out.length), "limit");
            if (length > 0) {
                shorter++;
                byte[] back = new byte[text.length];
                Lzf.decompress(out, 0, length, back, back.length);
                assertArrayEquals(text, back, "text " + i);
            }
        }
        assertTrue(shorter > 1500, shorter + " became shorter");
    }

    @Test
    void zeros() {
        byte[] out = new byte[100_000];
        int length = lzf.compress(new byte[100_000], 0, 100_000, out, out.length);
        assertTrue(length > 0 && length < 1200, length + " bytes");
        assertTrue(100_000 <= length * Lzf.GREATEST_RATIO);
    }

    @Test
    void whatIsDamagedIsRefused() {
        Random random = new Random(3);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] text = new byte[random.nextInt(40)];
            random.nextBytes(text);
            byte[] out = new byte[200];
            int length = random.nextInt(200);
            try {
                Lzf.decompress(text, 0, text.length, out, length);
                assertArrayEquals(new byte[200 - length], Arrays.copyOfRange(out, length, 200));
            } catch (RdbException e) {
                refused++;
            }
        }
        assertTrue(refused > 19_000);
        assertThrows(RdbException.class, () -> Lzf.decompress(new byte[] {0}, 0, 1, new byte[9], 1));
        assertThrows(RdbException.class, () -> Lzf.decompress(new byte[] {0x20, 0}, 0, 2, new byte[9], 3));
    }

    @Test
    void aKnownText() {
        byte[] out = new byte[20];
        Lzf.decompress(new byte[] {1, 'a', 'b', (byte) 0xe0, 9, 1}, 0, 6, out, 20);
        assertEquals("abababababababababab", new String(out, java.nio.charset.StandardCharsets.US_ASCII));
    }
}
