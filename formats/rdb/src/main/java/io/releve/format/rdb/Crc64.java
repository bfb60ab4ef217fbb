package io.releve.format.rdb;

/**
 * The 64-bit cyclic redundancy check of RDB: the polynomial of D. T. Jones ("An Improved 64-bit Cyclic Redundancy Check
 * for Protein Sequences", 2002), reflected, beginning with 0. Eight bytes are taken in one step through eight tables.
 */
public final class Crc64 {
    private static final long POLYNOMIAL = Long.reverse(0xad93d23594c935a9L);
    private static final long[][] TABLES = tables();

    private Crc64() {
    }

    private static long[][] tables() {
        long[][] tables = new long[Long.BYTES][256];
        for (int i = 0; i < 256; i++) {
            long crc = i;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ POLYNOMIAL;
            }
            tables[0][i] = crc;
        }
        for (int i = 0; i < 256; i++) {
            for (int t = 1; t < tables.length; t++) {
                long before = tables[t - 1][i];
                tables[t][i] = tables[0][(int) before & 0xff] ^ before >>> 8;
            }
        }
        return tables;
    }

    /** Goes on with the check {@code crc} over more bytes; the first time with 0. */
    public static long update(long crc, byte[] bytes, int from, int length) {
        long[][] t = TABLES;
        long value = crc;
        int i = from;
        int end = from + length;
        for (; end - i >= Long.BYTES; i += Long.BYTES) {
            value ^= LittleEndian.getLong(bytes, i);
            value = t[7][(int) value & 0xff] ^ t[6][(int) (value >>> 8) & 0xff]
                    ^ t[5][(int) (value >>> 16) & 0xff] ^ t[4][(int) (value >>> 24) & 0xff]
                    ^ t[3][(int) (value >>> 32) & 0xff] ^ t[2][(int) (value >>> 40) & 0xff]
                    ^ t[1][(int) (value >>> 48) & 0xff] ^ t[0][(int) (value >>> 56)];
        }
        for (; i < end; i++) {
            value = t[0][(int) (value ^ bytes[i]) & 0xff] ^ value >>> 8;
        }
        return value;
    }
}
