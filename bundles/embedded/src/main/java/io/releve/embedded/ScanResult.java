package io.releve.embedded;

import java.util.List;

/**
 * One step of a SCAN.
 *
 * @param cursor for the next step; {@value #START} when there is none
 */
public record ScanResult<T>(String cursor, List<T> found) {
    /** The cursor of the first step, and what is returned by the last. */
    public static final String START = "0";

    public boolean isComplete() {
        return cursor.equals(START);
    }
}
