package io.releve.embedded;

/** How BITOP combines strings. */
public enum BitOperation {
    AND, OR, XOR, NOT
}
