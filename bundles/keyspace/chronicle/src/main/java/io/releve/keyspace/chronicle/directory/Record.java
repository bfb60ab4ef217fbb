package io.releve.keyspace.chronicle.directory;

import io.releve.keyspace.chronicle.memory.Memory;

/**
 * The off-heap layout of what a directory holds for a key; all numbers little-endian, offsets in bytes:
 *
 * <pre>
 *  0 type u8 (ordinal of {@link io.releve.keyspace.Type})
 *  1 encoding u8 ({@link #TEXT}, {@link #NUMBER}; of a collection its {@code Encoding})
 *  2 flags u8
 *  3 reserved u8
 *  4 access clock u32, 24 bits used
 *  8 expireAt i64, ms since the epoch, -1 never
 * 16 snapshot epoch u32
 * 20 length of the content u32
 * 24 with {@link #LONG_KEY}: reference of the key's pages i64, its length i32, reserved i32
 *    then the body: the content itself, or an i64 number, or with {@link #PAGED} the i64 reference of its pages: of a
 *    collection its root, or with {@link #COMPACT} its content
 * </pre>
 */
public final class Record {
    public static final int HEADER = 24;
    public static final int LONG_KEY_SIZE = 16;

    /** Encoding: the content as bytes. */
    public static final int TEXT = 0;
    /** Encoding: a 64-bit integer in the body. */
    public static final int NUMBER = 1;

    /** Flag: the content was changed in place, OBJECT ENCODING shows {@code raw}. */
    public static final int RAW = 1;
    /** Flag: the body refers to pages. */
    public static final int PAGED = 2;
    /** Flag: the directory's key is a digest, the key itself is in pages. */
    public static final int LONG_KEY = 4;

    /** Flag: the pages of a collection are its compact content. */
    public static final int COMPACT = 8;
    /** Flag: the compact content of a collection refers to strings elsewhere. */
    public static final int OUTSIDE = 16;

    private Record() {
    }

    public static void initialize(long record, int type, int access, long expireAt) {
        Memory.putLong(record, type);
        Memory.putInt(record + 4, access & 0xffffff);
        Memory.putLong(record + 8, expireAt);
        Memory.putLong(record + 16, 0);
    }

    public static int type(long record) {
        return Memory.getByte(record);
    }

    public static int encoding(long record) {
        return Memory.getByte(record + 1);
    }

    public static void encoding(long record, int encoding) {
        Memory.putByte(record + 1, encoding);
    }

    public static int flags(long record) {
        return Memory.getByte(record + 2);
    }

    public static boolean is(long record, int flag) {
        return (Memory.getByte(record + 2) & flag) != 0;
    }

    public static void flags(long record, int flags) {
        Memory.putByte(record + 2, flags);
    }

    public static void set(long record, int flag) {
        Memory.putByte(record + 2, Memory.getByte(record + 2) | flag);
    }

    public static void clear(long record, int flag) {
        Memory.putByte(record + 2, Memory.getByte(record + 2) & ~flag);
    }

    /** The reference in the body of a paged record. */
    public static long pages(long record) {
        return Memory.getLong(body(record));
    }

    public static void pages(long record, long reference) {
        Memory.putLong(body(record), reference);
    }

    /** Whether a collection has its content in one piece, in the record or in a page. */
    public static boolean isCompact(long record) {
        return (flags(record) & (PAGED | COMPACT)) != PAGED;
    }

    public static int access(long record) {
        return Memory.getInt(record + 4);
    }

    public static void access(long record, int clock) {
        Memory.putInt(record + 4, clock & 0xffffff);
    }

    public static long expireAt(long record) {
        return Memory.getLong(record + 8);
    }

    public static void expireAt(long record, long time) {
        Memory.putLong(record + 8, time);
    }

    /** Of the last snapshot that has this value, or of the one that began before it was made. */
    public static int epoch(long record) {
        return Memory.getInt(record + 16);
    }

    public static void epoch(long record, int epoch) {
        Memory.putInt(record + 16, epoch);
    }

    public static int length(long record) {
        return Memory.getInt(record + 20);
    }

    public static void length(long record, int length) {
        Memory.putInt(record + 20, length);
    }

    /** Reference of the pages of a long key. */
    public static long keyPages(long record) {
        return Memory.getLong(record + HEADER);
    }

    public static int keyLength(long record) {
        return Memory.getInt(record + HEADER + 8);
    }

    public static void longKey(long record, long pages, int length) {
        Memory.putLong(record + HEADER, pages);
        Memory.putLong(record + HEADER + 8, length);
    }

    /** Bytes before the body. */
    public static int prefix(int flags) {
        return (flags & LONG_KEY) == 0 ? HEADER : HEADER + LONG_KEY_SIZE;
    }

    /** Address of the body. */
    public static long body(long record) {
        return record + prefix(flags(record));
    }
}
