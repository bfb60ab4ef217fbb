package io.releve.perf.compare;

import java.io.IOException;

/** Finds the rate of requests that a server sustains: trials at growing rates, then between the last two. */
final class Sustainable {
    private static final double FIRST_RATE = 10_000;
    private static final double STEP = 1.3;
    private static final int REFINEMENTS = 4;

    private Sustainable() {
    }

    /** Drives the server for a moment. */
    @FunctionalInterface
    interface Trial {
        Latencies at(double rate) throws IOException;
    }

    /** @return requests a second */
    static double rate(Trial trial) throws IOException {
        double sustained = 0;
        double high = FIRST_RATE;
        while (sustains(trial, high)) {
            sustained = high;
            high *= STEP;
        }
        for (int i = 0; i < REFINEMENTS; i++) {
            double middle = (sustained + high) / 2;
            if (sustains(trial, middle)) {
                sustained = middle;
            } else {
                high = middle;
            }
        }
        if (sustained == 0) {
            throw new IOException("Redis does not sustain " + FIRST_RATE + " requests a second: is the machine busy?");
        }
        return sustained;
    }

    /** Two of three attempts must succeed: the machine may be busy with something else for a while. */
    private static boolean sustains(Trial trial, double rate) throws IOException {
        int succeeded = 0;
        for (int i = 0; i < 3 && succeeded < 2; i++) {
            succeeded += trial.at(rate).sustained() ? 1 : 0;
        }
        return succeeded == 2;
    }
}
