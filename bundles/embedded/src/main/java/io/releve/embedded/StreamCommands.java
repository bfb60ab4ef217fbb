package io.releve.embedded;

import java.util.List;
import java.util.Map;

/**
 * Commands on streams (redis.io, group stream). Ids are {@code milliseconds-number}; {@code -} and {@code +} are the lowest
 * and the highest.
 */
public interface StreamCommands extends Requests {
    /** Appends an entry; its id. The byte form returns the id's bytes. */
    default String xadd(String key, Map<String, String> fields) {
        return request("XADD").add(key).add("*").addAll(fields).text();
    }

    /** {@link #xadd(String, Map)} with bytes. */
    default byte[] xadd(byte[] key, Map<byte[], byte[]> fields) {
        return request("XADD").add(key).add("*").addAll(fields).bytes();
    }

    /** The same with an id or a limit; null when the stream was not to be created. */
    default String xadd(String key, Map<String, String> fields, XAddParams params) {
        return request("XADD").add(key).add(params).addAll(fields).text();
    }

    /** {@link #xadd(String, Map, XAddParams)} with bytes. */
    default byte[] xadd(byte[] key, Map<byte[], byte[]> fields, XAddParams params) {
        return request("XADD").add(key).add(params).addAll(fields).bytes();
    }

    /** Number of entries. */
    default long xlen(String key) {
        return request("XLEN").add(key).integer();
    }

    /** {@link #xlen(String)} with bytes. */
    default long xlen(byte[] key) {
        return request("XLEN").add(key).integer();
    }

    /** Removes entries; how many there were. */
    default long xdel(String key, String... ids) {
        return request("XDEL").add(key).addAll(ids).integer();
    }

    /** {@link #xdel(String, String...)} with bytes. */
    default long xdel(byte[] key, String... ids) {
        return request("XDEL").add(key).addAll(ids).integer();
    }

    /** Removes the oldest entries; how many. */
    default long xtrim(String key, XTrimParams params) {
        return request("XTRIM").add(key).add(params).integer();
    }

    /** {@link #xtrim(String, XTrimParams)} with bytes. */
    default long xtrim(byte[] key, XTrimParams params) {
        return request("XTRIM").add(key).add(params).integer();
    }

    /** The entries from one id to another, both included. */
    default List<StreamEntry> xrange(String key, String start, String end) {
        return request("XRANGE").add(key).add(start).add(end).as(StreamEntry.LIST);
    }

    /** {@link #xrange(String, String, String)} with bytes. */
    default List<StreamEntry> xrange(byte[] key, String start, String end) {
        return request("XRANGE").add(key).add(start).add(end).as(StreamEntry.LIST);
    }

    /** The first of them. */
    default List<StreamEntry> xrange(String key, String start, String end, int count) {
        return request("XRANGE").add(key).add(start).add(end).add("COUNT").add(count).as(StreamEntry.LIST);
    }

    /** {@link #xrange(String, String, String, int)} with bytes. */
    default List<StreamEntry> xrange(byte[] key, String start, String end, int count) {
        return request("XRANGE").add(key).add(start).add(end).add("COUNT").add(count).as(StreamEntry.LIST);
    }

    /** The entries from one id back to another. */
    default List<StreamEntry> xrevrange(String key, String end, String start) {
        return request("XREVRANGE").add(key).add(end).add(start).as(StreamEntry.LIST);
    }

    /** {@link #xrevrange(String, String, String)} with bytes. */
    default List<StreamEntry> xrevrange(byte[] key, String end, String start) {
        return request("XREVRANGE").add(key).add(end).add(start).as(StreamEntry.LIST);
    }

    /** The last of them. */
    default List<StreamEntry> xrevrange(String key, String end, String start, int count) {
        return request("XREVRANGE").add(key).add(end).add(start).add("COUNT").add(count).as(StreamEntry.LIST);
    }

    /** {@link #xrevrange(String, String, String, int)} with bytes. */
    default List<StreamEntry> xrevrange(byte[] key, String end, String start, int count) {
        return request("XREVRANGE").add(key).add(end).add(start).add("COUNT").add(count).as(StreamEntry.LIST);
    }

