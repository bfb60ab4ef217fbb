package io.releve.embedded;

import java.util.List;

/** Strings as arrays of bits (redis.io, group bitmap). Bit 0 is the highest of the first byte. */
public interface BitmapCommands extends Requests {
    /** Sets a bit; what it was before. */
    default boolean setbit(String key, long offset, boolean value) {
        return request("SETBIT").add(key).add(offset).add(value ? 1 : 0).flag();
    }

    /** {@link #setbit(String, long, boolean)} with bytes. */
    default boolean setbit(byte[] key, long offset, boolean value) {
        return request("SETBIT").add(key).add(offset).add(value ? 1 : 0).flag();
    }

    /** A bit; not set where the string has ended. */
    default boolean getbit(String key, long offset) {
        return request("GETBIT").add(key).add(offset).flag();
    }

    /** {@link #getbit(String, long)} with bytes. */
    default boolean getbit(byte[] key, long offset) {
        return request("GETBIT").add(key).add(offset).flag();
    }

    /** Number of set bits. */
    default long bitcount(String key) {
        return request("BITCOUNT").add(key).integer();
    }

    /** {@link #bitcount(String)} with bytes. */
    default long bitcount(byte[] key) {
        return request("BITCOUNT").add(key).integer();
    }

    /** Number of set bits in the bytes from start to end, both included. */
    default long bitcount(String key, long start, long end) {
        return request("BITCOUNT").add(key).add(start).add(end).integer();
    }

    /** {@link #bitcount(String, long, long)} with bytes. */
    default long bitcount(byte[] key, long start, long end) {
        return request("BITCOUNT").add(key).add(start).add(end).integer();
    }

    /** The same, the range in bytes or bits. */
    default long bitcount(String key, long start, long end, BitUnit unit) {
        return request("BITCOUNT").add(key).add(start).add(end).add(unit).integer();
    }

    /** {@link #bitcount(String, long, long, BitUnit)} with bytes. */
    default long bitcount(byte[] key, long start, long end, BitUnit unit) {
        return request("BITCOUNT").add(key).add(start).add(end).add(unit).integer();
    }

    /** Place of the first bit that is set, or not set; -1 without one. */
    default long bitpos(String key, boolean value) {
        return request("BITPOS").add(key).add(value ? 1 : 0).integer();
    }

    /** {@link #bitpos(String, boolean)} with bytes. */
    default long bitpos(byte[] key, boolean value) {
        return request("BITPOS").add(key).add(value ? 1 : 0).integer();
    }

    /** The same in the bytes from start to end, both included. */
    default long bitpos(String key, boolean value, long start, long end) {
        return request("BITPOS").add(key).add(value ? 1 : 0).add(start).add(end).integer();
    }

    /** {@link #bitpos(String, boolean, long, long)} with bytes. */
    default long bitpos(byte[] key, boolean value, long start, long end) {
        return request("BITPOS").add(key).add(value ? 1 : 0).add(start).add(end).integer();
    }

    /** The same, the range in bytes or bits. */
    default long bitpos(String key, boolean value, long start, long end, BitUnit unit) {
        return request("BITPOS").add(key).add(value ? 1 : 0).add(start).add(end).add(unit).integer();
    }

    /** {@link #bitpos(String, boolean, long, long, BitUnit)} with bytes. */
    default long bitpos(byte[] key, boolean value, long start, long end, BitUnit unit) {
        return request("BITPOS").add(key).add(value ? 1 : 0).add(start).add(end).add(unit).integer();
    }

    /** Combines strings bit by bit into another; its length in bytes. */
    default long bitop(BitOperation operation, String destination, String... sources) {
        return request("BITOP").add(operation).add(destination).addAll(sources).integer();
    }

    /** {@link #bitop(BitOperation, String, String...)} with bytes. */
    default long bitop(BitOperation operation, byte[] destination, byte[]... sources) {
        return request("BITOP").add(operation).add(destination).addAll(sources).integer();
    }

    /**
     * Numbers of any width inside a string: {@code bitfield("k", "INCRBY", "u8", "0", "1")}; null where an overflow was to
     * fail.
     */
    default List<Long> bitfield(String key, String... operations) {
        return request("BITFIELD").add(key).addAll(operations).as(Decoders.INTEGERS);
    }

    /** {@link #bitfield(String, String...)} with bytes. */
    default List<Long> bitfield(byte[] key, String... operations) {
        return request("BITFIELD").add(key).addAll(operations).as(Decoders.INTEGERS);
    }

    /** The same for GET alone. */
    default List<Long> bitfieldReadonly(String key, String... operations) {
        return request("BITFIELD_RO").add(key).addAll(operations).as(Decoders.INTEGERS);
    }

    /** {@link #bitfieldReadonly(String, String...)} with bytes. */
    default List<Long> bitfieldReadonly(byte[] key, String... operations) {
        return request("BITFIELD_RO").add(key).addAll(operations).as(Decoders.INTEGERS);
    }
}
