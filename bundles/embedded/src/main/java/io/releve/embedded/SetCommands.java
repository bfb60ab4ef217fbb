package io.releve.embedded;

import java.util.List;
import java.util.Set;

/** Commands on sets (redis.io, group set). */
public interface SetCommands extends Requests {
    /** Adds members; how many are new. */
    default long sadd(String key, String... members) {
        return request("SADD").add(key).addAll(members).integer();
    }

    /** {@link #sadd(String, String...)} with bytes. */
    default long sadd(byte[] key, byte[]... members) {
        return request("SADD").add(key).addAll(members).integer();
    }

    /** Removes members; how many there were. */
    default long srem(String key, String... members) {
        return request("SREM").add(key).addAll(members).integer();
    }

    /** {@link #srem(String, String...)} with bytes. */
    default long srem(byte[] key, byte[]... members) {
        return request("SREM").add(key).addAll(members).integer();
    }

    /** All members. */
    default Set<String> smembers(String key) {
        return request("SMEMBERS").add(key).textSet();
    }

    /** {@link #smembers(String)} with bytes. */
    default List<byte[]> smembers(byte[] key) {
        return request("SMEMBERS").add(key).byteArrays();
    }

    /** Number of members. */
    default long scard(String key) {
        return request("SCARD").add(key).integer();
    }

    /** {@link #scard(String)} with bytes. */
    default long scard(byte[] key) {
        return request("SCARD").add(key).integer();
    }

    /** Whether it is a member. */
    default boolean sismember(String key, String member) {
        return request("SISMEMBER").add(key).add(member).flag();
    }

    /** {@link #sismember(String, String)} with bytes. */
    default boolean sismember(byte[] key, byte[] member) {
        return request("SISMEMBER").add(key).add(member).flag();
    }

    /** The same for several. */
    default List<Boolean> smismember(String key, String... members) {
        return request("SMISMEMBER").add(key).addAll(members).as(Decoders.FLAGS);
    }

    /** {@link #smismember(String, String...)} with bytes. */
    default List<Boolean> smismember(byte[] key, byte[]... members) {
        return request("SMISMEMBER").add(key).addAll(members).as(Decoders.FLAGS);
    }

    /** Moves a member to another set; 1 when it was there. */
    default long smove(String source, String destination, String member) {
        return request("SMOVE").add(source).add(destination).add(member).integer();
    }

    /** {@link #smove(String, String, String)} with bytes. */
    default long smove(byte[] source, byte[] destination, byte[] member) {
        return request("SMOVE").add(source).add(destination).add(member).integer();
    }

    /** Takes any member; null without one. */
    default String spop(String key) {
        return request("SPOP").add(key).text();
    }

    /** {@link #spop(String)} with bytes. */
    default byte[] spop(byte[] key) {
        return request("SPOP").add(key).bytes();
    }

    /** Takes several members. */
    default Set<String> spop(String key, long count) {
        return request("SPOP").add(key).add(count).textSet();
    }

    /** {@link #spop(String, long)} with bytes. */
    default List<byte[]> spop(byte[] key, long count) {
        return request("SPOP").add(key).add(count).byteArrays();
    }

    /** Any member; null without one. */
    default String srandmember(String key) {
        return request("SRANDMEMBER").add(key).text();
    }

    /** {@link #srandmember(String)} with bytes. */
    default byte[] srandmember(byte[] key) {
        return request("SRANDMEMBER").add(key).bytes();
    }

    /** Several different members, or with a negative count any, repeated ones too. */
    default List<String> srandmember(String key, int count) {
        return request("SRANDMEMBER").add(key).add(count).texts();
    }

    /** {@link #srandmember(String, int)} with bytes. */
    default List<byte[]> srandmember(byte[] key, int count) {
        return request("SRANDMEMBER").add(key).add(count).byteArrays();
    }

    /** What is in all of the sets. */
    default Set<String> sinter(String... keys) {
        return request("SINTER").addAll(keys).textSet();
    }

    /** {@link #sinter(String...)} with bytes. */
    default List<byte[]> sinter(byte[]... keys) {
        return request("SINTER").addAll(keys).byteArrays();
    }

    /** The same, stored; its size. */
    default long sinterstore(String destination, String... keys) {
        return request("SINTERSTORE").add(destination).addAll(keys).integer();
    }

    /** {@link #sinterstore(String, String...)} with bytes. */
    default long sinterstore(byte[] destination, byte[]... keys) {
        return request("SINTERSTORE").add(destination).addAll(keys).integer();
    }

    /** Only its size. */
    default long sintercard(String... keys) {
        return request("SINTERCARD").add(keys.length).addAll(keys).integer();
    }

    /** {@link #sintercard(String...)} with bytes. */
    default long sintercard(byte[]... keys) {
        return request("SINTERCARD").add(keys.length).addAll(keys).integer();
    }

    /** Only its size, counted up to a limit. */
    default long sintercard(int limit, String... keys) {
        return request("SINTERCARD").add(keys.length).addAll(keys).add("LIMIT").add(limit).integer();
    }

    /** {@link #sintercard(int, String...)} with bytes. */
    default long sintercard(int limit, byte[]... keys) {
        return request("SINTERCARD").add(keys.length).addAll(keys).add("LIMIT").add(limit).integer();
    }

    /** What is in any of the sets. */
    default Set<String> sunion(String... keys) {
        return request("SUNION").addAll(keys).textSet();
    }

    /** {@link #sunion(String...)} with bytes. */
    default List<byte[]> sunion(byte[]... keys) {
        return request("SUNION").addAll(keys).byteArrays();
    }

    /** The same, stored; its size. */
    default long sunionstore(String destination, String... keys) {
        return request("SUNIONSTORE").add(destination).addAll(keys).integer();
    }

    /** {@link #sunionstore(String, String...)} with bytes. */
    default long sunionstore(byte[] destination, byte[]... keys) {
        return request("SUNIONSTORE").add(destination).addAll(keys).integer();
    }

    /** What is in the first set and in none of the others. */
    default Set<String> sdiff(String... keys) {
        return request("SDIFF").addAll(keys).textSet();
    }

    /** {@link #sdiff(String...)} with bytes. */
    default List<byte[]> sdiff(byte[]... keys) {
        return request("SDIFF").addAll(keys).byteArrays();
    }

    /** The same, stored; its size. */
    default long sdiffstore(String destination, String... keys) {
        return request("SDIFFSTORE").add(destination).addAll(keys).integer();
    }

    /** {@link #sdiffstore(String, String...)} with bytes. */
    default long sdiffstore(byte[] destination, byte[]... keys) {
        return request("SDIFFSTORE").add(destination).addAll(keys).integer();
    }

    /** A step of a walk over all members. */
    default ScanResult<String> sscan(String key, String cursor) {
        return request("SSCAN").add(key).add(cursor).as(Decoders.SCANNED_TEXTS);
    }

    /** {@link #sscan(String, String)} with bytes. */
    default ScanResult<byte[]> sscan(byte[] key, String cursor) {
        return request("SSCAN").add(key).add(cursor).as(Decoders.SCANNED_BYTES);
    }

    /** The same with a pattern, a size of steps. */
    default ScanResult<String> sscan(String key, String cursor, ScanParams params) {
        return request("SSCAN").add(key).add(cursor).add(params).as(Decoders.SCANNED_TEXTS);
    }

    /** {@link #sscan(String, String, ScanParams)} with bytes. */
    default ScanResult<byte[]> sscan(byte[] key, String cursor, ScanParams params) {
        return request("SSCAN").add(key).add(cursor).add(params).as(Decoders.SCANNED_BYTES);
    }
}
