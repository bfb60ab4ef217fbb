package io.releve.embedded;

import java.util.List;
import java.util.Map;

/** Commands on lists (redis.io, group list). Places count from 0, negative ones from the end. */
public interface ListCommands extends Requests {
    /** Puts elements in front, one after the other; the length afterwards. */
    default long lpush(String key, String... elements) {
        return request("LPUSH").add(key).addAll(elements).integer();
    }

    /** {@link #lpush(String, String...)} with bytes. */
    default long lpush(byte[] key, byte[]... elements) {
        return request("LPUSH").add(key).addAll(elements).integer();
    }

    /** Appends elements; the length afterwards. */
    default long rpush(String key, String... elements) {
        return request("RPUSH").add(key).addAll(elements).integer();
    }

    /** {@link #rpush(String, String...)} with bytes. */
    default long rpush(byte[] key, byte[]... elements) {
        return request("RPUSH").add(key).addAll(elements).integer();
    }

    /** The same if there is a list already. */
    default long lpushx(String key, String... elements) {
        return request("LPUSHX").add(key).addAll(elements).integer();
    }

    /** {@link #lpushx(String, String...)} with bytes. */
    default long lpushx(byte[] key, byte[]... elements) {
        return request("LPUSHX").add(key).addAll(elements).integer();
    }

    /** The same if there is a list already. */
    default long rpushx(String key, String... elements) {
        return request("RPUSHX").add(key).addAll(elements).integer();
    }

    /** {@link #rpushx(String, String...)} with bytes. */
    default long rpushx(byte[] key, byte[]... elements) {
        return request("RPUSHX").add(key).addAll(elements).integer();
    }

    /** Takes the first element; null without one. */
    default String lpop(String key) {
        return request("LPOP").add(key).text();
    }

    /** {@link #lpop(String)} with bytes. */
    default byte[] lpop(byte[] key) {
        return request("LPOP").add(key).bytes();
    }

    /** Takes the first elements; null without the key. */
    default List<String> lpop(String key, int count) {
        return request("LPOP").add(key).add(count).texts();
    }

    /** {@link #lpop(String, int)} with bytes. */
    default List<byte[]> lpop(byte[] key, int count) {
        return request("LPOP").add(key).add(count).byteArrays();
    }

    /** Takes the last element; null without one. */
    default String rpop(String key) {
        return request("RPOP").add(key).text();
    }

    /** {@link #rpop(String)} with bytes. */
    default byte[] rpop(byte[] key) {
        return request("RPOP").add(key).bytes();
    }

    /** Takes the last elements, the last first; null without the key. */
    default List<String> rpop(String key, int count) {
        return request("RPOP").add(key).add(count).texts();
    }

    /** {@link #rpop(String, int)} with bytes. */
    default List<byte[]> rpop(byte[] key, int count) {
        return request("RPOP").add(key).add(count).byteArrays();
    }

    /** Number of elements. */
    default long llen(String key) {
        return request("LLEN").add(key).integer();
    }

    /** {@link #llen(String)} with bytes. */
    default long llen(byte[] key) {
        return request("LLEN").add(key).integer();
    }

    /** The elements from start to stop, both included. */
    default List<String> lrange(String key, long start, long stop) {
        return request("LRANGE").add(key).add(start).add(stop).texts();
    }

    /** {@link #lrange(String, long, long)} with bytes. */
    default List<byte[]> lrange(byte[] key, long start, long stop) {
        return request("LRANGE").add(key).add(start).add(stop).byteArrays();
    }

    /** The element at a place; null without one. */
    default String lindex(String key, long index) {
        return request("LINDEX").add(key).add(index).text();
    }

    /** {@link #lindex(String, long)} with bytes. */
    default byte[] lindex(byte[] key, long index) {
        return request("LINDEX").add(key).add(index).bytes();
    }

