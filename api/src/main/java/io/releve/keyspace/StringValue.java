package io.releve.keyspace;

import io.releve.bytes.ByteSource;
import io.releve.bytes.Bytes;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A string of 0 to 512 MiB. Canonical 64-bit integers may be held as numbers (encoding {@code int}); read as bytes they
 * show their decimal text.
 */
@ConsumerType
public interface StringValue extends Value, ByteSource {
    /** Longest string, 512 MiB (redis.io, Strings). The engine's {@code proto-max-bulk-len} may set a lower limit. */
    int MAX_LENGTH = 512 * 1024 * 1024;

    @Override
    default Type type() {
        return Type.STRING;
    }

    /** Whether the content is a canonical 64-bit integer. */
    boolean isInteger();

    /** The integer that {@link #isInteger} has approved. */
    long integer();

    /** Replaces the content by an integer; expiry stays. */
    void integer(long value);

    /** Replaces the content; expiry stays. */
    void assign(Bytes content);

    /** Adds at the end; afterwards the encoding is {@code raw}. */
    void append(Bytes tail);

    /** Overwrites from {@code offset}, filling a gap with zero bytes; afterwards the encoding is {@code raw}. */
    void write(int offset, Bytes content);

    /** Sets one byte inside a string that is long enough; afterwards the encoding is {@code raw}. */
    void write(int offset, int value);
}
