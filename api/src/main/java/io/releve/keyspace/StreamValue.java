package io.releve.keyspace;

import io.releve.bytes.Bytes;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A stream: entries by id, an id being two unsigned 64-bit numbers (milliseconds, sequence). A stream may be empty.
 * Consumer groups are kept as opaque records beside the entries, by name; their layout is the stream commands' own.
 */
@ConsumerType
public interface StreamValue extends Value {
    @Override
    default Type type() {
        return Type.STREAM;
    }

    long length();

    /** Adds an entry whose id is greater than all before; the body is the fields and values, length-prefixed. */
    void add(long milliseconds, long sequence, Bytes body);

    boolean remove(long milliseconds, long sequence);

    /** Walks from an id, inclusive, until the visitor returns false or the stream ends. */
    void visit(long milliseconds, long sequence, boolean forward, EntryVisitor visitor);

    /** Moves {@code target} onto the record of this name, or returns false. */
    boolean getRecord(Bytes name, Bytes target);

    /** Stores a record, or removes it with a null content. */
    void putRecord(Bytes name, Bytes content);

    /** Receives entries; the view is valid during the call. */
    @FunctionalInterface
    interface EntryVisitor {
        /** Returns whether to go on. */
        boolean entry(long milliseconds, long sequence, Bytes body);
    }
}
