package io.releve.format.aof;

/**
 * A part of an append-only file, as a line of the manifest names it.
 *
 * @param name without a folder
 * @param sequence distinguishes the parts of a kind, from 1 on
 */
public record AofFile(String name, long sequence, Kind kind) {
    /** What a part is. */
    public enum Kind {
        /** All data as they were at some moment: an RDB, or commands. */
        BASE('b'),
        /** Not needed any more, to be deleted. */
        HISTORY('h'),
        /** Commands since then. */
        INCREMENT('i');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        char letter() {
            return letter;
        }
    }

    static AofFile base(String prefix, long sequence, boolean rdb) {
        return new AofFile(prefix + "." + sequence + ".base." + (rdb ? "rdb" : "aof"), sequence, Kind.BASE);
    }

    static AofFile increment(String prefix, long sequence) {
        return new AofFile(prefix + "." + sequence + ".incr.aof", sequence, Kind.INCREMENT);
    }

    AofFile asHistory() {
        return new AofFile(name, sequence, Kind.HISTORY);
    }

    /** Whether the name is that of an RDB. */
    public boolean isRdb() {
        return name.endsWith(".rdb");
    }
}
