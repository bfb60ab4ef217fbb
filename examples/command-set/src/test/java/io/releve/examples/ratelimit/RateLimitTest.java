package io.releve.examples.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.contracts.Comparison;
import io.releve.contracts.RawReply;
import io.releve.engine.Clock;
import io.releve.engine.core.TestEngine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An engine in the test, without a framework and without a socket. */
class RateLimitTest {
    private long now = 1_000_000;

    private final Clock clock = new Clock() {
        @Override
        public long milliseconds() {
            return now;
        }

        @Override
        public long nanoTime() {
            return now * 1_000_000;
        }
    };

    private static String run(TestEngine engine, String request) throws Exception {
        return String.valueOf(RawReply.parse(engine.client.run(Comparison.words(request))));
    }

    @Test
    void aLimitHoldsUntilItsTimeIsOver() throws Exception {
        try (TestEngine engine = new TestEngine(clock, new RateLimitCommands())) {
            assertEquals("[1, 1, 10000]", run(engine, "ratelimit.take k 2 10"));
            now += 4000;
            assertEquals("[1, 0, 6000]", run(engine, "ratelimit.take k 2 10"));
            assertEquals(List.of("SET k 1 PXAT 1010000", "SET k 2 PXAT 1010000"), engine.effects());
            assertEquals("[0, 0, 6000]", run(engine, "ratelimit.take k 2 10"));
            assertEquals("0", run(engine, "ratelimit.left k 2"));
            assertEquals("3", run(engine, "ratelimit.left k 5"));
            assertEquals(List.of(), engine.effects(), "what changes nothing is not logged");
            now += 6000;
            assertEquals("2", run(engine, "ratelimit.left k 2"));
            assertEquals("[1, 1, 10000]", run(engine, "ratelimit.take k 2 10"));
        }
    }

    @Test
    void whatMakesNoSenseIsRefusedBeforeAnythingIsChanged() throws Exception {
        try (TestEngine engine = new TestEngine(clock, new RateLimitCommands())) {
            for (String request : List.of("ratelimit.take k 0 10", "ratelimit.take k 1 0", "ratelimit.take k 1 99999999999",
                    "ratelimit.take k x 1", "ratelimit.left k -1")) {
                assertTrue(run(engine, request).startsWith("-ERR "), request);
            }
            assertEquals(List.of(), engine.effects());
        }
    }
}
