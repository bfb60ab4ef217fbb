package io.releve.commands.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.releve.contracts.Comparison;
import io.releve.engine.Clock;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written to the log: what a real server writes into its append-only file. */
class ListEffectsTest {
    private static final String[][] EXPECTED = {
        {"rpush l a b c d e f", "rpush l a b c d e f"},
        {"lpushx l y z", "lpushx l y z"},
        {"lpushx none y"},
        {"lpop l", "lpop l"},
        {"lpop l 2", "lpop l 2"},
        {"rpop l 0"},
        {"lpop none 1"},
        {"lpop l -1"},
        {"linsert l before zz q"},
        {"linsert l before b q", "linsert l before b q"},
        {"linsert none before b q"},
        {"lset l 0 w", "lset l 0 w"},
        {"lset l 99 w"},
        {"lrem l 0 w", "lrem l 0 w"},
        {"lrem l 0 zzz"},
        {"ltrim l 0 -1"},
        {"ltrim l 1 2", "ltrim l 1 2"},
        {"ltrim none 1 2"},
        {"ltrim l 5 9", "ltrim l 5 9"},
        {"rpush l2 a b c", "rpush l2 a b c"},
        {"lmove l2 l3 left right", "lmove l2 l3 left right"},
        {"lmove l3 l3 left right", "lmove l3 l3 left right"},
        {"lmove l3 l3 left left", "lmove l3 l3 left left"},
        {"lmove none l3 left left"},
        {"rpoplpush l2 l3", "rpoplpush l2 l3"},
        {"rpoplpush none l3"},
        {"lmpop 2 none l3 left", "LPOP l3 1"},
        {"lmpop 1 l3 right count 10", "RPOP l3 1"},
        {"lmpop 1 l3 right count 10"},
        {"rpush l5 1 2 3 4 5 6", "rpush l5 1 2 3 4 5 6"},
        {"blpop none l5 0", "LPOP l5"},
        {"brpop l5 0", "RPOP l5"},
        {"blmove l5 l6 left right 0", "LMOVE l5 l6 left right"},
        {"brpoplpush l5 l6 0", "RPOPLPUSH l5 l6"},
        {"blmpop 0 2 none l5 LEFT count 5", "LPOP l5 2"},
        {"llen l6"}, {"lrange l6 0 -1"}, {"lindex l6 0"}, {"lpos l6 1"},
    };

    /** A clock that stands still. */
    private static final Clock CLOCK = new Clock() {
        @Override
        public long milliseconds() {
            return 1_000_000;
        }

        @Override
        public long nanoTime() {
            return 0;
        }
    };

    @Test
    void effectsAreThoseOfRedis() throws IOException {
        try (TestEngine engine = new TestEngine(CLOCK, new ListCommands())) {
            for (String[] line : EXPECTED) {
                engine.client.run(Comparison.words(line[0]));
                assertEquals(List.of(line).subList(1, line.length), engine.effects(), line[0]);
            }
        }
    }
}
