package io.releve.embedded;

/** Options of LPOS. */
public final class LPosParams extends Params<LPosParams> {
    /** Which of several equal elements; negative from the end. */
    public LPosParams rank(long rank) {
        return with("RANK", rank);
    }

    /** How many elements are compared at most. */
    public LPosParams maxlen(long elements) {
        return with("MAXLEN", elements);
    }
}
