package io.releve.commands.streams;

import io.releve.command.Command;
import io.releve.commands.strings.StringCommands;
import io.releve.contracts.Comparison;
import io.releve.contracts.Oracle;
import io.releve.contracts.SpecComparison;
import io.releve.engine.core.OpenEngine;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same requests to these commands and to a real server; random ones are sent by {@code DifferentialTest}. */
class StreamRepliesTest {
    private Oracle oracle;
    private TestEngine engine;

    @BeforeEach
    void start() throws IOException {
        oracle = Oracle.start();
        engine = new TestEngine(OpenEngine.systemClock(), new StreamCommands(), new StringCommands());
    }

    @AfterEach
    void stop() throws IOException {
        if (engine != null) {
            engine.close();
            oracle.close();
        }
    }

    /** {@code XINFO|CONSUMERS} has changed in 7.2, which this server does not know. */
    @Test
    void factsAreThoseOfTheServer() {
        SpecComparison facts = new SpecComparison(oracle);
        for (Command command : new StreamCommands().commands()) {
            if (!command.spec().name().equals("XINFO")) {
                facts.compare(command);
            }
        }
    }

    @Test
    void edgesAndMistakes() {
        new Comparison(engine.client, oracle).script("""
                xadd s
                xadd s 0-0 a b
                xadd s abc a b
                xadd s 1-1 a
                xadd s 18446744073709551616 a b
                xadd s maxlen 2 minid 3 9 a b
                xadd s maxlen = 2 limit 1 9 a b
                xadd s maxlen ~ 2 limit -1 9 a b
                xadd s maxlen ~ 2 limit x 9 a b
                xadd s limit 2 9 a b
                xadd s maxlen -1 9 a b
                xadd s minid x 9 a b
                xadd s nomkstream
                xadd s 18446744073709551615-18446744073709551615 a b
                xadd s 18446744073709551615-* a b
                xadd none nomkstream 1 a b
                xtrim s
                xtrim s maxlen
                xtrim s foo 2
                xtrim s maxlen ~ 2 limit 0
                xtrim none maxlen 0
                xgroup
                xgroup nosuch
                xgroup create s
                xgroup create none g $
                xgroup create none g $ mkstream
                xgroup create none g $ mkstream
                xgroup create none h x
                xgroup create none h 0 entriesread -2
                xgroup create none h 0 entriesread
                xgroup create none h + 
                xgroup setid none g x
                xgroup setid none nosuch 0
                xgroup setid nosuch g 0
                xgroup destroy none nosuch
                xgroup createconsumer none nosuch c
                xgroup delconsumer none g c
                xread streams
                xread streams a b c
                xread streams s >
                xread streams s x
                xread count x streams s 0
                xread block -1 streams s 0
                xread block x streams s 0
                xread group g c streams s 0
                xread noack streams s 0
                xread foo streams s 0
                xreadgroup group none c streams s >
                xreadgroup group g c streams none $
                xreadgroup group g c streams nosuch >
                xreadgroup foo g c streams s 0 x
                xreadgroup count 1 noack noack streams none 0
                xack none g x
                xack nosuch g x
                xclaim none g c 0 1-1 foo
                xclaim none g c x 1-1
                xclaim none g c 0 1-1 idle x
                xclaim none g c 0 1-1 time x
                xclaim none g c 0 1-1 retrycount x
                xclaim none g c 0 1-1 lastid x
                xclaim nosuch g c 0 1-1
                xautoclaim none g c x 0
                xautoclaim none g c 0 (
                xautoclaim none g c 0 0 count 0
                xautoclaim none g c 0 0 count x
                xautoclaim none g c 0 0 foo
                xautoclaim nosuch g c 0 0
                xpending none g
                xpending none g - +
                xpending none g - + 10
                xpending none g - + x
                xpending none g idle x - + 10
                xpending none g idle 0 - +
                xpending none g x + 10
                xpending none nosuch
                xrange s - + count
                xrange s - + count x
                xrange s - + count -1
                xrange s - + count 0
                xrange s x +
                xrange s (18446744073709551615-18446744073709551615 +
                xrange s - (0-0
                xrange s + -
                xrevrange s + - count 2
                xsetid s x
                xsetid nosuch 1-1
                xsetid s 1-1
                xsetid none 5-0 entriesadded -1
                xsetid none 5-0 entriesadded 3 maxdeletedid 9-0
                xsetid none 5-0 entriesadded 3 maxdeletedid 4-0
                xsetid none 5-0 foo
                xinfo stream nosuch
                xinfo stream s foo
                xinfo stream s full count x
                xinfo groups nosuch
                xinfo consumers s nosuch
                xinfo nosuch
                xlen s
                set text v
                xadd text 1 a b
                xlen text
                xread streams text 0
                xreadgroup group g c streams text >
                xrange text - +
                xinfo stream text
                xgroup create text g 0
                xgroup create text g 0 mkstream mkstream entriesread 1
                xgroup create nosuch g 0 entriesread 1 entriesread 2
                xgroup create nosuch g 0 mkstream mkstream entriesread 1
                xgroup create s new x mkstream mkstream entriesread 1
                xgroup create s new 0
                xgroup setid text g 0 entriesread 1 entriesread 2
                xgroup setid nosuch g 0 entriesread 1 entriesread 2
                xgroup setid s none 0 entriesread 1 entriesread 2
                xgroup setid s new x entriesread 1 entriesread 2
                xgroup setid s new x foo
                """);
    }

    @Test
    void theGreatestIdMeansWhatIsNew() {
        new Comparison(engine.client, oracle).script("""
                xadd s 1-1 a b
                xadd t 1-1 a b
                xgroup create s g 0
                xgroup create t g 0
                xreadgroup group g c streams s t > >
                xreadgroup group g c streams s 18446744073709551615-18446744073709551615
                xreadgroup group g c streams s 18446744073709551615-18446744073709551614
                xreadgroup group g c streams s t 18446744073709551615-18446744073709551615 0
                xreadgroup group g c streams s t 0 18446744073709551615-18446744073709551615
                xadd s 2-1 c d
                xreadgroup group g c streams s 18446744073709551615-18446744073709551615
                xpending s g
                """);
    }

    /** Positions of a group before and after entries that have been deleted by themselves. */
    @Test
    void lagOfGroups() {
        new Comparison(engine.client, oracle).script("""
                xadd s 3-0 a b
                xgroup create s g 1-1
                xsetid s 5-1 entriesadded 5 maxdeletedid 2-1
                xinfo groups s
                xgroup setid s g 2-1
                xinfo groups s
                xgroup setid s g 3-0
                xinfo groups s
                xadd s 6-0 a b
                xgroup setid s g 2-0
                xinfo groups s
                xdel s 3-0
                xinfo groups s
                xadd s 7-0 a b
                xdel s 7-0
                xinfo groups s
                xgroup setid s g 6-0
                xinfo groups s
                xgroup setid s g 9-0
                xinfo groups s
                xtrim s maxlen 0
                xgroup setid s g 1-0
                xinfo groups s
                """);
    }
}
