package io.releve.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumbersTest {
    private static boolean isInteger(String text) {
        return Numbers.isInteger(Bytes.of(text));
    }

    @Test
    void everyLongReadsBack() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            readsBack(random.nextLong() >> random.nextInt(64));
        }
        for (long value : new long[] {0, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, 1L << 31}) {
            readsBack(value);
        }
        for (long power = 10; power > 0 && power < Long.MAX_VALUE / 10; power *= 10) {
            for (long value = power - 1; value <= power + 1; value++) {
                readsBack(value);
                readsBack(-value);
            }
        }
    }

    private static void readsBack(long value) {
        byte[] target = new byte[40];
        int end = Numbers.write(target, 3, value);
        String text = Long.toString(value);
        assertEquals(text, new String(target, 3, end - 3, StandardCharsets.US_ASCII));
        assertEquals(text.length(), Numbers.length(value));
        assertTrue(Numbers.isInteger(target, 3, end - 3));
        assertEquals(value, Numbers.integer(target, 3, end - 3));
    }

    @Test
    void onlyCanonicalIntegersCount() {
        for (String text : new String[] {"", "-", "+1", "01", "-0", " 1", "1 ", "1.0", "1e3", "9223372036854775808",
            "-9223372036854775809", "99999999999999999999", "0x10"}) {
            assertFalse(isInteger(text), text);
        }
        assertTrue(isInteger("9223372036854775807"));
        assertTrue(isInteger("-9223372036854775808"));
        assertTrue(isInteger("0"));
    }

    @Test
    void doublesLookLikeC() {
        assertEquals("3", Numbers.text(3.0));
        assertEquals("-0", Numbers.text(-0.0));
        assertEquals("0.1", Numbers.text(0.1));
        assertEquals("1e+20", Numbers.text(1e20));
        assertEquals("1.5e-9", Numbers.text(1.5e-9));
        assertEquals("1e-7", Numbers.text(1e-7));
        assertEquals("0.000001", Numbers.text(1e-6));
        assertEquals("-0.00012", Numbers.text(-1.2e-4));
        assertEquals("1e+21", Numbers.text(1e21));
        assertEquals("1e+23", Numbers.text(1e23));
        assertEquals("123456789012345680000", Numbers.text(123456789012345680000.0));
        assertEquals("100000000000000000", Numbers.text(1e17));
        assertEquals("-4611686018427387904", Numbers.text(-0x1p62));
        assertEquals("3.3", Numbers.text(3.3));
        assertEquals("-123.456", Numbers.text(-123.456));
        assertEquals("0.30000000000000004", Numbers.text(0.1 + 0.2));
        assertEquals("1234.5678901234", Numbers.text(1234.5678901234));
        assertEquals("5e-324", Numbers.text(Double.MIN_VALUE));
        assertEquals("2.2250738585072014e-308", Numbers.text(Double.MIN_NORMAL));
        assertEquals("1.7976931348623157e+308", Numbers.text(Double.MAX_VALUE));
        assertEquals("-inf", Numbers.text(Double.NEGATIVE_INFINITY));
        assertEquals("inf", Numbers.text(Double.POSITIVE_INFINITY));
        assertEquals("3.14000000000000012", Numbers.text(new BigDecimal("3.140000000000000125")));
    }

    @Test
    void doublesReadBack() {
        Random random = new Random(5);
        for (int i = 0; i < 200_000; i++) {
            double value = i % 2 == 0 ? Double.longBitsToDouble(random.nextLong())
                    : random.nextInt(1_000_000) / Math.pow(10, random.nextInt(12));
            if (Double.isFinite(value)) {
                String text = Numbers.text(value);
                assertEquals(value, Double.parseDouble(text), text);
                assertTrue(new BigDecimal(text).stripTrailingZeros().precision() <= 17
                        || Math.abs(value) < 0x1p63, text);
            }
        }
    }
}
