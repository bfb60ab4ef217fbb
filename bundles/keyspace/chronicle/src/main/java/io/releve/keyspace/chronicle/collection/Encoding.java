package io.releve.keyspace.chronicle.collection;

/** Redis' names of representations. Here they are names only; the numbers stand in records. */
final class Encoding {
    static final int LISTPACK = 0;
    static final int INTSET = 1;
    static final int HASHTABLE = 2;
    static final int SKIPLIST = 3;
    static final int QUICKLIST = 4;
    static final int STREAM = 5;

    private static final String[] NAMES = {"listpack", "intset", "hashtable", "skiplist", "quicklist", "stream"};

    private Encoding() {
    }

    static String name(int encoding) {
        return NAMES[encoding];
    }
}