    /** New entries of streams; null without any, or when time is over. Can be interrupted when it waits. */
    default Map<String, List<StreamEntry>> xread(XReadParams params) {
        return request("XREAD").add(params).as(StreamEntry.BY_STREAM);
    }

    /** The same for a member of a consumer group. */
    default Map<String, List<StreamEntry>> xreadGroup(String group, String consumer, XReadParams params) {
        return request("XREADGROUP").add("GROUP").add(group).add(consumer).add(params).as(StreamEntry.BY_STREAM);
    }

    /** Entries were worked on; how many were pending. */
    default long xack(String key, String group, String... ids) {
        return request("XACK").add(key).add(group).addAll(ids).integer();
    }

    /** {@link #xack(String, String, String...)} with bytes. */
    default long xack(byte[] key, String group, String... ids) {
        return request("XACK").add(key).add(group).addAll(ids).integer();
    }

    /** Makes a consumer group that begins after an id; {@code $} for the end. */
    default String xgroupCreate(String key, String group, String id, boolean makeStream) {
        return request("XGROUP").add("CREATE").add(key).add(group).add(id).add(Flags.makeStream(makeStream)).status();
    }

    /** {@link #xgroupCreate(String, String, String, boolean)} with bytes. */
    default String xgroupCreate(byte[] key, String group, String id, boolean makeStream) {
        return request("XGROUP").add("CREATE").add(key).add(group).add(id).add(Flags.makeStream(makeStream)).status();
    }

    /** Has a group go on after an id. */
    default String xgroupSetID(String key, String group, String id) {
        return request("XGROUP").add("SETID").add(key).add(group).add(id).status();
    }

    /** {@link #xgroupSetID(String, String, String)} with bytes. */
    default String xgroupSetID(byte[] key, String group, String id) {
        return request("XGROUP").add("SETID").add(key).add(group).add(id).status();
    }

    /** Removes a group; 1 when there was one. */
    default long xgroupDestroy(String key, String group) {
        return request("XGROUP").add("DESTROY").add(key).add(group).integer();
    }

    /** {@link #xgroupDestroy(String, String)} with bytes. */
    default long xgroupDestroy(byte[] key, String group) {
        return request("XGROUP").add("DESTROY").add(key).add(group).integer();
    }

    /** Makes a consumer; whether it is new. */
    default boolean xgroupCreateConsumer(String key, String group, String consumer) {
        return request("XGROUP").add("CREATECONSUMER").add(key).add(group).add(consumer).flag();
    }

    /** {@link #xgroupCreateConsumer(String, String, String)} with bytes. */
    default boolean xgroupCreateConsumer(byte[] key, String group, String consumer) {
        return request("XGROUP").add("CREATECONSUMER").add(key).add(group).add(consumer).flag();
    }

    /** Removes a consumer; how many entries were pending for it. */
    default long xgroupDelConsumer(String key, String group, String consumer) {
        return request("XGROUP").add("DELCONSUMER").add(key).add(group).add(consumer).integer();
    }

    /** {@link #xgroupDelConsumer(String, String, String)} with bytes. */
    default long xgroupDelConsumer(byte[] key, String group, String consumer) {
        return request("XGROUP").add("DELCONSUMER").add(key).add(group).add(consumer).integer();
    }

    /** What of a group is pending, in short. */
    default PendingSummary xpending(String key, String group) {
        return request("XPENDING").add(key).add(group).as(PendingSummary.DECODER);
    }

    /** {@link #xpending(String, String)} with bytes. */
    default PendingSummary xpending(byte[] key, String group) {
        return request("XPENDING").add(key).add(group).as(PendingSummary.DECODER);
    }

    /** The pending entries one by one. */
    default List<PendingEntry> xpending(String key, String group, XPendingParams params) {
        return request("XPENDING").add(key).add(group).add(params).as(PendingEntry.LIST);
    }

    /** {@link #xpending(String, String, XPendingParams)} with bytes. */
    default List<PendingEntry> xpending(byte[] key, String group, XPendingParams params) {
        return request("XPENDING").add(key).add(group).add(params).as(PendingEntry.LIST);
    }

