package io.releve.embedded;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.AbstractMap.SimpleImmutableEntry;

/** The usual ways to read a reply. A null reply is null in all of them but {@link #FLAG}. */
public final class Decoders {
    public static final Decoder<Reply> REPLY = reply -> reply;
    public static final Decoder<byte[]> BYTES = Reply::bytes;
    public static final Decoder<String> TEXT = Reply::text;
    public static final Decoder<String> STATUS = Reply::text;
    public static final Decoder<Boolean> FLAG = Reply::flag;
    public static final Decoder<Long> INTEGER = orNull(Reply::integer);
    public static final Decoder<Double> DECIMAL = orNull(Reply::decimal);
    public static final Decoder<List<Reply>> REPLIES = Reply::list;
    public static final Decoder<List<String>> TEXTS = listOf(TEXT);
    public static final Decoder<List<byte[]>> BYTE_ARRAYS = listOf(BYTES);
    public static final Decoder<List<Long>> INTEGERS = listOf(INTEGER);
    public static final Decoder<List<Double>> DECIMALS = listOf(DECIMAL);
    public static final Decoder<List<Boolean>> FLAGS = listOf(FLAG);
    public static final Decoder<Set<String>> TEXT_SET = orNull(reply -> {
        Set<String> set = new LinkedHashSet<>();
        reply.list().forEach(part -> set.add(part.text()));
        return set;
    });
    public static final Decoder<Map<String, String>> TEXT_MAP = mapOf(TEXT);
    public static final Decoder<List<Map.Entry<String, String>>> TEXT_PAIRS = pairs(TEXT, TEXT);
    public static final Decoder<List<Map.Entry<byte[], byte[]>>> BYTE_PAIRS = pairs(BYTES, BYTES);
    public static final Decoder<List<Scored<String>>> SCORED_TEXTS = scored(TEXT);
    public static final Decoder<List<Scored<byte[]>>> SCORED_BYTES = scored(BYTES);
    public static final Decoder<ScanResult<String>> SCANNED_TEXTS = scanned(TEXTS);
    public static final Decoder<ScanResult<byte[]>> SCANNED_BYTES = scanned(BYTE_ARRAYS);
    /** Key and element of BLPOP. */
    public static final Decoder<Map.Entry<String, String>> KEYED_TEXT = keyed(TEXT, TEXT);
    public static final Decoder<Map.Entry<byte[], byte[]>> KEYED_BYTES = keyed(BYTES, BYTES);
    /** Key and elements of LMPOP. */
    public static final Decoder<Map.Entry<String, List<String>>> KEYED_TEXTS = keyed(TEXT, TEXTS);
    public static final Decoder<Map.Entry<byte[], List<byte[]>>> KEYED_BYTE_ARRAYS = keyed(BYTES, BYTE_ARRAYS);
    /** Key and elements of ZMPOP. */
    public static final Decoder<Map.Entry<String, List<Scored<String>>>> KEYED_SCORED_TEXTS = keyed(TEXT, SCORED_TEXTS);
    public static final Decoder<Map.Entry<byte[], List<Scored<byte[]>>>> KEYED_SCORED_BYTES = keyed(BYTES, SCORED_BYTES);

    private Decoders() {
    }

    /** Null for null, else what the decoder makes of it. */
    public static <T> Decoder<T> orNull(Decoder<T> decoder) {
        return reply -> reply.isNull() ? null : decoder.decode(reply);
    }

    /** A list whose parts are decoded likewise. */
    public static <T> Decoder<List<T>> listOf(Decoder<T> part) {
        return orNull(reply -> {
            List<Reply> parts = reply.list();
            List<T> list = new ArrayList<>(parts.size());
            for (Reply each : parts) {
                list.add(part.decode(each.orThrow()));
            }
            return list;
        });
    }

    /** Texts to values. */
    public static <V> Decoder<Map<String, V>> mapOf(Decoder<V> value) {
        return orNull(reply -> {
            Map<String, V> map = new LinkedHashMap<>();
            List<Reply> flat = reply.flat();
            for (int i = 0; i < flat.size(); i += 2) {
                map.put(flat.get(i).text(), value.decode(flat.get(i + 1)));
            }
            return map;
        });
    }

    /** Pairs in their order, flat or nested. */
    public static <K, V> Decoder<List<Map.Entry<K, V>>> pairs(Decoder<K> key, Decoder<V> value) {
        return orNull(reply -> {
            List<Reply> flat = reply.flat();
            List<Map.Entry<K, V>> pairs = new ArrayList<>(flat.size() / 2);
            for (int i = 0; i < flat.size(); i += 2) {
                pairs.add(new SimpleImmutableEntry<>(key.decode(flat.get(i)), value.decode(flat.get(i + 1))));
            }
            return pairs;
        });
    }

    private static <K, V> Decoder<Map.Entry<K, V>> keyed(Decoder<K> key, Decoder<V> value) {
        return orNull(reply -> new SimpleImmutableEntry<>(key.decode(reply.list().get(0)),
                value.decode(reply.list().get(1))));
    }

    private static <T> Decoder<List<Scored<T>>> scored(Decoder<T> member) {
        return orNull(reply -> {
            List<Reply> flat = reply.flat();
            List<Scored<T>> list = new ArrayList<>(flat.size() / 2);
            for (int i = 0; i < flat.size(); i += 2) {
                list.add(new Scored<>(member.decode(flat.get(i)), flat.get(i + 1).decimal()));
            }
            return list;
        });
    }

    /** The first of a list of scored members, null when there is none. */
    static <T> Decoder<Scored<T>> first(Decoder<List<Scored<T>>> list) {
        return reply -> {
            List<Scored<T>> all = list.decode(reply);
            return all == null || all.isEmpty() ? null : all.get(0);
        };
    }

    /** Key, member and score of BZPOPMIN. */
    static <T> Decoder<Map.Entry<T, Scored<T>>> popped(Decoder<T> text) {
        return orNull(reply -> new SimpleImmutableEntry<>(text.decode(reply.list().get(0)),
                new Scored<>(text.decode(reply.list().get(1)), reply.list().get(2).decimal())));
    }

    /** A cursor and what a step of a SCAN has found. */
    static <T> Decoder<ScanResult<T>> scanned(Decoder<List<T>> found) {
        return reply -> new ScanResult<>(reply.list().get(0).text(), found.decode(reply.list().get(1)));
    }
}
