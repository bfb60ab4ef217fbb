package io.releve.embedded;

import java.util.List;
import java.util.Map;

/** Commands on sorted sets (redis.io, group sorted-set): changing them, asking for single members, taking members. */
public interface SortedSetCommands extends Requests {
    /** Adds a member or changes its score; 1 when it is new. */
    default long zadd(String key, double score, String member) {
        return request("ZADD").add(key).add(score).add(member).integer();
    }

    /** {@link #zadd(String, double, String)} with bytes. */
    default long zadd(byte[] key, double score, byte[] member) {
        return request("ZADD").add(key).add(score).add(member).integer();
    }

    /** The same under conditions. */
    default long zadd(String key, double score, String member, ZAddParams params) {
        return request("ZADD").add(key).add(params).add(score).add(member).integer();
    }

    /** {@link #zadd(String, double, String, ZAddParams)} with bytes. */
    default long zadd(byte[] key, double score, byte[] member, ZAddParams params) {
        return request("ZADD").add(key).add(params).add(score).add(member).integer();
    }

    /** Adds members with their scores; how many are new. */
    default long zadd(String key, Map<String, Double> scoreMembers) {
        return request("ZADD").add(key).addScores(scoreMembers).integer();
    }

    /** {@link #zadd(String, Map)} with bytes. */
    default long zadd(byte[] key, Map<byte[], Double> scoreMembers) {
        return request("ZADD").add(key).addScores(scoreMembers).integer();
    }

    /** The same under conditions. */
    default long zadd(String key, Map<String, Double> scoreMembers, ZAddParams params) {
        return request("ZADD").add(key).add(params).addScores(scoreMembers).integer();
    }

    /** {@link #zadd(String, Map, ZAddParams)} with bytes. */
    default long zadd(byte[] key, Map<byte[], Double> scoreMembers, ZAddParams params) {
        return request("ZADD").add(key).add(params).addScores(scoreMembers).integer();
    }

    /** Adds to a score under conditions; the score afterwards, null when one was not met. */
    default Double zaddIncr(String key, double score, String member, ZAddParams params) {
        return request("ZADD").add(key).add(params).add("INCR").add(score).add(member).as(Decoders.DECIMAL);
    }

    /** {@link #zaddIncr(String, double, String, ZAddParams)} with bytes. */
    default Double zaddIncr(byte[] key, double score, byte[] member, ZAddParams params) {
        return request("ZADD").add(key).add(params).add("INCR").add(score).add(member).as(Decoders.DECIMAL);
    }

    /** Adds to a score; the score afterwards. */
    default double zincrby(String key, double increment, String member) {
        return request("ZINCRBY").add(key).add(increment).add(member).decimal();
    }

    /** {@link #zincrby(String, double, String)} with bytes. */
    default double zincrby(byte[] key, double increment, byte[] member) {
        return request("ZINCRBY").add(key).add(increment).add(member).decimal();
    }

    /** Removes members; how many there were. */
    default long zrem(String key, String... members) {
        return request("ZREM").add(key).addAll(members).integer();
    }

    /** {@link #zrem(String, String...)} with bytes. */
    default long zrem(byte[] key, byte[]... members) {
        return request("ZREM").add(key).addAll(members).integer();
    }

    /** Number of members. */
    default long zcard(String key) {
        return request("ZCARD").add(key).integer();
    }

    /** {@link #zcard(String)} with bytes. */
    default long zcard(byte[] key) {
        return request("ZCARD").add(key).integer();
    }

    /** The score of a member; null when it is none. */
    default Double zscore(String key, String member) {
        return request("ZSCORE").add(key).add(member).as(Decoders.DECIMAL);
    }

    /** {@link #zscore(String, String)} with bytes. */
    default Double zscore(byte[] key, byte[] member) {
        return request("ZSCORE").add(key).add(member).as(Decoders.DECIMAL);
    }

    /** The scores of several members, null for those that are none. */
    default List<Double> zmscore(String key, String... members) {
        return request("ZMSCORE").add(key).addAll(members).as(Decoders.DECIMALS);
    }

    /** {@link #zmscore(String, String...)} with bytes. */
    default List<Double> zmscore(byte[] key, byte[]... members) {
        return request("ZMSCORE").add(key).addAll(members).as(Decoders.DECIMALS);
    }

    /** Place of a member, from 0 for the lowest score; null when it is none. */
    default Long zrank(String key, String member) {
        return request("ZRANK").add(key).add(member).as(Decoders.INTEGER);
    }

