package io.releve.embedded;

import java.util.List;
import java.util.Set;

/** Commands on keys of any type (redis.io, group generic). */
public interface KeyCommands extends Requests {
    /** Whether a key exists. */
    default boolean exists(String key) {
        return request("EXISTS").add(key).flag();
    }

    /** {@link #exists(String)} with bytes. */
    default boolean exists(byte[] key) {
        return request("EXISTS").add(key).flag();
    }

    /** How many of the keys exist; one that is named twice counts twice. */
    default long exists(String... keys) {
        return request("EXISTS").addAll(keys).integer();
    }

    /** {@link #exists(String...)} with bytes. */
    default long exists(byte[]... keys) {
        return request("EXISTS").addAll(keys).integer();
    }

    /** Removes a key; 1 when it existed. */
    default long del(String key) {
        return request("DEL").add(key).integer();
    }

    /** {@link #del(String)} with bytes. */
    default long del(byte[] key) {
        return request("DEL").add(key).integer();
    }

    /** Removes keys; how many existed. */
    default long del(String... keys) {
        return request("DEL").addAll(keys).integer();
    }

    /** {@link #del(String...)} with bytes. */
    default long del(byte[]... keys) {
        return request("DEL").addAll(keys).integer();
    }

    /** As {@code del}. */
    default long unlink(String key) {
        return request("UNLINK").add(key).integer();
    }

    /** {@link #unlink(String)} with bytes. */
    default long unlink(byte[] key) {
        return request("UNLINK").add(key).integer();
    }

    /** As {@code del}. */
    default long unlink(String... keys) {
        return request("UNLINK").addAll(keys).integer();
    }

    /** {@link #unlink(String...)} with bytes. */
    default long unlink(byte[]... keys) {
        return request("UNLINK").addAll(keys).integer();
    }

    /** Counts as an access to the keys; how many exist. */
    default long touch(String... keys) {
        return request("TOUCH").addAll(keys).integer();
    }

    /** {@link #touch(String...)} with bytes. */
    default long touch(byte[]... keys) {
        return request("TOUCH").addAll(keys).integer();
    }

    /** Its type: string, list, set, zset, hash, stream, or none. */
    default String type(String key) {
        return request("TYPE").add(key).status();
    }

    /** {@link #type(String)} with bytes. */
    default String type(byte[] key) {
        return request("TYPE").add(key).status();
    }

    /** Gives a key another name, which it takes from whoever has it. */
    default String rename(String key, String newKey) {
        return request("RENAME").add(key).add(newKey).status();
    }

    /** {@link #rename(String, String)} with bytes. */
    default String rename(byte[] key, byte[] newKey) {
        return request("RENAME").add(key).add(newKey).status();
    }

    /** The same unless the name is taken; 1 when it was free. */
    default long renamenx(String key, String newKey) {
        return request("RENAMENX").add(key).add(newKey).integer();
    }

    /** {@link #renamenx(String, String)} with bytes. */
    default long renamenx(byte[] key, byte[] newKey) {
        return request("RENAMENX").add(key).add(newKey).integer();
    }

    /** Copies a value; whether it was copied. */
    default boolean copy(String source, String destination, boolean replace) {
        return request("COPY").add(source).add(destination).add(Flags.replace(replace)).flag();
    }

    /** {@link #copy(String, String, boolean)} with bytes. */
    default boolean copy(byte[] source, byte[] destination, boolean replace) {
        return request("COPY").add(source).add(destination).add(Flags.replace(replace)).flag();
    }

    /** Moves a key to another database; 1 when it was moved. */
    default long move(String key, int database) {
        return request("MOVE").add(key).add(database).integer();
    }

    /** {@link #move(String, int)} with bytes. */
    default long move(byte[] key, int database) {
        return request("MOVE").add(key).add(database).integer();
    }

    /** Any key; null in an empty database. */
    default String randomKey() {
        return request("RANDOMKEY").text();
    }

    /** Any key; null in an empty database. */
    default byte[] randomBinaryKey() {
        return request("RANDOMKEY").bytes();
    }

    /** All keys that match a glob-style pattern; looks at every key. */
    default Set<String> keys(String pattern) {
        return request("KEYS").add(pattern).textSet();
    }

    /** {@link #keys(String)} with bytes. */
    default List<byte[]> keys(byte[] pattern) {
        return request("KEYS").add(pattern).byteArrays();
    }

