package io.releve.keyspace;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The value of a key, as a view into the keyspace. Used only while the turn is held.
 *
 * <p>A {@link StringValue} is valid until the next lookup in, or change of, its database by other means than the view
 * itself. The views of the other types stay valid, whatever happens to other keys, until their own key is removed or
 * replaced or the call ends ({@link Keyspace#endCall}). A removal that leaves a list, set, sorted set or hash empty
 * removes its key; the view then shows nothing and is not to be changed any more.
 *
 * <p>A visitor must not change what it visits; it may look at, and change, other values. The bytes that a view hands out
 * are valid until the next call on the same view, those handed to a visitor until it returns.
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
