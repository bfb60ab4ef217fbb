package io.releve.keyspace;

import io.releve.bytes.Bytes;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The content of all databases at one instant, handed out while clients go on changing it: every value once, in no order,
 * and whatever is about to be changed before its turn comes. The turn is held in every call.
 */
@ConsumerType
public interface Snapshot extends AutoCloseable {
    /** Receives the values of a snapshot; the turn is held. Must not change the keyspace. */
    @ConsumerType
    interface Sink {
        /**
         * A value as it was when the snapshot began; key and value are good during the call.
         *
         * @param database number it had then
         * @param pausable whether the call comes from {@link #advance} and the value stays as it is when the sink gives the
         *                 turn and takes it again before it returns; other values are to be taken at once
         */
        void value(int database, Bytes key, Value value, boolean pausable);
    }

    /** Number of keys in a database when the snapshot began. */
    long size(int database);

    /** Number of those that had an expiry time. */
    long expires(int database);

    /**
     * Hands out further values, at least one if there is one.
     *
     * @param deadline of {@link System#nanoTime}: it returns soon after
     * @return whether there are more
     */
    boolean advance(long deadline);

    /** Bytes that are kept only for the snapshot at the moment. */
    long extraMemory();

    /** Ends it, complete or not. */
    @Override
    void close();
}
