package io.releve.embedded;

/** Counting distinct elements in 12 KiB (redis.io, group hyperloglog). */
public interface HyperLogLogCommands extends Requests {
    /** Adds elements; whether the estimate has changed. */
    default boolean pfadd(String key, String... elements) {
        return request("PFADD").add(key).addAll(elements).flag();
    }

    /** {@link #pfadd(String, String...)} with bytes. */
    default boolean pfadd(byte[] key, byte[]... elements) {
        return request("PFADD").add(key).addAll(elements).flag();
    }

    /** The estimated number of distinct elements of all keys together. */
    default long pfcount(String... keys) {
        return request("PFCOUNT").addAll(keys).integer();
    }

    /** {@link #pfcount(String...)} with bytes. */
    default long pfcount(byte[]... keys) {
        return request("PFCOUNT").addAll(keys).integer();
    }

    /** Merges several into one. */
    default String pfmerge(String destination, String... sources) {
        return request("PFMERGE").add(destination).addAll(sources).status();
    }

    /** {@link #pfmerge(String, String...)} with bytes. */
    default String pfmerge(byte[] destination, byte[]... sources) {
        return request("PFMERGE").add(destination).addAll(sources).status();
    }
}