    /** A step of a walk over all keys, which begins and ends with cursor "0". */
    default ScanResult<String> scan(String cursor) {
        return request("SCAN").add(cursor).as(Decoders.SCANNED_TEXTS);
    }

    /** A step of a walk over all keys, which begins and ends with cursor "0". */
    default ScanResult<byte[]> scanBytes(String cursor) {
        return request("SCAN").add(cursor).as(Decoders.SCANNED_BYTES);
    }

    /** The same with a pattern, a type, a size of steps. */
    default ScanResult<String> scan(String cursor, ScanParams params) {
        return request("SCAN").add(cursor).add(params).as(Decoders.SCANNED_TEXTS);
    }

    /** The same with a pattern, a type, a size of steps. */
    default ScanResult<byte[]> scanBytes(String cursor, ScanParams params) {
        return request("SCAN").add(cursor).add(params).as(Decoders.SCANNED_BYTES);
    }

    /** Lets a key end after so many seconds; whether it exists. */
    default boolean expire(String key, long seconds) {
        return request("EXPIRE").add(key).add(seconds).flag();
    }

    /** {@link #expire(String, long)} with bytes. */
    default boolean expire(byte[] key, long seconds) {
        return request("EXPIRE").add(key).add(seconds).flag();
    }

    /** The same under a condition; whether it was met. */
    default boolean expire(String key, long seconds, ExpiryOption option) {
        return request("EXPIRE").add(key).add(seconds).add(option).flag();
    }

    /** {@link #expire(String, long, ExpiryOption)} with bytes. */
    default boolean expire(byte[] key, long seconds, ExpiryOption option) {
        return request("EXPIRE").add(key).add(seconds).add(option).flag();
    }

    /** Lets a key end after so many milliseconds; whether it exists. */
    default boolean pexpire(String key, long milliseconds) {
        return request("PEXPIRE").add(key).add(milliseconds).flag();
    }

    /** {@link #pexpire(String, long)} with bytes. */
    default boolean pexpire(byte[] key, long milliseconds) {
        return request("PEXPIRE").add(key).add(milliseconds).flag();
    }

    /** The same under a condition; whether it was met. */
    default boolean pexpire(String key, long milliseconds, ExpiryOption option) {
        return request("PEXPIRE").add(key).add(milliseconds).add(option).flag();
    }

    /** {@link #pexpire(String, long, ExpiryOption)} with bytes. */
    default boolean pexpire(byte[] key, long milliseconds, ExpiryOption option) {
        return request("PEXPIRE").add(key).add(milliseconds).add(option).flag();
    }

    /** Lets a key end at a time, seconds since the epoch; whether it exists. */
    default boolean expireAt(String key, long unixTime) {
        return request("EXPIREAT").add(key).add(unixTime).flag();
    }

    /** {@link #expireAt(String, long)} with bytes. */
    default boolean expireAt(byte[] key, long unixTime) {
        return request("EXPIREAT").add(key).add(unixTime).flag();
    }

    /** The same in milliseconds since the epoch. */
    default boolean pexpireAt(String key, long millisecondsTimestamp) {
        return request("PEXPIREAT").add(key).add(millisecondsTimestamp).flag();
    }

    /** {@link #pexpireAt(String, long)} with bytes. */
    default boolean pexpireAt(byte[] key, long millisecondsTimestamp) {
        return request("PEXPIREAT").add(key).add(millisecondsTimestamp).flag();
    }

    /** When a key ends, seconds since the epoch; -1 never, -2 without the key. */
    default long expireTime(String key) {
        return request("EXPIRETIME").add(key).integer();
    }

    /** {@link #expireTime(String)} with bytes. */
    default long expireTime(byte[] key) {
        return request("EXPIRETIME").add(key).integer();
    }

    /** The same in milliseconds. */
    default long pexpireTime(String key) {
        return request("PEXPIRETIME").add(key).integer();
    }

    /** {@link #pexpireTime(String)} with bytes. */
    default long pexpireTime(byte[] key) {
        return request("PEXPIRETIME").add(key).integer();
    }

    /** Seconds until a key ends; -1 never, -2 without the key. */
    default long ttl(String key) {
        return request("TTL").add(key).integer();
    }

    /** {@link #ttl(String)} with bytes. */
    default long ttl(byte[] key) {
        return request("TTL").add(key).integer();
    }

    /** The same in milliseconds. */
    default long pttl(String key) {
        return request("PTTL").add(key).integer();
    }

    /** {@link #pttl(String)} with bytes. */
    default long pttl(byte[] key) {
        return request("PTTL").add(key).integer();
    }

