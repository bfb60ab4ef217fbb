package io.releve.embedded;

/**
 * All typed commands, by the names Java clients of Redis give them. Texts are UTF-8; the forms with byte arrays take and
 * return bytes as they are. Whatever has no method here is reached by {@link #call} and {@link #request}.
 *
 * <p>Every method throws {@link ErrorReplyException} when the command answers with an error.
 */
public interface Commands extends StringCommands, BitmapCommands, HyperLogLogCommands, KeyCommands, ListCommands,
        HashCommands, SetCommands, SortedSetCommands, SortedSetRangeCommands, GeoCommands, StreamCommands, PubSubCommands,
        ServerCommands {
}
