package io.releve.server.netty;

import static org.junit.jupiter.api.Assertions.assertNull;

import io.releve.contracts.Oracle;
import io.releve.contracts.differential.Differential;
import org.junit.jupiter.api.Test;

/**
 * Random requests to a real server and to this one. As long as wished with {@code -Dreleve.differential.seconds=600}, from
 * any seed with {@code -Dreleve.differential.seed=1}.
 */
class DifferentialTest {
    private static final long FIRST_SEED = Long.getLong("releve.differential.seed", 1);
    /** Without a time given, the same few sequences each time. */
    private static final long SECONDS = Long.getLong("releve.differential.seconds", 0);
    private static final int SEQUENCES = 20;

    @Test
    void repliesAgree() throws Exception {
        try (Oracle oracle = Oracle.start(); RunningServer server = new RunningServer();
                Oracle ours = Oracle.at(server.port())) {
            Differential differential = new Differential(oracle, ours);
            long deadline = System.nanoTime() + SECONDS * 1_000_000_000;
            long seed = FIRST_SEED;
            do {
                System.out.println("differential seed " + seed);
                assertNull(differential.run(seed));
                seed++;
            } while (SECONDS == 0 ? seed < FIRST_SEED + SEQUENCES : System.nanoTime() < deadline);
            System.out.println(seed - FIRST_SEED + " sequences, " + differential.requests() + " requests");
        }
    }
}
