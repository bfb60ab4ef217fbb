package io.releve.log;

/**
 * A place in a history of changes (redis.io, Replication).
 *
 * @param id 40 hexadecimal digits
 * @param position offset after the last change
 * @param clean whether nothing can have come after it: the server was stopped in good order there
 * @param database the one that is selected in the stream there, or {@link #UNKNOWN}
 */
public record History(String id, long position, boolean clean, int database) {
    /** The selected database is not known: the stream cannot be read on from here, only begun. */
    public static final int UNKNOWN = -1;

    /** Without the selected database. */
    public History(String id, long position, boolean clean) {
        this(id, position, clean, UNKNOWN);
    }
}
