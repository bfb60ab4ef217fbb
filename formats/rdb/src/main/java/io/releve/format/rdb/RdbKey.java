package io.releve.format.rdb;

import io.releve.bytes.Bytes;
import io.releve.format.rdb.discard.DiscardingDatabase;
import io.releve.keyspace.Database;
import io.releve.keyspace.Value;

/** The key at which the reader of a file stands; the same object each time. */
public final class RdbKey {
    final StringSlot slot = new StringSlot();
    Bytes name = slot.view;
    RdbType type;
    int database;
    long expireAt;
    long idle;
    int frequency;
    /** Whether the value has been read. */
    boolean read;

    private final ValueReader reader;
    private DiscardingDatabase discarding;

    RdbKey(ValueReader reader) {
        this.reader = reader;
        clear();
    }

    /** Forgets what stood before a key. */
    void clear() {
        expireAt = Value.NEVER;
        idle = RdbFileWriter.NONE;
        frequency = RdbFileWriter.NONE;
        read = false;
    }

    /** Valid until the next key. */
    public Bytes name() {
        return name;
    }

    public RdbType type() {
        return type;
    }

    /** Number of its database. */
    public int database() {
        return database;
    }

    /** When it expires, ms since the epoch, or {@link Value#NEVER}. */
    public long expireAt() {
        return expireAt;
    }

    /** Seconds since it was used, or -1 when that is not known. */
    public long idle() {
        return idle;
    }

    /** The counter of its uses, 0 to 255, or -1 when that is not known. */
    public int frequency() {
        return frequency;
    }

    /**
     * Reads the value; it is under no key until {@link #add}.
     *
     * @param in makes the value, see {@link Database#detached}
     * @return false when it is a collection without elements, which Redis skips
     */
    public boolean read(Database in) {
        if (read) {
            throw new IllegalStateException("the value was read before");
        }
        read = true;
        return reader.read(type, in);
    }

    /**
     * Puts the value under its name, which is not there, with its expiry time; a string perhaps with {@link Database#loaded}
     * only.
     *
     * @return false when a name is there already: this one, or that of a string before it
     */
    public boolean add(int access) {
        return reader.add(name, expireAt, access);
    }

    /**
     * Reads and checks the value and keeps nothing of it.
     *
     * @return false when it is a collection without elements
     */
    public boolean discard() {
        if (discarding == null) {
            discarding = new DiscardingDatabase();
        }
        return read(discarding);
    }
}