    /** Takes the time to live away; whether there was one. */
    default boolean persist(String key) {
        return request("PERSIST").add(key).flag();
    }

    /** {@link #persist(String)} with bytes. */
    default boolean persist(byte[] key) {
        return request("PERSIST").add(key).flag();
    }

    /** The value in Redis' own serialisation; null without the key. */
    default byte[] dump(String key) {
        return request("DUMP").add(key).bytes();
    }

    /** {@link #dump(String)} with bytes. */
    default byte[] dump(byte[] key) {
        return request("DUMP").add(key).bytes();
    }

    /** Makes a key of a serialised value; ttl in milliseconds, 0 for none. */
    default String restore(String key, long ttl, byte[] serialized) {
        return request("RESTORE").add(key).add(ttl).add(serialized).status();
    }

    /** {@link #restore(String, long, byte[])} with bytes. */
    default String restore(byte[] key, long ttl, byte[] serialized) {
        return request("RESTORE").add(key).add(ttl).add(serialized).status();
    }

    /** The same with conditions. */
    default String restore(String key, long ttl, byte[] serialized, RestoreParams params) {
        return request("RESTORE").add(key).add(ttl).add(serialized).add(params).status();
    }

    /** {@link #restore(String, long, byte[], RestoreParams)} with bytes. */
    default String restore(byte[] key, long ttl, byte[] serialized, RestoreParams params) {
        return request("RESTORE").add(key).add(ttl).add(serialized).add(params).status();
    }

    /** The elements of a list, set or sorted set, as numbers in order. */
    default List<String> sort(String key) {
        return request("SORT").add(key).texts();
    }

    /** {@link #sort(String)} with bytes. */
    default List<byte[]> sort(byte[] key) {
        return request("SORT").add(key).byteArrays();
    }

    /** The same with a pattern to sort by, values to get, a limit. */
    default List<String> sort(String key, SortParams params) {
        return request("SORT").add(key).add(params).texts();
    }

    /** {@link #sort(String, SortParams)} with bytes. */
    default List<byte[]> sort(byte[] key, SortParams params) {
        return request("SORT").add(key).add(params).byteArrays();
    }

    /** The same, stored as a list; its length. */
    default long sort(String key, SortParams params, String destination) {
        return request("SORT").add(key).add(params).add("STORE").add(destination).integer();
    }

    /** {@link #sort(String, SortParams, String)} with bytes. */
    default long sort(byte[] key, SortParams params, byte[] destination) {
        return request("SORT").add(key).add(params).add("STORE").add(destination).integer();
    }

    /** The same where nothing may be stored. */
    default List<String> sortReadonly(String key, SortParams params) {
        return request("SORT_RO").add(key).add(params).texts();
    }

    /** {@link #sortReadonly(String, SortParams)} with bytes. */
    default List<byte[]> sortReadonly(byte[] key, SortParams params) {
        return request("SORT_RO").add(key).add(params).byteArrays();
    }

    /** How the value is kept, as Redis would name it. */
    default String objectEncoding(String key) {
        return request("OBJECT").add("ENCODING").add(key).text();
    }

    /** {@link #objectEncoding(String)} with bytes. */
    default byte[] objectEncoding(byte[] key) {
        return request("OBJECT").add("ENCODING").add(key).bytes();
    }

    /** Always 1; null without the key. */
    default Long objectRefcount(String key) {
        return request("OBJECT").add("REFCOUNT").add(key).as(Decoders.INTEGER);
    }

    /** {@link #objectRefcount(String)} with bytes. */
    default Long objectRefcount(byte[] key) {
        return request("OBJECT").add("REFCOUNT").add(key).as(Decoders.INTEGER);
    }

    /** Seconds since the last access; null without the key. */
    default Long objectIdletime(String key) {
        return request("OBJECT").add("IDLETIME").add(key).as(Decoders.INTEGER);
    }

    /** {@link #objectIdletime(String)} with bytes. */
    default Long objectIdletime(byte[] key) {
        return request("OBJECT").add("IDLETIME").add(key).as(Decoders.INTEGER);
    }

    /** The logarithmic access counter, under an LFU policy. */
    default Long objectFreq(String key) {
        return request("OBJECT").add("FREQ").add(key).as(Decoders.INTEGER);
    }

    /** {@link #objectFreq(String)} with bytes. */
    default Long objectFreq(byte[] key) {
        return request("OBJECT").add("FREQ").add(key).as(Decoders.INTEGER);
    }
}
