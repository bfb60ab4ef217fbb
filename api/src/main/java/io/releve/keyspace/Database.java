package io.releve.keyspace;

import io.releve.bytes.Bytes;
import java.util.random.RandomGenerator;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One numbered database. It knows when keys expire but does not decide it: an expired key is there until it is removed.
 * Used only while the turn is held. Arguments are read, not kept.
 */
@ConsumerType
public interface Database {
    /** Its number at this moment; SWAPDB exchanges numbers. */
    int index();

    /** Number of keys, expired ones that were not removed yet included. */
    long size();

    /** Number of keys with an expiry time. */
    long expires();

    /** A hint while data is loaded: before long there will be so many keys, so room may be made for them at once. */
    default void expect(long keys) {
        // who has no use for it
    }

    /** A hint while data is loaded: this key, and others after it, are about to be put; it may be fetched from slow memory. */
    default void expect(Bytes key) {
        // who has no use for it
    }

    /**
     * While data is loaded: sets a key, which is not there, to a string as {@link #putString} does, now or later; it is
     * there when {@link #loaded} has been called, before anybody else asks for it.
     *
     * @return false when this key, or one given before, was there already: then the data is damaged, and which of its values
     *     such a key has is not said
     */
    default boolean load(Bytes key, Bytes content, long expireAt, int access) {
        long size = size();
        putString(key, content, expireAt, access);
        return size() != size;
    }

    /** All that {@link #load} was given is there from now on; @return as it */
    default boolean loaded() {
        return true;
    }

    /** Mean remaining life in ms of the keys with an expiry time, 0 without any; may be an estimate. */
    long averageTtl(long now);

    /** The key's value, or null. */
    Value find(Bytes key);

    /**
     * Sets a key to a string, whatever it was. Canonical integers may be stored as numbers.
     *
     * @param expireAt ms since the epoch, or {@link Value#NEVER}
     * @param access the access clock of a new key; that of an existing one stays
     */
    void putString(Bytes key, Bytes content, long expireAt, int access);

    /**
     * Creates an empty value under a key that is not there. A list, set, sorted set or hash must be given an element
     * before the call ends.
     *
     * @return the value, of the interface that belongs to {@code type}
     */
    Value create(Bytes key, Type type, int access);

    /**
     * Creates an empty value under no key, to be filled and then given to {@link #attach}. What was not attached when the
     * call ends goes away.
     */
    default Value detached(Type type) {
        throw new UnsupportedOperationException();
    }

    /**
     * Puts a value made by {@link #detached} of any database of this keyspace under a key, in the place of what was
     * there; with an empty list, set, sorted set or hash the key is removed. The view is not to be used any more.
     *
     * @param expireAt ms since the epoch, or {@link Value#NEVER}
     */
    default void attach(Bytes key, Value detached, long expireAt, int access) {
        throw new UnsupportedOperationException();
    }

    /** @return whether the key was there */
    boolean remove(Bytes key);

    /** Sets or clears ({@link Value#NEVER}) the expiry time of a key; @return whether the key is there */
    boolean expire(Bytes key, long expireAt);

    /**
     * Moves a value with its expiry time under another key, here or in another database of the same keyspace, replacing
     * what was there.
     *
     * @return whether {@code key} was there
     */
    boolean move(Bytes key, Database target, Bytes newKey);

    /** Like {@link #move}, leaving the original in place. */
    boolean copy(Bytes key, Database target, Bytes newKey);

    /**
     * One step of SCAN: visits about {@code count} keys (it may be a thousand more) and returns the next cursor, 0 at
     * the end. Every key that is there from the first step to the last is visited at least once, also while the
     * database grows. Any number is a valid cursor. The visitor must not change the database.
     */
    long scan(long cursor, int count, KeyVisitor visitor);

    /** Moves {@code key} onto a key chosen at random, near enough uniformly; @return false when the database is empty */
    boolean randomKey(RandomGenerator random, Bytes key);

    /**
     * Like {@link #randomKey} among the keys with an expiry time.
     *
     * @return false when there is none
     */
    boolean randomVolatileKey(RandomGenerator random, Bytes key);

    /**
     * Moves {@code key} onto the key with the earliest expiry time if that is at most {@code now}; @return whether there
     * is one
     */
    boolean firstExpired(long now, Bytes key);

    /** The earliest expiry time, or {@link Value#NEVER}. */
    long nextExpiry();

    /** Empties the database at once; the memory may come back later, in {@link Keyspace#maintain}. */
    void clear();

    /** Receives keys; the views are valid during the call. */
    @FunctionalInterface
    @ConsumerType
    interface KeyVisitor {
        void key(Bytes key, Value value);
    }
}