    /** Gives pending entries to another consumer. */
    default List<StreamEntry> xclaim(String key, String group, String consumer, long minIdleMilliseconds, XClaimParams
            params, String... ids) {
        return request("XCLAIM").add(key).add(group).add(consumer).add(minIdleMilliseconds).addAll(ids)
                .add(params).as(StreamEntry.LIST);
    }

    /** {@link #xclaim(String, String, String, long, XClaimParams, String...)} with bytes. */
    default List<StreamEntry> xclaim(byte[] key, String group, String consumer, long minIdleMilliseconds, XClaimParams
            params, String... ids) {
        return request("XCLAIM").add(key).add(group).add(consumer).add(minIdleMilliseconds).addAll(ids)
                .add(params).as(StreamEntry.LIST);
    }

    /** The same, only the ids. */
    default List<String> xclaimJustId(String key, String group, String consumer, long minIdleMilliseconds, XClaimParams
            params, String... ids) {
        return request("XCLAIM").add(key).add(group).add(consumer).add(minIdleMilliseconds).addAll(ids).add(params)
                .add("JUSTID").texts();
    }

    /** {@link #xclaimJustId(String, String, String, long, XClaimParams, String...)} with bytes. */
    default List<byte[]> xclaimJustId(byte[] key, String group, String consumer, long minIdleMilliseconds, XClaimParams
            params, String... ids) {
        return request("XCLAIM").add(key).add(group).add(consumer).add(minIdleMilliseconds).addAll(ids).add(params)
                .add("JUSTID").byteArrays();
    }

    /** Gives those that are pending for long to another consumer, a few at a time. */
    default AutoClaimed xautoclaim(String key, String group, String consumer, long minIdleMilliseconds, String start, int
            count) {
        return request("XAUTOCLAIM").add(key).add(group).add(consumer).add(minIdleMilliseconds).add(start).add("COUNT")
                .add(count).as(AutoClaimed.DECODER);
    }

    /** {@link #xautoclaim(String, String, String, long, String, int)} with bytes. */
    default AutoClaimed xautoclaim(byte[] key, String group, String consumer, long minIdleMilliseconds, String start, int
            count) {
        return request("XAUTOCLAIM").add(key).add(group).add(consumer).add(minIdleMilliseconds).add(start).add("COUNT")
                .add(count).as(AutoClaimed.DECODER);
    }

    /** Facts about a stream, as Redis names them. */
    default Map<String, Reply> xinfoStream(String key) {
        return request("XINFO").add("STREAM").add(key).as(Decoders.mapOf(Decoders.REPLY));
    }

    /** {@link #xinfoStream(String)} with bytes. */
    default Map<String, Reply> xinfoStream(byte[] key) {
        return request("XINFO").add("STREAM").add(key).as(Decoders.mapOf(Decoders.REPLY));
    }

    /** Facts about its groups. */
    default List<Map<String, Reply>> xinfoGroups(String key) {
        return request("XINFO").add("GROUPS").add(key).as(Decoders.listOf(Decoders.mapOf(Decoders.REPLY)));
    }

    /** {@link #xinfoGroups(String)} with bytes. */
    default List<Map<String, Reply>> xinfoGroups(byte[] key) {
        return request("XINFO").add("GROUPS").add(key).as(Decoders.listOf(Decoders.mapOf(Decoders.REPLY)));
    }

    /** Facts about the consumers of a group. */
    default List<Map<String, Reply>> xinfoConsumers(String key, String group) {
        return request("XINFO").add("CONSUMERS").add(key).add(group).as(Decoders.listOf(Decoders.mapOf(Decoders.REPLY)));
    }

    /** {@link #xinfoConsumers(String, String)} with bytes. */
    default List<Map<String, Reply>> xinfoConsumers(byte[] key, String group) {
        return request("XINFO").add("CONSUMERS").add(key).add(group).as(Decoders.listOf(Decoders.mapOf(Decoders.REPLY)));
    }
}
