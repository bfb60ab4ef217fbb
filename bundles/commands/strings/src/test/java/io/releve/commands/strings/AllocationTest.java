package io.releve.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.releve.engine.Lane;
import io.releve.engine.core.OpenEngine;
import io.releve.engine.core.TestEngine;
import io.releve.format.resp.ReplyBuffer;
import io.releve.format.resp.Request;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The commands clients send most make no garbage of their own, from dispatch to reply. */
class AllocationTest {
    private static final int ROUNDS = 20_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void hotCommandsMakeNoGarbage() throws IOException {
        List<Request> requests = new ArrayList<>();
        for (String line : List.of("SET k 0123456789abcdef", "GET k", "INCR n", "GET n", "INCRBY n 3", "MSET a x b y",
                "MGET a b none", "STRLEN k", "SETNX k v", "SET k 0123456789abcdef XX KEEPTTL")) {
            requests.add(new Request().words(
                    Stream.of(line.split(" ")).map(w -> w.getBytes(StandardCharsets.ISO_8859_1)).toList()));
        }
        try (TestEngine engine = new TestEngine(OpenEngine.systemClock(), new StringCommands())) {
            engine.log.close();
            Lane lane = engine.dispatcher.lane();
            ReplyBuffer reply = new ReplyBuffer((bytes, length) -> { });
            long best = Long.MAX_VALUE;
            for (int i = 0; i < 8; i++) {
                long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
                for (int round = 0; round < ROUNDS; round++) {
                    lane.begin();
                    for (int r = 0; r < requests.size(); r++) {
                        lane.dispatch(engine.client.session(), requests.get(r), reply);
                    }
                    lane.end();
                    assertEquals(0, reply.errors());
                    reply.clear();
                }
                best = Math.min(best, threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
            }
            long each = best / ROUNDS;
            assertTrue(each < 16, () -> each + " bytes for " + requests.size() + " commands");
        }
    }
}
