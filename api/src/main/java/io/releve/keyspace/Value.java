package io.releve.keyspace;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The value of a key, as a view into the keyspace. A {@link StringValue} is valid until the next lookup in, or change
 * of, its database by other means than the view itself; the views of the other types until their key is deleted or the
 * command ends. Used only while the turn is held.
 */
@ConsumerType
public interface Value {
    /** Stands for "does not expire". */
    long NEVER = -1;

    Type type();

    /** Redis' name of the representation, for OBJECT ENCODING. */
    String encoding();

    /** When the key expires, in ms since the epoch, or {@link #NEVER}. */
    long expireAt();

    /** The access clock: 24 bits whose meaning (LRU or LFU) is the engine's. */
    int access();

    void access(int clock);

    /** Bytes that key and value occupy, structures included (MEMORY USAGE). */
    long memory();
}
