package io.releve.embedded;

/** An end of a list. */
public enum ListDirection {
    LEFT, RIGHT
}
