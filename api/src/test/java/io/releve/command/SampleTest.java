package io.releve.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleTest {
    private static final int ROUNDS = 60_000;
    /** With five degrees of freedom, one honest run in a thousand is above. */
    private static final double CHI_SQUARE_LIMIT = 20.5;

    @Test
    void everyPairIsEquallyLikely() {
        Random random = new Random(41);
        int[] seen = new int[16];
        for (int round = 0; round < ROUNDS; round++) {
            Sample sample = new Sample(random, 2, 4);
            int chosen = 0;
            for (int i = 0; i < 4; i++) {
                if (sample.next()) {
                    chosen |= 1 << i;
                }
            }
            assertTrue(sample.complete());
            seen[chosen]++;
        }
        double expected = ROUNDS / 6.0;
        double chiSquare = 0;
        for (int chosen = 0; chosen < seen.length; chosen++) {
            if (Integer.bitCount(chosen) == 2) {
                chiSquare += (seen[chosen] - expected) * (seen[chosen] - expected) / expected;
            } else {
                assertEquals(0, seen[chosen]);
            }
        }
        double found = chiSquare;
        assertTrue(found < CHI_SQUARE_LIMIT, () -> "chi-square " + found);
    }
}
