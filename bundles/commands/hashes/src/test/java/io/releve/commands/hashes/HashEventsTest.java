package io.releve.commands.hashes;

import io.releve.contracts.ChangeComparison;
import io.releve.contracts.Oracle;
import io.releve.engine.core.OpenEngine;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Keyspace events and the number of changes, compared with a real server. */
class HashEventsTest {
    @Test
    void eventsAndChanges() throws IOException {
        try (Oracle oracle = Oracle.start();
                TestEngine engine = new TestEngine(OpenEngine.systemClock(), new HashCommands(),
                        ChangeComparison.PROBE);
                ChangeComparison comparison = new ChangeComparison(engine.dispatcher, engine.client, oracle)) {
            comparison.script("""
                    hset h a 1 b 2
                    hset h a 1
                    hset h a 2 c 3
                    hmset h a 2 c 3
                    hmset hh a 2 c 3
                    hsetnx h a 1
                    hsetnx h d 1
                    hsetnx new d 1
                    hdel h a zz
                    hdel h zz
                    hdel h b c d
                    hdel none a
                    hincrby h n 5
                    hincrby h n 0
                    hincrby h n abc
                    hincrbyfloat h n 1.5
                    hincrbyfloat h n 0
                    hincrbyfloat k n 2
                    hincrbyfloat h m abc
                    hget h n
                    hrandfield h 2
                    hscan h 0
                    """);
        }
    }
}
