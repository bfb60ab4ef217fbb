package io.releve.commands.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.releve.contracts.Comparison;
import io.releve.engine.Clock;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes to the log, as a real server (7.0.15) writes it into its append-only file for the same requests. */
class StreamEffectsTest {
    private static final String[][] EXPECTED = {
        {"xadd s 1-1 a b", "xadd s 1-1 a b"},
        {"xadd s 1-* a b", "XADD s 1-2 a b"},
        {"xadd s maxlen 2 3-1 a b", "xadd s maxlen 2 3-1 a b"},
        {"xadd s * a b", "XADD s 1000000-0 a b"},
        {"xadd s maxlen ~ 1000 * a b", "XADD s MAXLEN = 4 1000000-1 a b"},
        {"xadd s nomkstream maxlen 3 * a b", "XADD s nomkstream maxlen 3 1000000-2 a b"},
        {"xadd none nomkstream * a b"},
        {"xtrim s maxlen ~ 1000"},
        {"xtrim s maxlen = 2", "xtrim s maxlen = 2"},
        {"xtrim s maxlen 2"},
        {"xgroup create s g 0", "xgroup create s g 0"},
        {"xgroup createconsumer s g c", "xgroup createconsumer s g c"},
        {"xgroup createconsumer s g c"},
        {"xreadgroup group g c count 1 streams s >",
            "XCLAIM s g c 0 1000000-1 TIME 1000000 RETRYCOUNT 1 FORCE JUSTID LASTID 1000000-1"},
        {"xreadgroup group g d count 1 noack streams s >", "XGROUP CREATECONSUMER s g d",
            "XGROUP SETID s g 1000000-2 ENTRIESREAD 6"},
        {"xadd s 1000000-3 a b", "xadd s 1000000-3 a b"},
        {"xadd s 1000000-4 a b", "xadd s 1000000-4 a b"},
        {"xreadgroup group g d streams s >",
            "XCLAIM s g d 0 1000000-3 TIME 1000000 RETRYCOUNT 1 FORCE JUSTID LASTID 1000000-3",
            "XCLAIM s g d 0 1000000-4 TIME 1000000 RETRYCOUNT 1 FORCE JUSTID LASTID 1000000-4"},
        {"xreadgroup group g d streams s 0"},
        {"xack s g 1000000-3", "xack s g 1000000-3"},
        {"xack s g 1000000-3"},
        {"xclaim s g c 0 1000000-4",
            "XCLAIM s g c 0 1000000-4 TIME 1000000 RETRYCOUNT 3 FORCE JUSTID LASTID 1000000-4"},
        {"xclaim s g c 0 1000000-4 justid",
            "XCLAIM s g c 0 1000000-4 TIME 1000000 RETRYCOUNT 3 FORCE JUSTID LASTID 1000000-4"},
        {"xclaim s g c 0 1000000-4 lastid 1000001-0",
            "XCLAIM s g c 0 1000000-4 TIME 1000000 RETRYCOUNT 4 FORCE JUSTID LASTID 1000001-0"},
        {"xclaim s g c 0 5-5 lastid 1000002-0", "XGROUP SETID s g 1000002-0 ENTRIESREAD 8"},
        {"xautoclaim s g d 0 0",
            "XCLAIM s g d 0 1000000-1 TIME 1000000 RETRYCOUNT 2 FORCE JUSTID LASTID 1000002-0",
            "XCLAIM s g d 0 1000000-4 TIME 1000000 RETRYCOUNT 5 FORCE JUSTID LASTID 1000002-0"},
        {"xdel s 1000000-4", "xdel s 1000000-4"},
        {"xautoclaim s g d 0 1000000-2",
            "XCLAIM s g d 0 1000000-4 TIME 1000000 RETRYCOUNT 5 FORCE JUSTID LASTID 1000002-0"},
        {"xgroup setid s g $", "xgroup setid s g $"},
        {"xgroup delconsumer s g d", "xgroup delconsumer s g d"},
        {"xgroup destroy s g", "xgroup destroy s g"},
        {"xsetid s 1000003-1", "xsetid s 1000003-1"},
        {"xlen s"}, {"xrange s - +"}, {"xread streams s 0"}, {"xinfo stream s"},
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
        try (TestEngine engine = new TestEngine(CLOCK, new StreamCommands())) {
            for (String[] line : EXPECTED) {
                engine.client.run(Comparison.words(line[0]));
                assertEquals(List.of(line).subList(1, line.length), engine.effects(), line[0]);
            }
        }
    }
}
