package io.releve.commands.sets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.releve.contracts.Comparison;
import io.releve.contracts.RawReply;
import io.releve.engine.Clock;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written to the log: what a real server writes into its append-only file. */
class SetEffectsTest {
    private static final String[][] EXPECTED = {
        {"sadd s a b c d", "sadd s a b c d"},
        {"sadd s a e", "sadd s a e"},
        {"sadd s a"},
        {"srem s a zz", "srem s a zz"},
        {"srem s zz"},
        {"srem none zz"},
        {"smove s s b"},
        {"smove s t b", "smove s t b"},
        {"smove s t b"},
        {"sadd s b", "sadd s b"},
        {"smove s t b", "smove s t b"},
        {"sinterstore dst s t"},
        {"sunionstore dst s t", "sunionstore dst s t"},
        {"sinterstore dst s none", "sinterstore dst s none"},
        {"sinterstore dst s none"},
        {"sdiffstore dst s t", "sdiffstore dst s t"},
        {"sdiffstore t t t", "sdiffstore t t t"},
        {"spop s 0"},
        {"spop none"},
        {"spop none 5"},
        {"spop s 3", "DEL s"},
        {"sadd one 1", "sadd one 1"},
        {"spop one", "SREM one 1"},
        {"sadd one 1", "sadd one 1"},
        {"spop one 1", "DEL one"},
        {"smembers dst"}, {"sinter dst t"}, {"sunion dst t"}, {"sdiff dst t"}, {"sintercard 1 dst"}, {"scard dst"},
        {"sismember dst a"}, {"smismember dst a"}, {"srandmember dst 2"}, {"sscan dst 0"},
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
        try (TestEngine engine = new TestEngine(CLOCK, new SetCommands())) {
            for (String[] line : EXPECTED) {
                engine.client.run(Comparison.words(line[0]));
                assertEquals(List.of(line).subList(1, line.length), engine.effects(), line[0]);
            }
        }
    }

    /** Since 7.2 the members chosen by SPOP are handed on in batches. */
    @Test
    void chosenMembersAreHandedOn() throws IOException {
        try (TestEngine engine = new TestEngine(CLOCK, new SetCommands())) {
            for (int i = 0; i < 3000; i++) {
                engine.client.run("sadd", "s", "m" + i);
            }
            engine.effects();
            List<?> popped = (List<?>) RawReply.parse(engine.client.run("spop", "s", "2050"));
            List<String> handedOn = new ArrayList<>();
            List<Integer> sizes = new ArrayList<>();
            for (String effect : engine.effects()) {
                List<String> words = List.of(effect.split(" "));
                assertEquals(List.of("SREM", "s"), words.subList(0, 2));
                handedOn.addAll(words.subList(2, words.size()));
                sizes.add(words.size() - 2);
            }
            assertEquals(List.of(1024, 1024, 2), sizes);
            assertEquals(popped, handedOn);
            assertEquals(":950\r\n", engine.client.run("scard", "s"));
        }
    }
}
