package io.releve.command;

import java.util.random.RandomGenerator;

/**
 * Chooses some of many elements in one walk over all of them, every choice being equally likely (D. Knuth, The Art of
 * Computer Programming 2, 3.4.2, algorithm S).
 */
public final class Sample {
    private final RandomGenerator random;
    private long wanted;
    private long left;

    /**
     * @param wanted how many to choose, at most {@code size}
     * @param size number of elements
     */
    public Sample(RandomGenerator random, long wanted, long size) {
        this.random = random;
        this.wanted = wanted;
        this.left = size;
    }

    /** Whether the next element is chosen. */
    public boolean next() {
        boolean chosen = random.nextLong(left--) < wanted;
        if (chosen) {
            wanted--;
        }
        return chosen;
    }

    /** Whether all are chosen that were wanted. */
    public boolean complete() {
        return wanted == 0;
    }
}
