package io.releve.embedded;

import java.util.List;

/** Commands on sorted sets (redis.io, group sorted-set): ranges, and several sets together. */
public interface SortedSetRangeCommands extends Requests {
    /** The members from one place to another, both included, by rising scores. */
    default List<String> zrange(String key, long start, long stop) {
        return request("ZRANGE").add(key).add(start).add(stop).texts();
    }

    /** {@link #zrange(String, long, long)} with bytes. */
    default List<byte[]> zrange(byte[] key, long start, long stop) {
        return request("ZRANGE").add(key).add(start).add(stop).byteArrays();
    }

    /** The same with their scores. */
    default List<Scored<String>> zrangeWithScores(String key, long start, long stop) {
        return request("ZRANGE").add(key).add(start).add(stop).add("WITHSCORES").as(Decoders.SCORED_TEXTS);
    }

    /** {@link #zrangeWithScores(String, long, long)} with bytes. */
    default List<Scored<byte[]>> zrangeWithScores(byte[] key, long start, long stop) {
        return request("ZRANGE").add(key).add(start).add(stop).add("WITHSCORES").as(Decoders.SCORED_BYTES);
    }

    /** A range by places, scores or names, in either direction. */
    default List<String> zrange(String key, ZRangeParams params) {
        return request("ZRANGE").add(key).add(params).texts();
    }

    /** {@link #zrange(String, ZRangeParams)} with bytes. */
    default List<byte[]> zrange(byte[] key, ZRangeParams params) {
        return request("ZRANGE").add(key).add(params).byteArrays();
    }

    /** The same with their scores. */
    default List<Scored<String>> zrangeWithScores(String key, ZRangeParams params) {
        return request("ZRANGE").add(key).add(params).add("WITHSCORES").as(Decoders.SCORED_TEXTS);
    }

    /** {@link #zrangeWithScores(String, ZRangeParams)} with bytes. */
    default List<Scored<byte[]>> zrangeWithScores(byte[] key, ZRangeParams params) {
        return request("ZRANGE").add(key).add(params).add("WITHSCORES").as(Decoders.SCORED_BYTES);
    }

    /** The same, stored; its size. */
    default long zrangestore(String destination, String source, ZRangeParams params) {
        return request("ZRANGESTORE").add(destination).add(source).add(params).integer();
    }

    /** {@link #zrangestore(String, String, ZRangeParams)} with bytes. */
    default long zrangestore(byte[] destination, byte[] source, ZRangeParams params) {
        return request("ZRANGESTORE").add(destination).add(source).add(params).integer();
    }

    /** The members from one place to another by falling scores. */
    default List<String> zrevrange(String key, long start, long stop) {
        return request("ZREVRANGE").add(key).add(start).add(stop).texts();
    }

    /** {@link #zrevrange(String, long, long)} with bytes. */
    default List<byte[]> zrevrange(byte[] key, long start, long stop) {
        return request("ZREVRANGE").add(key).add(start).add(stop).byteArrays();
    }

    /** The same with their scores. */
    default List<Scored<String>> zrevrangeWithScores(String key, long start, long stop) {
        return request("ZREVRANGE").add(key).add(start).add(stop).add("WITHSCORES").as(Decoders.SCORED_TEXTS);
    }

    /** {@link #zrevrangeWithScores(String, long, long)} with bytes. */
    default List<Scored<byte[]>> zrevrangeWithScores(byte[] key, long start, long stop) {
        return request("ZREVRANGE").add(key).add(start).add(stop).add("WITHSCORES").as(Decoders.SCORED_BYTES);
    }

    /** The members with scores from min to max, both included. */
    default List<String> zrangeByScore(String key, double min, double max) {
        return request("ZRANGEBYSCORE").add(key).add(min).add(max).texts();
    }

    /** {@link #zrangeByScore(String, double, double)} with bytes. */
    default List<byte[]> zrangeByScore(byte[] key, double min, double max) {
        return request("ZRANGEBYSCORE").add(key).add(min).add(max).byteArrays();
    }

    /** The same with bounds as Redis writes them: {@code (1} for more than 1. */
    default List<String> zrangeByScore(String key, String min, String max) {
        return request("ZRANGEBYSCORE").add(key).add(min).add(max).texts();
    }

    /** {@link #zrangeByScore(String, String, String)} with bytes. */
    default List<byte[]> zrangeByScore(byte[] key, String min, String max) {
        return request("ZRANGEBYSCORE").add(key).add(min).add(max).byteArrays();
    }

    /** The same, some of them. */
    default List<String> zrangeByScore(String key, double min, double max, int offset, int count) {
        return request("ZRANGEBYSCORE").add(key).add(min).add(max).add("LIMIT").add(offset).add(count).texts();
    }

    /** {@link #zrangeByScore(String, double, double, int, int)} with bytes. */
    default List<byte[]> zrangeByScore(byte[] key, double min, double max, int offset, int count) {
        return request("ZRANGEBYSCORE").add(key).add(min).add(max).add("LIMIT").add(offset).add(count).byteArrays();
    }

