package io.releve.embedded;

/** Where LINSERT inserts. */
public enum ListPosition {
    BEFORE, AFTER
}
