package io.releve.commands.lists;

import io.releve.contracts.ChangeComparison;
import io.releve.contracts.Oracle;
import io.releve.engine.core.OpenEngine;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Keyspace events and the number of changes, compared with a real server. */
class ListEventsTest {
    @Test
    void eventsAndChanges() throws IOException {
        try (Oracle oracle = Oracle.start();
                TestEngine engine = new TestEngine(OpenEngine.systemClock(), new ListCommands(),
                        ChangeComparison.PROBE);
                ChangeComparison comparison = new ChangeComparison(engine.dispatcher, engine.client, oracle)) {
            comparison.script("""
                    rpush l a b c d e f
                    lpush l x
                    lpushx l y z
                    lpushx none y
                    rpushx l q
                    lpop l
                    lpop l 2
                    rpop l 0
                    lpop none 1
                    lpop l -1
                    linsert l before zz q
                    linsert l before b q
                    linsert none before b q
                    lset l 0 w
                    lset l 99 w
                    lrem l 0 w
                    lrem l 0 zzz
                    ltrim l 0 -1
                    ltrim l 1 2
                    ltrim none 1 2
                    rpush l2 a a b
                    lrem l2 0 a
                    lrem l2 0 b
                    rpush l2 a b
                    ltrim l2 5 9
                    rpush l2 a b c
                    lmove l2 l3 left right
                    lmove l3 l3 left right
                    lmove l3 l3 left left
                    rpoplpush l2 l3
                    rpoplpush none l3
                    lmove l2 l2 left right
                    lmove l2 l4 left left
                    lmpop 2 none l3 left
                    lmpop 1 l3 right count 10
                    rpush l5 1 2 3 4 5 6 7
                    lmpop 1 l5 right count 2
                    blpop none l5 0
                    brpop l5 0
                    blmove l5 l6 left right 0
                    blmove l5 l5 left right 0
                    brpoplpush l5 l6 0
                    blmpop 0 2 none l6 left count 2
                    rpush one a
                    rpop one
                    rpush one a
                    blpop one 0
                    rpush one a
                    rpop one 5
                    rpush one a
                    lmove one two left left
                    """);
        }
    }
}