    /** Replaces the element at a place. */
    default String lset(String key, long index, String element) {
        return request("LSET").add(key).add(index).add(element).status();
    }

    /** {@link #lset(String, long, String)} with bytes. */
    default String lset(byte[] key, long index, byte[] element) {
        return request("LSET").add(key).add(index).add(element).status();
    }

    /** Removes elements equal to one: count from the front, -count from the end, 0 all; how many. */
    default long lrem(String key, long count, String element) {
        return request("LREM").add(key).add(count).add(element).integer();
    }

    /** {@link #lrem(String, long, String)} with bytes. */
    default long lrem(byte[] key, long count, byte[] element) {
        return request("LREM").add(key).add(count).add(element).integer();
    }

    /** Keeps the elements from start to stop. */
    default String ltrim(String key, long start, long stop) {
        return request("LTRIM").add(key).add(start).add(stop).status();
    }

    /** {@link #ltrim(String, long, long)} with bytes. */
    default String ltrim(byte[] key, long start, long stop) {
        return request("LTRIM").add(key).add(start).add(stop).status();
    }

    /** Inserts before or after an element; the length afterwards, -1 without that element. */
    default long linsert(String key, ListPosition where, String pivot, String element) {
        return request("LINSERT").add(key).add(where).add(pivot).add(element).integer();
    }

    /** {@link #linsert(String, ListPosition, String, String)} with bytes. */
    default long linsert(byte[] key, ListPosition where, byte[] pivot, byte[] element) {
        return request("LINSERT").add(key).add(where).add(pivot).add(element).integer();
    }

    /** Place of the first element equal to one; null without. */
    default Long lpos(String key, String element) {
        return request("LPOS").add(key).add(element).as(Decoders.INTEGER);
    }

    /** {@link #lpos(String, String)} with bytes. */
    default Long lpos(byte[] key, byte[] element) {
        return request("LPOS").add(key).add(element).as(Decoders.INTEGER);
    }

    /** The same with a rank and a limit. */
    default Long lpos(String key, String element, LPosParams params) {
        return request("LPOS").add(key).add(element).add(params).as(Decoders.INTEGER);
    }

    /** {@link #lpos(String, String, LPosParams)} with bytes. */
    default Long lpos(byte[] key, byte[] element, LPosParams params) {
        return request("LPOS").add(key).add(element).add(params).as(Decoders.INTEGER);
    }

    /** Places of so many elements equal to one; 0 for all. */
    default List<Long> lpos(String key, String element, LPosParams params, long count) {
        return request("LPOS").add(key).add(element).add(params).add("COUNT").add(count).as(Decoders.INTEGERS);
    }

    /** {@link #lpos(String, String, LPosParams, long)} with bytes. */
    default List<Long> lpos(byte[] key, byte[] element, LPosParams params, long count) {
        return request("LPOS").add(key).add(element).add(params).add("COUNT").add(count).as(Decoders.INTEGERS);
    }

    /** Takes an element from one end and puts it on an end of another list; null without one. */
    default String lmove(String source, String destination, ListDirection from, ListDirection to) {
        return request("LMOVE").add(source).add(destination).add(from).add(to).text();
    }

    /** {@link #lmove(String, String, ListDirection, ListDirection)} with bytes. */
    default byte[] lmove(byte[] source, byte[] destination, ListDirection from, ListDirection to) {
        return request("LMOVE").add(source).add(destination).add(from).add(to).bytes();
    }

    /** The same from the right to the left. */
    default String rpoplpush(String source, String destination) {
        return request("RPOPLPUSH").add(source).add(destination).text();
    }

    /** {@link #rpoplpush(String, String)} with bytes. */
    default byte[] rpoplpush(byte[] source, byte[] destination) {
        return request("RPOPLPUSH").add(source).add(destination).bytes();
    }

