package io.releve.embedded;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Commands on hashes (redis.io, group hash). */
public interface HashCommands extends Requests {
    /** Sets a field; 1 when it is new. */
    default long hset(String key, String field, String value) {
        return request("HSET").add(key).add(field).add(value).integer();
    }

    /** {@link #hset(String, String, String)} with bytes. */
    default long hset(byte[] key, byte[] field, byte[] value) {
        return request("HSET").add(key).add(field).add(value).integer();
    }

    /** Sets several fields; how many are new. */
    default long hset(String key, Map<String, String> fields) {
        return request("HSET").add(key).addAll(fields).integer();
    }

    /** {@link #hset(String, Map)} with bytes. */
    default long hset(byte[] key, Map<byte[], byte[]> fields) {
        return request("HSET").add(key).addAll(fields).integer();
    }

    /** The same; deprecated in Redis. */
    default String hmset(String key, Map<String, String> fields) {
        return request("HMSET").add(key).addAll(fields).status();
    }

    /** {@link #hmset(String, Map)} with bytes. */
    default String hmset(byte[] key, Map<byte[], byte[]> fields) {
        return request("HMSET").add(key).addAll(fields).status();
    }

    /** Sets a field if it does not exist; 1 when it did not. */
    default long hsetnx(String key, String field, String value) {
        return request("HSETNX").add(key).add(field).add(value).integer();
    }

    /** {@link #hsetnx(String, String, String)} with bytes. */
    default long hsetnx(byte[] key, byte[] field, byte[] value) {
        return request("HSETNX").add(key).add(field).add(value).integer();
    }

    /** The value of a field; null without. */
    default String hget(String key, String field) {
        return request("HGET").add(key).add(field).text();
    }

    /** {@link #hget(String, String)} with bytes. */
    default byte[] hget(byte[] key, byte[] field) {
        return request("HGET").add(key).add(field).bytes();
    }

    /** The values of several fields, null for those that are missing. */
    default List<String> hmget(String key, String... fields) {
        return request("HMGET").add(key).addAll(fields).texts();
    }

    /** {@link #hmget(String, String...)} with bytes. */
    default List<byte[]> hmget(byte[] key, byte[]... fields) {
        return request("HMGET").add(key).addAll(fields).byteArrays();
    }

    /** All fields with their values. */
    default Map<String, String> hgetAll(String key) {
        return request("HGETALL").add(key).textMap();
    }

    /** {@link #hgetAll(String)} with bytes. */
    default List<Map.Entry<byte[], byte[]>> hgetAll(byte[] key) {
        return request("HGETALL").add(key).bytePairs();
    }

    /** Removes fields; how many there were. */
    default long hdel(String key, String... fields) {
        return request("HDEL").add(key).addAll(fields).integer();
    }

    /** {@link #hdel(String, String...)} with bytes. */
    default long hdel(byte[] key, byte[]... fields) {
        return request("HDEL").add(key).addAll(fields).integer();
    }

    /** Whether a field exists. */
    default boolean hexists(String key, String field) {
        return request("HEXISTS").add(key).add(field).flag();
    }

    /** {@link #hexists(String, String)} with bytes. */
    default boolean hexists(byte[] key, byte[] field) {
        return request("HEXISTS").add(key).add(field).flag();
    }

    /** Number of fields. */
    default long hlen(String key) {
        return request("HLEN").add(key).integer();
    }

    /** {@link #hlen(String)} with bytes. */
    default long hlen(byte[] key) {
        return request("HLEN").add(key).integer();
    }

    /** All fields. */
    default Set<String> hkeys(String key) {
        return request("HKEYS").add(key).textSet();
    }

    /** {@link #hkeys(String)} with bytes. */
    default List<byte[]> hkeys(byte[] key) {
        return request("HKEYS").add(key).byteArrays();
    }

    /** All values. */
    default List<String> hvals(String key) {
        return request("HVALS").add(key).texts();
    }

    /** {@link #hvals(String)} with bytes. */
    default List<byte[]> hvals(byte[] key) {
        return request("HVALS").add(key).byteArrays();
    }

    /** The length of a value in bytes. */
    default long hstrlen(String key, String field) {
        return request("HSTRLEN").add(key).add(field).integer();
    }

    /** {@link #hstrlen(String, String)} with bytes. */
    default long hstrlen(byte[] key, byte[] field) {
        return request("HSTRLEN").add(key).add(field).integer();
    }

    /** Adds a number to a field; the number afterwards. */
    default long hincrBy(String key, String field, long increment) {
        return request("HINCRBY").add(key).add(field).add(increment).integer();
    }

    /** {@link #hincrBy(String, String, long)} with bytes. */
    default long hincrBy(byte[] key, byte[] field, long increment) {
        return request("HINCRBY").add(key).add(field).add(increment).integer();
    }

    /** Adds a decimal number to a field; the number afterwards. */
    default double hincrByFloat(String key, String field, double increment) {
        return request("HINCRBYFLOAT").add(key).add(field).add(increment).decimal();
    }

    /** {@link #hincrByFloat(String, String, double)} with bytes. */
    default double hincrByFloat(byte[] key, byte[] field, double increment) {
        return request("HINCRBYFLOAT").add(key).add(field).add(increment).decimal();
    }

    /** Any field; null without the key. */
    default String hrandfield(String key) {
        return request("HRANDFIELD").add(key).text();
    }

    /** {@link #hrandfield(String)} with bytes. */
    default byte[] hrandfield(byte[] key) {
        return request("HRANDFIELD").add(key).bytes();
    }

    /** Several different fields, or with a negative count any, repeated ones too. */
    default List<String> hrandfield(String key, long count) {
        return request("HRANDFIELD").add(key).add(count).texts();
    }

    /** {@link #hrandfield(String, long)} with bytes. */
    default List<byte[]> hrandfield(byte[] key, long count) {
        return request("HRANDFIELD").add(key).add(count).byteArrays();
    }

    /** The same with their values. */
    default List<Map.Entry<String, String>> hrandfieldWithValues(String key, long count) {
        return request("HRANDFIELD").add(key).add(count).add("WITHVALUES").as(Decoders.TEXT_PAIRS);
    }

    /** {@link #hrandfieldWithValues(String, long)} with bytes. */
    default List<Map.Entry<byte[], byte[]>> hrandfieldWithValues(byte[] key, long count) {
        return request("HRANDFIELD").add(key).add(count).add("WITHVALUES").bytePairs();
    }

    /** A step of a walk over all fields. */
    default ScanResult<Map.Entry<String, String>> hscan(String key, String cursor) {
        return request("HSCAN").add(key).add(cursor).as(Decoders.scanned(Decoders.TEXT_PAIRS));
    }

    /** {@link #hscan(String, String)} with bytes. */
    default ScanResult<Map.Entry<byte[], byte[]>> hscan(byte[] key, String cursor) {
        return request("HSCAN").add(key).add(cursor).as(Decoders.scanned(Decoders.BYTE_PAIRS));
    }

    /** The same with a pattern, a size of steps. */
    default ScanResult<Map.Entry<String, String>> hscan(String key, String cursor, ScanParams params) {
        return request("HSCAN").add(key).add(cursor).add(params).as(Decoders.scanned(Decoders.TEXT_PAIRS));
    }

    /** {@link #hscan(String, String, ScanParams)} with bytes. */
    default ScanResult<Map.Entry<byte[], byte[]>> hscan(byte[] key, String cursor, ScanParams params) {
        return request("HSCAN").add(key).add(cursor).add(params).as(Decoders.scanned(Decoders.BYTE_PAIRS));
    }
}
