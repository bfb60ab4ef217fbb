package io.releve.embedded;

/** Which end of a sorted set. */
public enum SortedSetOption {
    MIN, MAX
}
