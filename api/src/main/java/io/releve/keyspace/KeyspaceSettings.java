package io.releve.keyspace;

import java.nio.file.Path;

/**
 * What a keyspace needs to open.
 *
 * @param directory where files may be kept; exists and belongs to one engine
 * @param databases number of databases
 * @param identity what the data found must match (see {@code docs/keyspace.md}); 0 accepts any
 * @param reuse whether data of an earlier run is used
 * @param onlyCopy whether the files are the only copy of the data: what cannot be used is then refused, not removed
 * @param limits up to what size collections are compact; follows the settings
 */
public record KeyspaceSettings(Path directory, int databases, long identity, Reuse reuse, boolean onlyCopy,
        EncodingLimits limits) {
    /** What becomes of the data of an earlier run. */
    public enum Reuse {
        /** It is removed. */
        NO,
        /** It is used if it can be. */
        YES,
        /** Without it the keyspace does not open, and changes nothing. */
        REQUIRED
    }

    /** With Redis' default limits. */
    public KeyspaceSettings(Path directory, int databases, long identity, boolean reuse) {
        this(directory, databases, identity, reuse, new EncodingLimits());
    }

    /** As the only copy of the data. */
    public KeyspaceSettings(Path directory, int databases, long identity, boolean reuse, EncodingLimits limits) {
        this(directory, databases, identity, reuse ? Reuse.YES : Reuse.NO, true, limits);
    }
}