    /** The same with their scores. */
    default List<Scored<String>> zrangeByScoreWithScores(String key, double min, double max) {
        return request("ZRANGEBYSCORE").add(key).add(min).add(max).add("WITHSCORES").as(Decoders.SCORED_TEXTS);
    }

    /** {@link #zrangeByScoreWithScores(String, double, double)} with bytes. */
    default List<Scored<byte[]>> zrangeByScoreWithScores(byte[] key, double min, double max) {
        return request("ZRANGEBYSCORE").add(key).add(min).add(max).add("WITHSCORES").as(Decoders.SCORED_BYTES);
    }

    /** The members with scores from max down to min. */
    default List<String> zrevrangeByScore(String key, double max, double min) {
        return request("ZREVRANGEBYSCORE").add(key).add(max).add(min).texts();
    }

    /** {@link #zrevrangeByScore(String, double, double)} with bytes. */
    default List<byte[]> zrevrangeByScore(byte[] key, double max, double min) {
        return request("ZREVRANGEBYSCORE").add(key).add(max).add(min).byteArrays();
    }

    /** The same with their scores. */
    default List<Scored<String>> zrevrangeByScoreWithScores(String key, double max, double min) {
        return request("ZREVRANGEBYSCORE").add(key).add(max).add(min).add("WITHSCORES").as(Decoders.SCORED_TEXTS);
    }

    /** {@link #zrevrangeByScoreWithScores(String, double, double)} with bytes. */
    default List<Scored<byte[]>> zrevrangeByScoreWithScores(byte[] key, double max, double min) {
        return request("ZREVRANGEBYSCORE").add(key).add(max).add(min).add("WITHSCORES").as(Decoders.SCORED_BYTES);
    }

    /** The members from {@code [min} to {@code [max} among equal scores; {@code -} and {@code +} for the ends. */
    default List<String> zrangeByLex(String key, String min, String max) {
        return request("ZRANGEBYLEX").add(key).add(min).add(max).texts();
    }

    /** {@link #zrangeByLex(String, String, String)} with bytes. */
    default List<byte[]> zrangeByLex(byte[] key, byte[] min, byte[] max) {
        return request("ZRANGEBYLEX").add(key).add(min).add(max).byteArrays();
    }

    /** The same backwards. */
    default List<String> zrevrangeByLex(String key, String max, String min) {
        return request("ZREVRANGEBYLEX").add(key).add(max).add(min).texts();
    }

    /** {@link #zrevrangeByLex(String, String, String)} with bytes. */
    default List<byte[]> zrevrangeByLex(byte[] key, byte[] max, byte[] min) {
        return request("ZREVRANGEBYLEX").add(key).add(max).add(min).byteArrays();
    }

    /** Removes the members from one place to another; how many. */
    default long zremrangeByRank(String key, long start, long stop) {
        return request("ZREMRANGEBYRANK").add(key).add(start).add(stop).integer();
    }

    /** {@link #zremrangeByRank(String, long, long)} with bytes. */
    default long zremrangeByRank(byte[] key, long start, long stop) {
        return request("ZREMRANGEBYRANK").add(key).add(start).add(stop).integer();
    }

    /** Removes the members with scores from min to max; how many. */
    default long zremrangeByScore(String key, double min, double max) {
        return request("ZREMRANGEBYSCORE").add(key).add(min).add(max).integer();
    }

    /** {@link #zremrangeByScore(String, double, double)} with bytes. */
    default long zremrangeByScore(byte[] key, double min, double max) {
        return request("ZREMRANGEBYSCORE").add(key).add(min).add(max).integer();
    }

    /** Removes the members from {@code [min} to {@code [max}; how many. */
    default long zremrangeByLex(String key, String min, String max) {
        return request("ZREMRANGEBYLEX").add(key).add(min).add(max).integer();
    }

    /** {@link #zremrangeByLex(String, String, String)} with bytes. */
    default long zremrangeByLex(byte[] key, byte[] min, byte[] max) {
        return request("ZREMRANGEBYLEX").add(key).add(min).add(max).integer();
    }

    /** What is in any of the sets, by rising scores. */
    default List<String> zunion(ZParams params, String... keys) {
        return request("ZUNION").add(keys.length).addAll(keys).add(params).texts();
    }

    /** {@link #zunion(ZParams, String...)} with bytes. */
    default List<byte[]> zunion(ZParams params, byte[]... keys) {
        return request("ZUNION").add(keys.length).addAll(keys).add(params).byteArrays();
    }

    /** The same with scores. */
    default List<Scored<String>> zunionWithScores(ZParams params, String... keys) {
        return request("ZUNION").add(keys.length).addAll(keys).add(params).add("WITHSCORES").as(Decoders.SCORED_TEXTS);
    }

    /** {@link #zunionWithScores(ZParams, String...)} with bytes. */
    default List<Scored<byte[]>> zunionWithScores(ZParams params, byte[]... keys) {
        return request("ZUNION").add(keys.length).addAll(keys).add(params).add("WITHSCORES").as(Decoders.SCORED_BYTES);
    }

