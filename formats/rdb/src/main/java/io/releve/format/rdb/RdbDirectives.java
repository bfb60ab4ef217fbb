package io.releve.format.rdb;

import io.releve.config.Directive;

/** Settings of all who write RDB (redis.conf of Redis 7.2). Offered by the bundle that writes snapshots. */
public final class RdbDirectives {
    /** Whether strings are compressed where that makes them shorter. */
    public static final Directive<Boolean> COMPRESSION = Directive.bool("rdbcompression", true);
    /** Whether a file ends with a check, and one that is loaded must have the right one. */
    public static final Directive<Boolean> CHECKSUM = Directive.bool("rdbchecksum", true);

    private RdbDirectives() {
    }
}
