package io.releve.keyspace;

import io.releve.config.Directive;
import io.releve.config.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * Up to what size collections are held compactly, and under which name OBJECT ENCODING shows them (redis.conf of 7.2,
 * "Advanced config"). One object an engine; it follows the settings. Any thread.
 */
public final class EncodingLimits {
    /** Most fields of a {@code listpack} hash. */
    public static final Directive<Long> HASH_ENTRIES = count("hash-max-listpack-entries", 512)
            .alias("hash-max-ziplist-entries");
    /** Longest field or value of a {@code listpack} hash, in bytes. */
    public static final Directive<Long> HASH_VALUE = count("hash-max-listpack-value", 64)
            .alias("hash-max-ziplist-value");
    /** Elements of a list node, or, from -1 to -5, its size: 4, 8, 16, 32, 64 KiB. */
    public static final Directive<Long> LIST_SIZE =
            Directive.integer("list-max-listpack-size", -2, Integer.MIN_VALUE, Integer.MAX_VALUE)
                    .alias("list-max-ziplist-size");
    /** Most members of an {@code intset}. */
    public static final Directive<Long> SET_INTSET_ENTRIES = count("set-max-intset-entries", 512);
    /** Most members of a {@code listpack} set. */
    public static final Directive<Long> SET_ENTRIES = count("set-max-listpack-entries", 128);
    /** Longest member of a {@code listpack} set, in bytes. */
    public static final Directive<Long> SET_VALUE = count("set-max-listpack-value", 64);
    /** Most members of a {@code listpack} sorted set. */
    public static final Directive<Long> SORTED_SET_ENTRIES = count("zset-max-listpack-entries", 128)
            .alias("zset-max-ziplist-entries");
    /** Longest member of a {@code listpack} sorted set, in bytes. */
    public static final Directive<Long> SORTED_SET_VALUE = count("zset-max-listpack-value", 64)
            .alias("zset-max-ziplist-value");
    /** Most bytes of a stream's node, 0 without limit. */
    public static final Directive<Long> STREAM_BYTES =
            Directive.memory("stream-node-max-bytes", 4096, 0, Integer.MAX_VALUE);
    /** Most entries of a stream's node, 0 without limit. */
    public static final Directive<Long> STREAM_ENTRIES = count("stream-node-max-entries", 100);

    /** All of them. */
    public static final List<Directive<Long>> DIRECTIVES = List.of(HASH_ENTRIES, HASH_VALUE, LIST_SIZE,
            SET_INTSET_ENTRIES, SET_ENTRIES, SET_VALUE, SORTED_SET_ENTRIES, SORTED_SET_VALUE, STREAM_BYTES,
            STREAM_ENTRIES);

    /** Smallest limit of a list node in bytes; every further step doubles it. */
    private static final int LIST_BYTES = 4096;
    /** Most bytes of a list node whose limit is a number of elements. */
    private static final int LIST_COUNTED_BYTES = 8192;

    private final int[] values = new int[DIRECTIVES.size()];

    /** Redis' defaults. */
    public EncodingLimits() {
        for (Directive<Long> directive : DIRECTIVES) {
            set(directive, directive.defaultValue());
        }
    }

    private static Directive<Long> count(String name, long defaultValue) {
        return Directive.integer(name, defaultValue, 0, Long.MAX_VALUE);
    }

    /** Takes over the values in force and every later one, until the results are closed. */
    public List<AutoCloseable> follow(Settings settings) {
        List<AutoCloseable> watches = new ArrayList<>();
        for (Directive<Long> directive : DIRECTIVES) {
            watches.add(settings.watch(directive, value -> set(directive, value)));
        }
        return watches;
    }

    /** Sets one limit. */
    public void set(Directive<Long> directive, long value) {
        values[DIRECTIVES.indexOf(directive)] = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
    }

    public int hashEntries() {
        return values[0];
    }

    public int hashValue() {
        return values[1];
    }

    /** Most elements of a compact list. */
    public int listEntries() {
        return values[2] < 0 ? Integer.MAX_VALUE : Math.max(values[2], 1);
    }

    /** Most bytes of a compact list. */
    public int listBytes() {
        return values[2] < 0 ? LIST_BYTES << Math.min(-values[2], 5) - 1 : LIST_COUNTED_BYTES;
    }

    public int setIntegers() {
        return values[3];
    }

    public int setEntries() {
        return values[4];
    }

    public int setValue() {
        return values[5];
    }

    public int sortedSetEntries() {
        return values[6];
    }

    public int sortedSetValue() {
        return values[7];
    }

    /** {@link Integer#MAX_VALUE} without a limit. */
    public int streamBytes() {
        return values[8] == 0 ? Integer.MAX_VALUE : values[8];
    }

    /** {@link Integer#MAX_VALUE} without a limit. */
    public int streamEntries() {
        return values[9] == 0 ? Integer.MAX_VALUE : values[9];
    }
}
