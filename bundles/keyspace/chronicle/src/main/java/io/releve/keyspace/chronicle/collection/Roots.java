package io.releve.keyspace.chronicle.collection;

import io.releve.keyspace.Type;
import io.releve.keyspace.chronicle.table.Table;
import io.releve.keyspace.chronicle.tree.Tree;

/** What stands where in the root page of a collection. */
final class Roots {
    /** Of a hash, a set, a sorted set: the table. */
    static final int TABLE = 0;
    /** Of a sorted set: the tree. */
    static final int ORDER = Table.ROOT;
    /** Of a list: the tree of elements. */
    static final int ELEMENTS = 0;
    /** Of a list that is called a listpack: the bytes it would take as one, i64. */
    static final int LISTPACK_BYTES = Tree.ROOT;
    /** Of a stream: the tree of entries. */
    static final int ENTRIES = 0;
    /** Of a stream: the tree of records with names. */
    static final int RECORDS = Tree.ROOT;
    /** Of a stream: 1 if there is a record without a name, u8; then that record, packed. */
    static final int NAMELESS = 2 * Tree.ROOT;
    /** Longest record without a name that stands in the root. */
    static final int MAX_NAMELESS = 110;

    private Roots() {
    }

    /** Bytes of a root. */
    static int size(Type type) {
        return switch (type) {
            case HASH, SET -> Table.ROOT;
            case SORTED_SET -> Table.ROOT + Tree.ROOT;
            case LIST -> Tree.ROOT + 8;
            case STREAM -> NAMELESS + 2 + MAX_NAMELESS;
            case STRING -> throw new IllegalArgumentException("A string has no root");
        };
    }
}
