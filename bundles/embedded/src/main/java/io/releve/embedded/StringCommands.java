package io.releve.embedded;

import java.util.List;

/** Commands on strings (redis.io, group string). Numbers in strings are decimal. */
public interface StringCommands extends Requests {
    /** The value of a key; null when there is none. */
    default String get(String key) {
        return request("GET").add(key).text();
    }

    /** {@link #get(String)} with bytes. */
    default byte[] get(byte[] key) {
        return request("GET").add(key).bytes();
    }

    /** Sets a key to a string, whatever it was; its time to live is gone. */
    default String set(String key, String value) {
        return request("SET").add(key).add(value).status();
    }

    /** {@link #set(String, String)} with bytes. */
    default String set(byte[] key, byte[] value) {
        return request("SET").add(key).add(value).status();
    }

    /** Sets a key under conditions and with a time to live; null when a condition was not met. */
    default String set(String key, String value, SetParams params) {
        return request("SET").add(key).add(value).add(params).status();
    }

    /** {@link #set(String, String, SetParams)} with bytes. */
    default String set(byte[] key, byte[] value, SetParams params) {
        return request("SET").add(key).add(value).add(params).status();
    }

    /** The same, and returns what was there before; null when there was nothing. */
    default String setGet(String key, String value, SetParams params) {
        return request("SET").add(key).add(value).add("GET").add(params).text();
    }

    /** {@link #setGet(String, String, SetParams)} with bytes. */
    default byte[] setGet(byte[] key, byte[] value, SetParams params) {
        return request("SET").add(key).add(value).add("GET").add(params).bytes();
    }

    /** Sets a key and returns what was there before; null when there was nothing. */
    default String setGet(String key, String value) {
        return request("SET").add(key).add(value).add("GET").text();
    }

    /** {@link #setGet(String, String)} with bytes. */
    default byte[] setGet(byte[] key, byte[] value) {
        return request("SET").add(key).add(value).add("GET").bytes();
    }

    /** Sets a key and returns what was there before; deprecated in Redis, see {@code setGet}. */
    default String getSet(String key, String value) {
        return request("GETSET").add(key).add(value).text();
    }

    /** {@link #getSet(String, String)} with bytes. */
    default byte[] getSet(byte[] key, byte[] value) {
        return request("GETSET").add(key).add(value).bytes();
    }

    /** Returns the value of a key and removes it. */
    default String getDel(String key) {
        return request("GETDEL").add(key).text();
    }

    /** {@link #getDel(String)} with bytes. */
    default byte[] getDel(byte[] key) {
        return request("GETDEL").add(key).bytes();
    }

    /** Returns the value of a key and changes its time to live. */
    default String getEx(String key, GetExParams params) {
        return request("GETEX").add(key).add(params).text();
    }

    /** {@link #getEx(String, GetExParams)} with bytes. */
    default byte[] getEx(byte[] key, GetExParams params) {
        return request("GETEX").add(key).add(params).bytes();
    }

    /** Sets a key with a time to live in seconds. */
    default String setex(String key, long seconds, String value) {
        return request("SETEX").add(key).add(seconds).add(value).status();
    }

    /** {@link #setex(String, long, String)} with bytes. */
    default String setex(byte[] key, long seconds, byte[] value) {
        return request("SETEX").add(key).add(seconds).add(value).status();
    }

    /** Sets a key with a time to live in milliseconds. */
    default String psetex(String key, long milliseconds, String value) {
        return request("PSETEX").add(key).add(milliseconds).add(value).status();
    }

    /** {@link #psetex(String, long, String)} with bytes. */
    default String psetex(byte[] key, long milliseconds, byte[] value) {
        return request("PSETEX").add(key).add(milliseconds).add(value).status();
    }

    /** Sets a key if it does not exist; 1 when it did not. */
    default long setnx(String key, String value) {
        return request("SETNX").add(key).add(value).integer();
    }

    /** {@link #setnx(String, String)} with bytes. */
    default long setnx(byte[] key, byte[] value) {
        return request("SETNX").add(key).add(value).integer();
    }

    /** The values of several keys, null for those that are missing or no strings. */
    default List<String> mget(String... keys) {
        return request("MGET").addAll(keys).texts();
    }

    /** {@link #mget(String...)} with bytes. */
    default List<byte[]> mget(byte[]... keys) {
        return request("MGET").addAll(keys).byteArrays();
    }

