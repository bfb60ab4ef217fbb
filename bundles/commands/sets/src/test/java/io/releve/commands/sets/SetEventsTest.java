package io.releve.commands.sets;

import io.releve.contracts.ChangeComparison;
import io.releve.contracts.Oracle;
import io.releve.engine.core.OpenEngine;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Keyspace events and the number of changes, compared with a real server. */
class SetEventsTest {
    @Test
    void eventsAndChanges() throws IOException {
        try (Oracle oracle = Oracle.start();
                TestEngine engine = new TestEngine(OpenEngine.systemClock(), new SetCommands(),
                        ChangeComparison.PROBE);
                ChangeComparison comparison = new ChangeComparison(engine.dispatcher, engine.client, oracle)) {
            comparison.script("""
                    sadd s a b c d
                    sadd s a e
                    sadd s a
                    srem s a zz
                    srem s zz
                    srem none zz
                    spop s 0
                    spop s 10
                    spop none 2
                    spop none
                    sadd s a b c d e f g
                    spop s 6
                    spop s
                    sadd one a
                    smove one one a
                    smove one one b
                    smove one two b
                    smove one two a
                    smove one two a
                    sadd one a
                    smove one two a
                    sadd one a b
                    smove one two b
                    sadd s1 a b c
                    sadd s2 b c d
                    sinterstore dst s1 s2
                    sinterstore dst s1 none
                    sinterstore dst s1 none
                    sunionstore dst s1 s2
                    sunionstore dst none none2
                    sdiffstore dst s1 s2
                    sdiffstore s1 s1 s2
                    sdiffstore dst none s1
                    sinter s1 s2
                    srem s2 b c d
                    """);
        }
    }
}