    /** {@link #zrank(String, String)} with bytes. */
    default Long zrank(byte[] key, byte[] member) {
        return request("ZRANK").add(key).add(member).as(Decoders.INTEGER);
    }

    /** Place of a member, from 0 for the highest score; null when it is none. */
    default Long zrevrank(String key, String member) {
        return request("ZREVRANK").add(key).add(member).as(Decoders.INTEGER);
    }

    /** {@link #zrevrank(String, String)} with bytes. */
    default Long zrevrank(byte[] key, byte[] member) {
        return request("ZREVRANK").add(key).add(member).as(Decoders.INTEGER);
    }

    /** Number of members with scores from min to max, both included. */
    default long zcount(String key, double min, double max) {
        return request("ZCOUNT").add(key).add(min).add(max).integer();
    }

    /** {@link #zcount(String, double, double)} with bytes. */
    default long zcount(byte[] key, double min, double max) {
        return request("ZCOUNT").add(key).add(min).add(max).integer();
    }

    /** The same with bounds as Redis writes them: {@code (1} for more than 1. */
    default long zcount(String key, String min, String max) {
        return request("ZCOUNT").add(key).add(min).add(max).integer();
    }

    /** {@link #zcount(String, String, String)} with bytes. */
    default long zcount(byte[] key, String min, String max) {
        return request("ZCOUNT").add(key).add(min).add(max).integer();
    }

    /** Number of members from {@code [min} to {@code [max} among equal scores. */
    default long zlexcount(String key, String min, String max) {
        return request("ZLEXCOUNT").add(key).add(min).add(max).integer();
    }

    /** {@link #zlexcount(String, String, String)} with bytes. */
    default long zlexcount(byte[] key, byte[] min, byte[] max) {
        return request("ZLEXCOUNT").add(key).add(min).add(max).integer();
    }

    /** Takes the member with the lowest score; null without one. */
    default Scored<String> zpopmin(String key) {
        return request("ZPOPMIN").add(key).as(Decoders.first(Decoders.SCORED_TEXTS));
    }

    /** {@link #zpopmin(String)} with bytes. */
    default Scored<byte[]> zpopmin(byte[] key) {
        return request("ZPOPMIN").add(key).as(Decoders.first(Decoders.SCORED_BYTES));
    }

    /** Takes members with the lowest scores. */
    default List<Scored<String>> zpopmin(String key, int count) {
        return request("ZPOPMIN").add(key).add(count).as(Decoders.SCORED_TEXTS);
    }

    /** {@link #zpopmin(String, int)} with bytes. */
    default List<Scored<byte[]>> zpopmin(byte[] key, int count) {
        return request("ZPOPMIN").add(key).add(count).as(Decoders.SCORED_BYTES);
    }

    /** Takes the member with the highest score; null without one. */
    default Scored<String> zpopmax(String key) {
        return request("ZPOPMAX").add(key).as(Decoders.first(Decoders.SCORED_TEXTS));
    }

    /** {@link #zpopmax(String)} with bytes. */
    default Scored<byte[]> zpopmax(byte[] key) {
        return request("ZPOPMAX").add(key).as(Decoders.first(Decoders.SCORED_BYTES));
    }

    /** Takes members with the highest scores. */
    default List<Scored<String>> zpopmax(String key, int count) {
        return request("ZPOPMAX").add(key).add(count).as(Decoders.SCORED_TEXTS);
    }

    /** {@link #zpopmax(String, int)} with bytes. */
    default List<Scored<byte[]>> zpopmax(byte[] key, int count) {
        return request("ZPOPMAX").add(key).add(count).as(Decoders.SCORED_BYTES);
    }

    /** Takes a member of the first sorted set that has one, with the key; null without. */
    default Map.Entry<String, List<Scored<String>>> zmpop(SortedSetOption option, String... keys) {
        return request("ZMPOP").add(keys.length).addAll(keys).add(option).as(Decoders.KEYED_SCORED_TEXTS);
    }

    /** {@link #zmpop(SortedSetOption, String...)} with bytes. */
    default Map.Entry<byte[], List<Scored<byte[]>>> zmpop(SortedSetOption option, byte[]... keys) {
        return request("ZMPOP").add(keys.length).addAll(keys).add(option).as(Decoders.KEYED_SCORED_BYTES);
    }

    /** The same for several members. */
    default Map.Entry<String, List<Scored<String>>> zmpop(SortedSetOption option, int count, String... keys) {
        return request("ZMPOP").add(keys.length).addAll(keys).add(option).add("COUNT")
                .add(count).as(Decoders.KEYED_SCORED_TEXTS);
    }

