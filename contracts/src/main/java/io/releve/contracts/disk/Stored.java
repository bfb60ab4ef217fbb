package io.releve.contracts.disk;

/** What a name stands for: a file or a directory. */
interface Stored {
    /** The same content, all of it certain. */
    Stored copy();
}
