package io.releve.persistence;

/** When what was written to a journal is forced to the disk (redis.io, Persistence; directive {@code appendfsync}). */
public enum FsyncPolicy {
    /** Before any reply leaves. */
    ALWAYS,
    /** Once a second. */
    EVERYSEC,
    /** When the operating system sees fit. */
    NO
}
