package io.releve.embedded;

/** What ZRANGE is to return: places, scores or names; begins with one of the static methods. */
public final class ZRangeParams extends Params<ZRangeParams> {
    private ZRangeParams(Object... words) {
        with(words);
    }

    /** From one place to another, both included; negative ones count from the end. */
    public static ZRangeParams byRank(long start, long stop) {
        return new ZRangeParams(start, stop);
    }

    /** From one score to another, both included. */
    public static ZRangeParams byScore(double first, double last) {
        return new ZRangeParams(first, last, "BYSCORE");
    }

    /** From one score to another as Redis writes them: {@code (1} for more than 1. */
    public static ZRangeParams byScore(String first, String last) {
        return new ZRangeParams(first, last, "BYSCORE");
    }

    /** From {@code [name} to {@code (name}; {@code -} and {@code +} for the ends. */
    public static ZRangeParams byLex(String first, String last) {
        return new ZRangeParams(first, last, "BYLEX");
    }

    /** Backwards; of scores and names the higher bound comes first then. */
    public ZRangeParams rev() {
        return with("REV");
    }

    /** Only some of a range by scores or names. */
    public ZRangeParams limit(long offset, long count) {
        return with("LIMIT", offset, count);
    }
}
