package io.releve.embedded;

import java.util.List;
import java.util.Map;

/** Sending messages (redis.io, group pubsub); who wants to get some calls {@code subscribe}. */
public interface PubSubCommands extends Requests {
    /** Sends a message; how many got it. */
    default long publish(String channel, String message) {
        return request("PUBLISH").add(channel).add(message).integer();
    }

    /** {@link #publish(String, String)} with bytes. */
    default long publish(byte[] channel, byte[] message) {
        return request("PUBLISH").add(channel).add(message).integer();
    }

    /** The same on a shard channel. */
    default long spublish(String channel, String message) {
        return request("SPUBLISH").add(channel).add(message).integer();
    }

    /** {@link #spublish(String, String)} with bytes. */
    default long spublish(byte[] channel, byte[] message) {
        return request("SPUBLISH").add(channel).add(message).integer();
    }

    /** Channels that somebody listens to. */
    default List<String> pubsubChannels() {
        return request("PUBSUB").add("CHANNELS").texts();
    }

    /** Those that match a glob-style pattern. */
    default List<String> pubsubChannels(String pattern) {
        return request("PUBSUB").add("CHANNELS").add(pattern).texts();
    }

    /** {@link #pubsubChannels(String)} with bytes. */
    default List<byte[]> pubsubChannels(byte[] pattern) {
        return request("PUBSUB").add("CHANNELS").add(pattern).byteArrays();
    }

    /** Number of patterns somebody listens to. */
    default long pubsubNumPat() {
        return request("PUBSUB").add("NUMPAT").integer();
    }

    /** How many listen to each of the channels. */
    default Map<String, Long> pubsubNumSub(String... channels) {
        return request("PUBSUB").add("NUMSUB").addAll(channels).as(Decoders.mapOf(Decoders.INTEGER));
    }

    /** {@link #pubsubNumSub(String...)} with bytes. */
    default Map<String, Long> pubsubNumSub(byte[]... channels) {
        return request("PUBSUB").add("NUMSUB").addAll(channels).as(Decoders.mapOf(Decoders.INTEGER));
    }
}
