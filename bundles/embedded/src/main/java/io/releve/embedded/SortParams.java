package io.releve.embedded;

/** Options of SORT. */
public final class SortParams extends Params<SortParams> {
    /** Sorts by other keys, whose names have the element in place of the star. */
    public SortParams by(String pattern) {
        return with("BY", pattern);
    }

    /** Only some of the result. */
    public SortParams limit(long offset, long count) {
        return with("LIMIT", offset, count);
    }

    /** Returns the values of other keys; {@code #} is the element. */
    public SortParams get(String pattern) {
        return with("GET", pattern);
    }

    /** In rising order, which is so without. */
    public SortParams asc() {
        return with("ASC");
    }

    /** In falling order. */
    public SortParams desc() {
        return with("DESC");
    }

    /** As texts instead of numbers. */
    public SortParams alpha() {
        return with("ALPHA");
    }
}
