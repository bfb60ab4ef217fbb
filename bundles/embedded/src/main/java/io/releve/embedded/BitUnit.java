package io.releve.embedded;

/** What a range of a string counts (BITCOUNT, BITPOS). */
public enum BitUnit {
    BYTE, BIT
}
