package io.releve.format.rdb;

import io.releve.bytes.Bytes;

/**
 * Receives what stands in a file, in its order. Views are valid during the call. An {@link RdbException} that a method
 * throws is reported like one of the file's own, with the byte it was read up to.
 */
public interface RdbVisitor {
    /** The version of the format. */
    default void version(int version) {
    }

    /** A field about the file, see {@link AuxField}. */
    default void aux(Bytes name, Bytes value) {
    }

    /** Data of a module, which was skipped. */
    default void module(String name) {
    }

    /** A library of functions. */
    default void function(FunctionLibrary library) {
    }

    /** The keys that follow are in this database; without such a call it is 0. */
    default void database(int index) {
    }

    /** How many keys the database is going to have, and how many with an expiry time: hints, never negative. */
    default void sizes(long keys, long expiring) {
    }

    /** A key. Its value must be read during the call; otherwise it is checked and thrown away. */
    void key(RdbKey key);

    /** Called now and then, about every megabyte between keys. */
    default void progress(long bytes) {
    }
}
