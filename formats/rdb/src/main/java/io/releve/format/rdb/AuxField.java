package io.releve.format.rdb;

/** Names of the fields about a file that Redis writes and reads; unknown ones are passed over. */
public final class AuxField {
    /** Version of the server that wrote the file. */
    public static final String VERSION = "redis-ver";
    /** 64 or 32. */
    public static final String BITS = "redis-bits";
    /** When it was written, seconds since the epoch. */
    public static final String CREATED = "ctime";
    /** Bytes the server used then. */
    public static final String USED_MEMORY = "used-mem";
    /** 1 in the base file of an append-only file. */
    public static final String AOF_BASE = "aof-base";
    /** 1 in an append-only file of the format before 7.0, which begins with an RDB. */
    public static final String AOF_PREAMBLE = "aof-preamble";
    /** Database selected in the replication stream. */
    public static final String STREAM_DATABASE = "repl-stream-db";
    /** Replication id of the data. */
    public static final String REPLICATION_ID = "repl-id";
    /** There in files of this server, with the version of Redis that it is compatible with; ours. */
    public static final String RELEVE = "releve-redis-ver";
    /** Replication offset of the data. */
    public static final String REPLICATION_OFFSET = "repl-offset";

    private AuxField() {
    }
}
