package io.releve.command;

import io.releve.bytes.ByteSource;
import io.releve.bytes.Bytes;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where a command writes its answer. Types that RESP2 lacks are rendered as Redis does there: maps and sets as arrays,
 * doubles as bulk strings, booleans as 0 and 1, null as a null bulk string.
 */
@ProviderType
public interface Reply {
    /** 2 or 3. */
    int protocol();

    /** Sets the protocol version of what follows (HELLO). */
    void protocol(int version);

    void ok();

    /** A simple string; ASCII without line breaks. */
    void simple(String text);

    /** An error: code, blank, text. Line breaks become blanks. */
    void error(String message);

    void integer(long value);

    void bulk(byte[] array, int offset, int length);

    void bulk(ByteSource bytes);

    default void bulk(Bytes bytes) {
        bulk(bytes.array(), bytes.offset(), bytes.length());
    }

    default void bulk(byte[] bytes) {
        bulk(bytes, 0, bytes.length);
    }

    /** A bulk string of the text's UTF-8 form. */
    void bulk(String text);

    /** A bulk string of the decimal text. */
    void bulkInteger(long value);

    /** Null: in RESP2 a null bulk string. */
    void nil();

    /** Null where an array was due: in RESP2 a null array. */
    void nilArray();

    /** Begins an array; its elements follow. */
    void array(int size);

    /** Begins a map; {@code pairs} keys and values follow in turn. */
    void map(int pairs);

    void set(int size);

    /** Begins an out-of-band message (an array in RESP2). */
    void push(int size);

    /** Begins attributes of the reply that follows; only in RESP3. */
    void attribute(int pairs);

    void decimal(double value);

    /** A double written as the command says (GEOPOS), in RESP3 too; {@code text} must be a text of {@code value}. */
    default void decimal(double value, String text) {
        if (protocol() < 3) {
            bulk(text);
        } else {
            decimal(value);
        }
    }

    void bool(boolean value);

    void bigNumber(String digits);

    /** A text with a format of three letters ({@code txt}, {@code mkd}); in RESP2 a bulk string. */
    void verbatim(String format, byte[] text);

    /** Begins an array whose size is not known yet; the result goes to {@link #closeArray}. */
    int openArray();

    /** Ends the array begun at {@code mark}. Deferred arrays may nest. */
    void closeArray(int mark, int size);

    /** Like {@link #openArray}, for a map. */
    int openMap();

    void closeMap(int mark, int pairs);

    /** Like {@link #openArray}, for a set. */
    int openSet();

    void closeSet(int mark, int size);

    /** Bytes written so far; for {@link #rollback}. For the engine. */
    long position();

    /**
     * Drops everything written after {@code position}. For the engine.
     *
     * @throws IllegalStateException when that has left already
     */
    void rollback(long position);

    /** Begins or ends a part that is not sent (CLIENT REPLY): what is written while muted is dropped. */
    void mute(boolean on);

    /** Number of errors written so far. */
    long errors();

    /** The error written last, or null. */
    String lastError();
}
