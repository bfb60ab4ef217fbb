package io.releve.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static String refusal(String... words) {
        return assertThrows(IllegalArgumentException.class, () -> new Options(words)).getMessage();
    }

    @Test
    void everythingHasADefault() {
        Options options = new Options();
        assertEquals(List.of(), options.scenarios);
        assertEquals(Setup.Variant.ARTICLE, options.variant);
        assertEquals(300, options.rate);
        assertEquals(5, options.times(Scenario.E));
        assertEquals(100, options.times(Scenario.FAILOVERS));
        assertEquals("", options.moreForServers());
    }

    @Test
    void options() {
        Options options = new Options("--servers", "redis", "--sentinels", "redis", "--variant", "ports", "--scenario", "a,failovers",
                "--runs", "20", "--times", "7", "--json", "--data", "there");
        assertEquals(Software.REDIS, options.servers);
        assertEquals(List.of(Scenario.A, Scenario.FAILOVERS), options.scenarios);
        assertEquals(20, options.runs);
        assertEquals(7, options.times(Scenario.E));
        assertEquals(Options.Form.JSON, options.form);
        assertTrue(options.keep && options.data.isAbsolute());
    }

    @Test
    void wrongOnesAreRefusedInPlainWords() {
        assertEquals("--servers is releve or redis, not 'valkey'", refusal("--servers", "valkey"));
        assertEquals("there is no scenario 'g': a, b, c, d, e, f, failovers", refusal("--scenario", "a,g"));
        assertEquals("--runs wants a number, not 'x'", refusal("--runs", "x"));
        assertEquals("--rate is from 10 to 10000, not 1", refusal("--rate", "1"));
        assertEquals("--runs wants a value", refusal("--runs"));
        assertEquals("unknown option '-x' (--help lists them)", refusal("-x"));
        assertEquals("--witness: Redis' sentinels know no witness", refusal("--witness", "--sentinels", "redis"));
        assertEquals("--min-replicas-to-ack: Redis has no such setting", refusal("--servers", "redis", "--min-replicas-to-ack", "1"));
    }
}