    /** Takes an element of the first list that has one, with its key; null without. */
    default Map.Entry<String, List<String>> lmpop(ListDirection direction, String... keys) {
        return request("LMPOP").add(keys.length).addAll(keys).add(direction).as(Decoders.KEYED_TEXTS);
    }

    /** {@link #lmpop(ListDirection, String...)} with bytes. */
    default Map.Entry<byte[], List<byte[]>> lmpop(ListDirection direction, byte[]... keys) {
        return request("LMPOP").add(keys.length).addAll(keys).add(direction).as(Decoders.KEYED_BYTE_ARRAYS);
    }

    /** The same for several elements. */
    default Map.Entry<String, List<String>> lmpop(ListDirection direction, int count, String... keys) {
        return request("LMPOP").add(keys.length).addAll(keys).add(direction).add("COUNT").add(count).as(Decoders.KEYED_TEXTS);
    }

    /** {@link #lmpop(ListDirection, int, String...)} with bytes. */
    default Map.Entry<byte[], List<byte[]>> lmpop(ListDirection direction, int count, byte[]... keys) {
        return request("LMPOP").add(keys.length).addAll(keys).add(direction).add("COUNT")
                .add(count).as(Decoders.KEYED_BYTE_ARRAYS);
    }

    /**
     * Waits for an element of one of the lists and takes the first; null when time is over, 0 for no limit. Can be
     * interrupted.
     */
    default Map.Entry<String, String> blpop(double seconds, String... keys) {
        return request("BLPOP").addAll(keys).add(seconds).as(Decoders.KEYED_TEXT);
    }

    /** {@link #blpop(double, String...)} with bytes. */
    default Map.Entry<byte[], byte[]> blpop(double seconds, byte[]... keys) {
        return request("BLPOP").addAll(keys).add(seconds).as(Decoders.KEYED_BYTES);
    }

    /** The same from the end. */
    default Map.Entry<String, String> brpop(double seconds, String... keys) {
        return request("BRPOP").addAll(keys).add(seconds).as(Decoders.KEYED_TEXT);
    }

    /** {@link #brpop(double, String...)} with bytes. */
    default Map.Entry<byte[], byte[]> brpop(double seconds, byte[]... keys) {
        return request("BRPOP").addAll(keys).add(seconds).as(Decoders.KEYED_BYTES);
    }

    /** {@code lmove} that waits; null when time is over. Can be interrupted. */
    default String blmove(String source, String destination, ListDirection from, ListDirection to, double seconds) {
        return request("BLMOVE").add(source).add(destination).add(from).add(to).add(seconds).text();
    }

    /** {@link #blmove(String, String, ListDirection, ListDirection, double)} with bytes. */
    default byte[] blmove(byte[] source, byte[] destination, ListDirection from, ListDirection to, double seconds) {
        return request("BLMOVE").add(source).add(destination).add(from).add(to).add(seconds).bytes();
    }

    /** {@code rpoplpush} that waits. */
    default String brpoplpush(String source, String destination, int seconds) {
        return request("BRPOPLPUSH").add(source).add(destination).add(seconds).text();
    }

    /** {@link #brpoplpush(String, String, int)} with bytes. */
    default byte[] brpoplpush(byte[] source, byte[] destination, int seconds) {
        return request("BRPOPLPUSH").add(source).add(destination).add(seconds).bytes();
    }

    /** {@code lmpop} that waits. */
    default Map.Entry<String, List<String>> blmpop(double seconds, ListDirection direction, String... keys) {
        return request("BLMPOP").add(seconds).add(keys.length).addAll(keys).add(direction).as(Decoders.KEYED_TEXTS);
    }

    /** {@link #blmpop(double, ListDirection, String...)} with bytes. */
    default Map.Entry<byte[], List<byte[]>> blmpop(double seconds, ListDirection direction, byte[]... keys) {
        return request("BLMPOP").add(seconds).add(keys.length).addAll(keys).add(direction).as(Decoders.KEYED_BYTE_ARRAYS);
    }
}
