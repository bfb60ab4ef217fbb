package io.releve.keyspace;

import io.releve.bytes.Bytes;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A stream: entries by id, and records by name. An id is two unsigned 64-bit numbers (milliseconds, sequence). A stream
 * may be empty.
 *
 * <p>The body of an entry is its fields and values in turn, each as a length (u32, big-endian) and its bytes. The records
 * hold what belongs to the stream beside its entries (the last id, consumer groups, pending entries); their names and
 * contents are the concern of those who write them (module {@code formats/stream}). Records are ordered by name, bytes
 * unsigned; there may be millions of them. The one whose name is empty is written with every entry and should be at hand.
 */
@ConsumerType
public interface StreamValue extends Value {
    /** Longest name of a record in bytes: a longer one is the caller's to avoid. */
    int MAX_RECORD_NAME = 1024;

    @Override
    default Type type() {
        return Type.STREAM;
    }

    /** Number of entries. */
    long length();

    /** Adds an entry whose id is greater than all before. */
    void add(long milliseconds, long sequence, Bytes body);

    boolean remove(long milliseconds, long sequence);

    /** Removes the first {@code count} entries, or all. */
    default void removeFirst(long count) {
        throw new UnsupportedOperationException();
    }

    /**
     * Number of entries in the first node, which {@link #removeFirst} removes at once; 0 for an empty stream. What
     * {@code XTRIM ~} removes is whole nodes.
     */
    default long firstNode() {
        return Math.min(1, length());
    }

    /** Walks from an id, inclusive, until the visitor returns false or the stream ends. */
    void visit(long milliseconds, long sequence, boolean forward, EntryVisitor visitor);

    /** Moves {@code target} onto the record of this name, or returns false. */
    boolean getRecord(Bytes name, Bytes target);

    /** Stores a record, or removes it with a null content. */
    void putRecord(Bytes name, Bytes content);

    /** Walks the records from a name, inclusive, in order, until the visitor returns false or they end. */
    default void visitRecords(Bytes from, RecordVisitor visitor) {
        throw new UnsupportedOperationException();
    }

    /** Receives entries; the view is valid during the call. */
    @FunctionalInterface
    @ConsumerType
    interface EntryVisitor {
        /** Returns whether to go on. */
        boolean entry(long milliseconds, long sequence, Bytes body);
    }

    /** Receives records; the views are valid during the call. */
    @FunctionalInterface
    @ConsumerType
    interface RecordVisitor {
        /** Returns whether to go on. */
        boolean record(Bytes name, Bytes content);
    }
}
