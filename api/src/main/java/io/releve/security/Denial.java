package io.releve.security;

/**
 * Why a user may not do what it has asked for.
 *
 * @param kind what is missing
 * @param object the command, the key or the channel, one byte a character
 * @param message for the client, without the code {@code NOPERM}
 */
public record Denial(Kind kind, String object, String message) {
    /** What is missing: the right to run the command, to touch a key, to use a channel. */
    public enum Kind {
        COMMAND, KEY, CHANNEL
    }
}
