package io.releve.keyspace;

import io.releve.bytes.Bytes;
import java.util.random.RandomGenerator;
import org.osgi.annotation.versioning.ConsumerType;

/** A set of distinct members. An emptied set deletes its key. */
@ConsumerType
public interface SetValue extends Value {
    @Override
    default Type type() {
        return Type.SET;
    }

    long size();

    boolean contains(Bytes member);

    /** Adds a member and returns whether it is new. */
    boolean add(Bytes member);

    boolean remove(Bytes member);

    void visit(MemberVisitor visitor);

    /** One step of SSCAN: returns the next cursor, 0 at the end. Guarantees as redis.io, SCAN. */
    long scan(long cursor, int count, MemberVisitor visitor);

    /** Moves {@code member} onto a member chosen uniformly. */
    void random(RandomGenerator random, Bytes member);

    /** Receives members; the view is valid during the call. */
    @FunctionalInterface
    @ConsumerType
    interface MemberVisitor {
        /** Returns whether to go on; {@code scan} ignores it. */
        boolean member(Bytes member);
    }
}