    /** Stores what is in any of the sets, scores added; its size. */
    default long zunionstore(String destination, String... keys) {
        return request("ZUNIONSTORE").add(destination).add(keys.length).addAll(keys).integer();
    }

    /** {@link #zunionstore(String, String...)} with bytes. */
    default long zunionstore(byte[] destination, byte[]... keys) {
        return request("ZUNIONSTORE").add(destination).add(keys.length).addAll(keys).integer();
    }

    /** The same with weights and another way to combine scores. */
    default long zunionstore(String destination, ZParams params, String... keys) {
        return request("ZUNIONSTORE").add(destination).add(keys.length).addAll(keys).add(params).integer();
    }

    /** {@link #zunionstore(String, ZParams, String...)} with bytes. */
    default long zunionstore(byte[] destination, ZParams params, byte[]... keys) {
        return request("ZUNIONSTORE").add(destination).add(keys.length).addAll(keys).add(params).integer();
    }

    /** What is in all of the sets, by rising scores. */
    default List<String> zinter(ZParams params, String... keys) {
        return request("ZINTER").add(keys.length).addAll(keys).add(params).texts();
    }

    /** {@link #zinter(ZParams, String...)} with bytes. */
    default List<byte[]> zinter(ZParams params, byte[]... keys) {
        return request("ZINTER").add(keys.length).addAll(keys).add(params).byteArrays();
    }

    /** The same with scores. */
    default List<Scored<String>> zinterWithScores(ZParams params, String... keys) {
        return request("ZINTER").add(keys.length).addAll(keys).add(params).add("WITHSCORES").as(Decoders.SCORED_TEXTS);
    }

    /** {@link #zinterWithScores(ZParams, String...)} with bytes. */
    default List<Scored<byte[]>> zinterWithScores(ZParams params, byte[]... keys) {
        return request("ZINTER").add(keys.length).addAll(keys).add(params).add("WITHSCORES").as(Decoders.SCORED_BYTES);
    }

    /** Stores what is in all of the sets, scores added; its size. */
    default long zinterstore(String destination, String... keys) {
        return request("ZINTERSTORE").add(destination).add(keys.length).addAll(keys).integer();
    }

    /** {@link #zinterstore(String, String...)} with bytes. */
    default long zinterstore(byte[] destination, byte[]... keys) {
        return request("ZINTERSTORE").add(destination).add(keys.length).addAll(keys).integer();
    }

    /** The same with weights and another way to combine scores. */
    default long zinterstore(String destination, ZParams params, String... keys) {
        return request("ZINTERSTORE").add(destination).add(keys.length).addAll(keys).add(params).integer();
    }

    /** {@link #zinterstore(String, ZParams, String...)} with bytes. */
    default long zinterstore(byte[] destination, ZParams params, byte[]... keys) {
        return request("ZINTERSTORE").add(destination).add(keys.length).addAll(keys).add(params).integer();
    }

    /** Number of members that are in all of the sets. */
    default long zintercard(String... keys) {
        return request("ZINTERCARD").add(keys.length).addAll(keys).integer();
    }

    /** {@link #zintercard(String...)} with bytes. */
    default long zintercard(byte[]... keys) {
        return request("ZINTERCARD").add(keys.length).addAll(keys).integer();
    }

    /** The same, counted up to a limit. */
    default long zintercard(long limit, String... keys) {
        return request("ZINTERCARD").add(keys.length).addAll(keys).add("LIMIT").add(limit).integer();
    }

    /** {@link #zintercard(long, String...)} with bytes. */
    default long zintercard(long limit, byte[]... keys) {
        return request("ZINTERCARD").add(keys.length).addAll(keys).add("LIMIT").add(limit).integer();
    }

    /** What is in the first set and in none of the others. */
    default List<String> zdiff(String... keys) {
        return request("ZDIFF").add(keys.length).addAll(keys).texts();
    }

    /** {@link #zdiff(String...)} with bytes. */
    default List<byte[]> zdiff(byte[]... keys) {
        return request("ZDIFF").add(keys.length).addAll(keys).byteArrays();
    }

    /** The same with scores. */
    default List<Scored<String>> zdiffWithScores(String... keys) {
        return request("ZDIFF").add(keys.length).addAll(keys).add("WITHSCORES").as(Decoders.SCORED_TEXTS);
    }

    /** {@link #zdiffWithScores(String...)} with bytes. */
    default List<Scored<byte[]>> zdiffWithScores(byte[]... keys) {
        return request("ZDIFF").add(keys.length).addAll(keys).add("WITHSCORES").as(Decoders.SCORED_BYTES);
    }

    /** The same, stored; its size. */
    default long zdiffstore(String destination, String... keys) {
        return request("ZDIFFSTORE").add(destination).add(keys.length).addAll(keys).integer();
    }

    /** {@link #zdiffstore(String, String...)} with bytes. */
    default long zdiffstore(byte[] destination, byte[]... keys) {
        return request("ZDIFFSTORE").add(destination).add(keys.length).addAll(keys).integer();
    }
}
