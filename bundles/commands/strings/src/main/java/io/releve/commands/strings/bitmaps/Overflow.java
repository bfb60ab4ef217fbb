package io.releve.commands.strings.bitmaps;

/** What becomes of a number that does not fit (redis.io/commands/bitfield, "Overflow control"). */
enum Overflow {
    /** The low bits remain. */
    WRAP,
    /** The nearest number that fits. */
    SAT,
    /** Nothing is changed. */
    FAIL
}
