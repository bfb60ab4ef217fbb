package io.releve.perf.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
    @Test
    void everyRequestOfTheScheduleIsAnsweredAndHalfAreReads() throws IOException {
        try (AnsweringServer server = new AnsweringServer(); OpenLoop generator = new OpenLoop(server.port(), Traffic.mixed())) {
            Latencies latencies = generator.run(5_000, 1);
            assertEquals(5_000, server.reads.get() + server.writes.get());
            assertTrue(Math.abs(server.reads.get() - 2_500) < 250, "reads: " + server.reads);
            assertTrue(latencies.rate() > 2_500, "rate: " + latencies.rate());
            assertTrue(latencies.p50() > 0 && latencies.p50() <= latencies.p99() && latencies.p99() <= latencies.max());
        }
    }

    /** A stall of 0.4 s in 2 s of schedule is charged to about a fifth of the requests, not to one a connection. */
    @Test
    void aStallIsChargedToAllRequestsThatWereDueInIt() throws IOException {
        try (AnsweringServer server = new AnsweringServer(); OpenLoop generator = new OpenLoop(server.port(), Traffic.mixed())) {
            CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS).execute(() -> server.stall(400));
            Latencies latencies = generator.run(4_000, 2);
            assertTrue(latencies.p99() > 300_000, "p99: " + latencies.p99());
            assertTrue(latencies.p50() < 200_000, "p50: " + latencies.p50());
        }
    }
}
