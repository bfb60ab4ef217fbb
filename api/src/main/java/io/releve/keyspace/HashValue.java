package io.releve.keyspace;

import io.releve.bytes.Bytes;
import java.util.random.RandomGenerator;
import org.osgi.annotation.versioning.ConsumerType;

/** A hash of fields to values. An emptied hash deletes its key. */
@ConsumerType
public interface HashValue extends Value {
    @Override
    default Type type() {
        return Type.HASH;
    }

    long size();

    /** Moves {@code target} onto the field's value, or returns false when there is none. */
    boolean get(Bytes field, Bytes target);

    /** Sets a field and returns whether it is new. */
    boolean put(Bytes field, Bytes value);

    boolean remove(Bytes field);

    void visit(PairVisitor visitor);

    /** One step of HSCAN: returns the next cursor, 0 at the end. Guarantees as redis.io, SCAN. */
    long scan(long cursor, int count, PairVisitor visitor);

    /** Moves the targets onto a field chosen uniformly, and its value. */
    void random(RandomGenerator random, Bytes field, Bytes value);

    /** Receives fields and values; the views are valid during the call. */
    @FunctionalInterface
    @ConsumerType
    interface PairVisitor {
        /** Returns whether to go on; {@code scan} ignores it. */
        boolean pair(Bytes field, Bytes value);
    }
}
