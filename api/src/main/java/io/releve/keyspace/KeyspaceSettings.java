package io.releve.keyspace;

import java.nio.file.Path;

/**
 * What a keyspace needs to open.
 *
 * @param directory where files may be kept; exists and belongs to one engine
 * @param databases number of databases
 * @param identity what the data found must match (see {@code docs/keyspace.md}); 0 accepts any
 * @param reuse whether data of an earlier run may be used at all
 * @param onlyCopy whether the files are the only copy of the data: what cannot be used is then refused, not removed
 * @param limits up to what size collections are compact; follows the settings
 */
public record KeyspaceSettings(Path directory, int databases, long identity, boolean reuse, boolean onlyCopy,
        EncodingLimits limits) {
    /** With Redis' default limits. */
    public KeyspaceSettings(Path directory, int databases, long identity, boolean reuse) {
        this(directory, databases, identity, reuse, true, new EncodingLimits());
    }

    /** As the only copy of the data. */
    public KeyspaceSettings(Path directory, int databases, long identity, boolean reuse, EncodingLimits limits) {
        this(directory, databases, identity, reuse, true, limits);
    }
}