    /** {@link #zmpop(SortedSetOption, int, String...)} with bytes. */
    default Map.Entry<byte[], List<Scored<byte[]>>> zmpop(SortedSetOption option, int count, byte[]... keys) {
        return request("ZMPOP").add(keys.length).addAll(keys).add(option).add("COUNT")
                .add(count).as(Decoders.KEYED_SCORED_BYTES);
    }

    /**
     * Waits for a member and takes the one with the lowest score, with the key; null when time is over. Can be interrupted.
     */
    default Map.Entry<String, Scored<String>> bzpopmin(double seconds, String... keys) {
        return request("BZPOPMIN").addAll(keys).add(seconds).as(Decoders.popped(Decoders.TEXT));
    }

    /** {@link #bzpopmin(double, String...)} with bytes. */
    default Map.Entry<byte[], Scored<byte[]>> bzpopmin(double seconds, byte[]... keys) {
        return request("BZPOPMIN").addAll(keys).add(seconds).as(Decoders.popped(Decoders.BYTES));
    }

    /** The same with the highest score. */
    default Map.Entry<String, Scored<String>> bzpopmax(double seconds, String... keys) {
        return request("BZPOPMAX").addAll(keys).add(seconds).as(Decoders.popped(Decoders.TEXT));
    }

    /** {@link #bzpopmax(double, String...)} with bytes. */
    default Map.Entry<byte[], Scored<byte[]>> bzpopmax(double seconds, byte[]... keys) {
        return request("BZPOPMAX").addAll(keys).add(seconds).as(Decoders.popped(Decoders.BYTES));
    }

    /** {@code zmpop} that waits. */
    default Map.Entry<String, List<Scored<String>>> bzmpop(double seconds, SortedSetOption option, String... keys) {
        return request("BZMPOP").add(seconds).add(keys.length).addAll(keys).add(option).as(Decoders.KEYED_SCORED_TEXTS);
    }

    /** {@link #bzmpop(double, SortedSetOption, String...)} with bytes. */
    default Map.Entry<byte[], List<Scored<byte[]>>> bzmpop(double seconds, SortedSetOption option, byte[]... keys) {
        return request("BZMPOP").add(seconds).add(keys.length).addAll(keys).add(option).as(Decoders.KEYED_SCORED_BYTES);
    }

    /** Any member; null without one. */
    default String zrandmember(String key) {
        return request("ZRANDMEMBER").add(key).text();
    }

    /** {@link #zrandmember(String)} with bytes. */
    default byte[] zrandmember(byte[] key) {
        return request("ZRANDMEMBER").add(key).bytes();
    }

    /** Several different members, or with a negative count any, repeated ones too. */
    default List<String> zrandmember(String key, long count) {
        return request("ZRANDMEMBER").add(key).add(count).texts();
    }

    /** {@link #zrandmember(String, long)} with bytes. */
    default List<byte[]> zrandmember(byte[] key, long count) {
        return request("ZRANDMEMBER").add(key).add(count).byteArrays();
    }

    /** The same with their scores. */
    default List<Scored<String>> zrandmemberWithScores(String key, long count) {
        return request("ZRANDMEMBER").add(key).add(count).add("WITHSCORES").as(Decoders.SCORED_TEXTS);
    }

    /** {@link #zrandmemberWithScores(String, long)} with bytes. */
    default List<Scored<byte[]>> zrandmemberWithScores(byte[] key, long count) {
        return request("ZRANDMEMBER").add(key).add(count).add("WITHSCORES").as(Decoders.SCORED_BYTES);
    }

    /** A step of a walk over all members. */
    default ScanResult<Scored<String>> zscan(String key, String cursor) {
        return request("ZSCAN").add(key).add(cursor).as(Decoders.scanned(Decoders.SCORED_TEXTS));
    }

    /** {@link #zscan(String, String)} with bytes. */
    default ScanResult<Scored<byte[]>> zscan(byte[] key, String cursor) {
        return request("ZSCAN").add(key).add(cursor).as(Decoders.scanned(Decoders.SCORED_BYTES));
    }

    /** The same with a pattern, a size of steps. */
    default ScanResult<Scored<String>> zscan(String key, String cursor, ScanParams params) {
        return request("ZSCAN").add(key).add(cursor).add(params).as(Decoders.scanned(Decoders.SCORED_TEXTS));
    }

    /** {@link #zscan(String, String, ScanParams)} with bytes. */
    default ScanResult<Scored<byte[]>> zscan(byte[] key, String cursor, ScanParams params) {
        return request("ZSCAN").add(key).add(cursor).add(params).as(Decoders.scanned(Decoders.SCORED_BYTES));
    }
}
