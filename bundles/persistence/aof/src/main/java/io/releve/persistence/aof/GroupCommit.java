package io.releve.persistence.aof;

/**
 * For how many entries a force waits, and how long. Without a wait the clients that one force has answered come back while
 * the next already runs for the others: two halves take turns, and each waits for two forces. Where that is to be seen, it
 * tries whether all come together if waited for, no longer than a force takes, and goes on so as long as they do. Who is
 * alone, or comes now and then, is not waited for. Not for several threads.
 */
final class GroupCommit {
    /** Forces between two tries. */
    private static final int TRY_EVERY = 32;
    private static final int WEIGHT = 8;
    private static final long MOST_NANOS = 5_000_000;

    private int wanted = 1;
    private int forces;
    private long forceNanos;

    /** Entries that are enough. */
    int wanted() {
        return wanted;
    }

    /** How long to wait for them at most. */
    long patienceNanos() {
        return Math.min(forceNanos, MOST_NANOS);
    }

    /**
     * A force has ended.
     *
     * @param entries it was for
     * @param waiting entries that came meanwhile
     */
    void forced(int entries, int waiting, long nanos) {
        forceNanos += (nanos - forceNanos) / WEIGHT;
        if (waiting > 0 && ++forces % TRY_EVERY == 0) {
            wanted = entries + waiting;
        } else if (entries < wanted) {
            wanted = entries > wanted / 4 * 3 ? entries : 1;
        }
    }
}
