package io.releve.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.releve.contracts.Comparison;
import io.releve.engine.Clock;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written to the log: absolute times, results instead of floating-point sums, nothing without a change. */
class StringEffectsTest {
    private static final String[][] EXPECTED = {
        {"set k v", "set k v"},
        {"set k v ex 100", "SET k v PXAT 1100000"},
        {"set k v px 100000 nx"},
        {"set k v exat 99999999999 xx", "SET k v PXAT 99999999999000"},
        {"set k v pxat 99999999999000", "SET k v PXAT 99999999999000"},
        {"set k w xx keepttl", "set k w xx keepttl"},
        {"set k w keepttl get", "SET k w KEEPTTL"},
        {"set k w get", "SET k w"},
        {"set k v nx get"},
        {"setnx k v"},
        {"setnx k2 v", "setnx k2 v"},
        {"setex k 100 v", "SET k v PXAT 1100000"},
        {"psetex k 100 v", "SET k v PXAT 1000100"},
        {"getset k w", "SET k w"},
        {"getex k"},
        {"getex k ex 100", "PEXPIREAT k 1100000"},
        {"getex k persist", "PERSIST k"},
        {"getex k persist"},
        {"getex k pxat 1", "DEL k"},
        {"getex none ex 10"},
        {"getdel k"},
        {"getdel k2", "DEL k2"},
        {"incr n", "incr n"},
        {"incrby n 0", "incrby n 0"},
        {"decrby n 2", "decrby n 2"},
        {"incr n x"},
        {"incrby n x"},
        {"incrbyfloat n 1.5", "SET n 0.5 KEEPTTL"},
        {"append n 1", "append n 1"},
        {"append nn \"\"", "append nn "},
        {"setrange n 1 abc", "setrange n 1 abc"},
        {"setrange n 1 \"\""},
        {"mset a 1 b 2", "mset a 1 b 2"},
        {"msetnx a 1 c 2"},
        {"msetnx c 1 d 2", "msetnx c 1 d 2"},
        {"get a"}, {"mget a b"}, {"strlen a"}, {"getrange a 0 1"}, {"lcs a b"},
    };

    /** A clock that stands still, so that absolute times are known. */
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
    void effectsAreRepeatable() throws IOException {
        try (TestEngine engine = new TestEngine(CLOCK, new StringCommands())) {
            for (String[] line : EXPECTED) {
                engine.client.run(Comparison.words(line[0]));
                assertEquals(List.of(line).subList(1, line.length), engine.effects(), line[0]);
            }
        }
    }
}
