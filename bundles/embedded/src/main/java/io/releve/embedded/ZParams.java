package io.releve.embedded;

/** Options of commands on several sorted sets. */
public final class ZParams extends Params<ZParams> {
    /** A factor for the scores of each set. */
    public ZParams weights(double... factors) {
        return with((Object[]) weighted(factors));
    }

    /** How scores of a member are combined; added without this. */
    public ZParams aggregate(Aggregate way) {
        return with("AGGREGATE", way);
    }

    /** Ways to combine scores. */
    public enum Aggregate {
        SUM, MIN, MAX
    }

    private static Object[] weighted(double[] factors) {
        Object[] words = new Object[factors.length + 1];
        words[0] = "WEIGHTS";
        for (int i = 0; i < factors.length; i++) {
            words[i + 1] = factors[i];
        }
        return words;
    }
}
