package io.releve.persistence;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.keyspace.Database;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes what is loaded at start. The loader's thread has the turn while it loads; {@link #progress} lends it to others from
 * time to time.
 */
@ProviderType
public interface Replay {
    /** The database to put values of a snapshot into. */
    Database database(int index);

    /** Access clock of a value that comes with an idle time in s (or -1) or a frequency (or -1). */
    int access(long idleSeconds, int frequency);

    /** Wall clock in ms since the epoch. */
    long now();

    /**
     * Runs a command as if a client had sent it, transactions and SELECT included, without writing it to the log.
     *
     * @throws java.io.IOException when the command is not known or may not stand in a journal
     */
    void run(Arguments command) throws java.io.IOException;

    /** A hint: a command with this key, or first argument, comes soon. */
    default void expect(Bytes key) {
        // who has no use for it
    }

    /** A transaction was begun and its end is not there: it is forgotten. */
    void discard();

    /** A library of functions, as it stands in an RDB file: kept for whoever understands it. */
    void function(byte[] library);

    /**
     * To be called between two entries, often.
     *
     * @param done bytes read so far
     * @param total bytes there are to read
     */
    void progress(long done, long total);
}
