package io.releve.embedded;

/** Is told messages, one after the other on the subscription's thread. It may use Relève as it likes, and take its time. */
@FunctionalInterface
public interface MessageListener {
    /**
     * A message.
     *
     * @param pattern the pattern by which it came; null when the channel itself is subscribed
     */
    void onMessage(String pattern, String channel, byte[] message);

    /** No more messages come, though nobody has closed the subscription: it was too slow, killed, or the instance is closed. */
    default void onEnd(ReleveException reason) {
    }
}
