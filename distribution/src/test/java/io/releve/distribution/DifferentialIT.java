package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.releve.contracts.Oracle;
import io.releve.contracts.differential.Differential;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random requests to a real server and to the packaged one with its data off-heap. As long as wished with
 * {@code -Dreleve.differential.seconds=600}, from any seed with {@code -Dreleve.differential.seed=1}.
 */
class DifferentialIT {
    private static final long FIRST_SEED = Long.getLong("releve.differential.seed", 1_000_000);
    /** Without a time given, the same few sequences each time. */
    private static final long SECONDS = Long.getLong("releve.differential.seconds", 0);
    private static final int SEQUENCES = 20;

    @TempDir
    Path directory;

    @Test
    void repliesAgree() throws Exception {
        int port = RunningServer.freePort();
        try (Oracle oracle = Oracle.start();
                RunningServer server = RunningServer.start(directory, "--port", "" + port).awaitReady();
                Oracle ours = Oracle.at(port)) {
            Differential differential = new Differential(oracle, ours);
            long deadline = System.nanoTime() + SECONDS * 1_000_000_000;
            long seed = FIRST_SEED;
            do {
                System.out.println("differential seed " + seed);
                assertNull(differential.run(seed));
                seed++;
            } while (SECONDS == 0 ? seed < FIRST_SEED + SEQUENCES : System.nanoTime() < deadline);
            System.out.println(seed - FIRST_SEED + " sequences, " + differential.requests() + " requests");
            server.terminate();
            assertEquals(0, server.exitCode(), server.output());
        }
    }
}
