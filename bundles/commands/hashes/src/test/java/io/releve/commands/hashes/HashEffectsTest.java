package io.releve.commands.hashes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.releve.contracts.Comparison;
import io.releve.engine.Clock;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written to the log: what a real server writes into its append-only file. */
class HashEffectsTest {
    private static final String[][] EXPECTED = {
        {"hset h a 1 b 2", "hset h a 1 b 2"},
        {"hset h a 1", "hset h a 1"},
        {"hset h a"},
        {"hmset h a 2 c 3", "hmset h a 2 c 3"},
        {"hsetnx h a 1"},
        {"hsetnx h d 1", "hsetnx h d 1"},
        {"hdel h a zz", "hdel h a zz"},
        {"hdel h zz"},
        {"hdel h b c d", "hdel h b c d"},
        {"hdel none a"},
        {"hincrby h n 5", "hincrby h n 5"},
        {"hincrby h n 0", "hincrby h n 0"},
        {"hincrby h n abc"},
        {"hincrbyfloat h n 1.5", "HSET h n 6.5"},
        {"hincrbyfloat h n 0", "HSET h n 6.5"},
        {"hincrbyfloat h m 3.0e3", "HSET h m 3000"},
        {"hincrbyfloat h m abc"},
        {"hget h n"}, {"hmget h n"}, {"hgetall h"}, {"hkeys h"}, {"hvals h"}, {"hlen h"}, {"hexists h n"},
        {"hstrlen h n"}, {"hrandfield h 2"}, {"hscan h 0"},
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
        try (TestEngine engine = new TestEngine(CLOCK, new HashCommands())) {
            for (String[] line : EXPECTED) {
                engine.client.run(Comparison.words(line[0]));
                assertEquals(List.of(line).subList(1, line.length), engine.effects(), line[0]);
            }
        }
    }
}
