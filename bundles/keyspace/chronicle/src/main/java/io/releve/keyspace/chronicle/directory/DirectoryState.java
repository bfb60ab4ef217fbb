package io.releve.keyspace.chronicle.directory;

/**
 * What is written down about a directory at a clean stop.
 *
 * @param name of its files
 * @param generation number of its current map
 * @param segments of its current map
 * @param size number of keys
 * @param chunks chunks in use
 * @param moved while it grows: bit set of the segments that have moved; else null
 */
public record DirectoryState(String name, int generation, int segments, long size, long chunks, long[] moved) {
}
