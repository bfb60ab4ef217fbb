package io.releve.keyspace;

import java.nio.file.Path;

/**
 * What a keyspace needs to open.
 *
 * @param directory where files may be kept; exists and belongs to one engine
 * @param databases number of databases
 * @param identity what the data found must match (see {@code docs/keyspace.md}); 0 accepts any
 * @param reuse whether data of an earlier run may be used at all
 * @param limits up to what size collections are compact; follows the settings
 */
public record KeyspaceSettings(Path directory, int databases, long identity, boolean reuse, EncodingLimits limits) {
    /** With Redis' default limits. */
    public KeyspaceSettings(Path directory, int databases, long identity, boolean reuse) {
        this(directory, databases, identity, reuse, new EncodingLimits());
    }
}