    /** Sets several keys, given with their values in turn. */
    default String mset(String... keysvalues) {
        return request("MSET").addAll(keysvalues).status();
    }

    /** {@link #mset(String...)} with bytes. */
    default String mset(byte[]... keysvalues) {
        return request("MSET").addAll(keysvalues).status();
    }

    /** Sets several keys if none of them exists; 1 when none did. */
    default long msetnx(String... keysvalues) {
        return request("MSETNX").addAll(keysvalues).integer();
    }

    /** {@link #msetnx(String...)} with bytes. */
    default long msetnx(byte[]... keysvalues) {
        return request("MSETNX").addAll(keysvalues).integer();
    }

    /** Adds 1; the number afterwards. */
    default long incr(String key) {
        return request("INCR").add(key).integer();
    }

    /** {@link #incr(String)} with bytes. */
    default long incr(byte[] key) {
        return request("INCR").add(key).integer();
    }

    /** Adds a number; the number afterwards. */
    default long incrBy(String key, long increment) {
        return request("INCRBY").add(key).add(increment).integer();
    }

    /** {@link #incrBy(String, long)} with bytes. */
    default long incrBy(byte[] key, long increment) {
        return request("INCRBY").add(key).add(increment).integer();
    }

    /** Adds a decimal number; the number afterwards. */
    default double incrByFloat(String key, double increment) {
        return request("INCRBYFLOAT").add(key).add(increment).decimal();
    }

    /** {@link #incrByFloat(String, double)} with bytes. */
    default double incrByFloat(byte[] key, double increment) {
        return request("INCRBYFLOAT").add(key).add(increment).decimal();
    }

    /** Subtracts 1; the number afterwards. */
    default long decr(String key) {
        return request("DECR").add(key).integer();
    }

    /** {@link #decr(String)} with bytes. */
    default long decr(byte[] key) {
        return request("DECR").add(key).integer();
    }

    /** Subtracts a number; the number afterwards. */
    default long decrBy(String key, long decrement) {
        return request("DECRBY").add(key).add(decrement).integer();
    }

    /** {@link #decrBy(String, long)} with bytes. */
    default long decrBy(byte[] key, long decrement) {
        return request("DECRBY").add(key).add(decrement).integer();
    }

    /** Appends to a string; its length in bytes afterwards. */
    default long append(String key, String value) {
        return request("APPEND").add(key).add(value).integer();
    }

    /** {@link #append(String, String)} with bytes. */
    default long append(byte[] key, byte[] value) {
        return request("APPEND").add(key).add(value).integer();
    }

    /** The length in bytes. */
    default long strlen(String key) {
        return request("STRLEN").add(key).integer();
    }

    /** {@link #strlen(String)} with bytes. */
    default long strlen(byte[] key) {
        return request("STRLEN").add(key).integer();
    }

    /** The bytes from start to end, both included; negative ones count from the end. */
    default String getrange(String key, long start, long end) {
        return request("GETRANGE").add(key).add(start).add(end).text();
    }

    /** {@link #getrange(String, long, long)} with bytes. */
    default byte[] getrange(byte[] key, long start, long end) {
        return request("GETRANGE").add(key).add(start).add(end).bytes();
    }

    /** Overwrites a part, from an offset in bytes; the length afterwards. */
    default long setrange(String key, long offset, String value) {
        return request("SETRANGE").add(key).add(offset).add(value).integer();
    }

    /** {@link #setrange(String, long, String)} with bytes. */
    default long setrange(byte[] key, long offset, byte[] value) {
        return request("SETRANGE").add(key).add(offset).add(value).integer();
    }

    /** The longest common subsequence of two strings. */
    default String lcs(String keyA, String keyB) {
        return request("LCS").add(keyA).add(keyB).text();
    }

    /** {@link #lcs(String, String)} with bytes. */
    default byte[] lcs(byte[] keyA, byte[] keyB) {
        return request("LCS").add(keyA).add(keyB).bytes();
    }

    /** Its length. */
    default long lcsLen(String keyA, String keyB) {
        return request("LCS").add(keyA).add(keyB).add("LEN").integer();
    }

    /** {@link #lcsLen(String, String)} with bytes. */
    default long lcsLen(byte[] keyA, byte[] keyB) {
        return request("LCS").add(keyA).add(keyB).add("LEN").integer();
    }
}
