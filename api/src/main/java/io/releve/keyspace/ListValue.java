package io.releve.keyspace;

import io.releve.bytes.Bytes;
import org.osgi.annotation.versioning.ConsumerType;

/** A list. Positions count from the head, 0 to {@code length() - 1}; an emptied list deletes its key. */
@ConsumerType
public interface ListValue extends Value {
    @Override
    default Type type() {
        return Type.LIST;
    }

    long length();

    void addFirst(Bytes element);

    void addLast(Bytes element);

    /** Adds all elements of a source behind the last one; what was added stays, should it throw. */
    default void addAll(ElementSource source) {
        Bytes element = new Bytes();
        while (source.next(element)) {
            addLast(element);
        }
    }

    /** Moves {@code target} onto the element, or returns false when there is none. */
    boolean get(long index, Bytes target);

    void set(long index, Bytes element);

    /** Inserts so that the element has position {@code index}. */
    void insert(long index, Bytes element);

    /** Removes {@code count} elements from position {@code index} on. */
    void remove(long index, long count);

    /** Walks from {@code index}, forwards or backwards, until the visitor returns false or the list ends. */
    void visit(long index, boolean forward, ElementVisitor visitor);

    /** Gives elements one after the other. It does not touch the keyspace. */
    @FunctionalInterface
    @ConsumerType
    interface ElementSource {
        /** Moves {@code target} onto the next element, until the next call; false when there is none. */
        boolean next(Bytes target);
    }

    /** Receives elements; the view is valid during the call. */
    @FunctionalInterface
    @ConsumerType
    interface ElementVisitor {
        /** Returns whether to go on. */
        boolean element(long index, Bytes element);
    }
}
