package io.releve.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.releve.config.Directive;
import io.releve.engine.Engine.ShutdownRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Settings with formats of their own. */
class IntrospectionDirectivesTest {
    private static <T> String shown(Directive<T> directive, String... words) {
        return directive.format().show(directive.format().parse(List.of(words)));
    }

    private static void refuses(Directive<?> directive, String... words) {
        assertThrows(IllegalArgumentException.class, () -> directive.format().parse(List.of(words)), String.join(" ", words));
    }

    @Test
    void memoryOfClients() {
        assertEquals("5%", shown(IntrospectionDirectives.CLIENT_MEMORY, "5%"));
        assertEquals("1048576", shown(IntrospectionDirectives.CLIENT_MEMORY, "1mb"));
        assertEquals("0", shown(IntrospectionDirectives.CLIENT_MEMORY, "0"));
        assertEquals(50, IntrospectionDirectives.CLIENT_MEMORY.format().parse(List.of("5%")).bytes(1000));
        for (String wrong : new String[] {"101%", "-1%", "x%", "%", "-1", "x", ""}) {
            refuses(IntrospectionDirectives.CLIENT_MEMORY, wrong);
        }
    }

    @Test
    void percentiles() {
        assertEquals("50 99.9", shown(IntrospectionDirectives.LATENCY_PERCENTILES, "50", "99.9"));
        assertEquals("", shown(IntrospectionDirectives.LATENCY_PERCENTILES, ""));
        refuses(IntrospectionDirectives.LATENCY_PERCENTILES, "100.1");
        refuses(IntrospectionDirectives.LATENCY_PERCENTILES, "NaN");
        refuses(IntrospectionDirectives.LATENCY_PERCENTILES, "x");
    }

    @Test
    void stopBySignal() {
        assertEquals("save now", shown(EngineDirectives.STOP_BY_SIGNAL, "SAVE", "now"));
        assertEquals(new ShutdownRequest(true, true, true), SignalOptions.request(List.of("save", "now")));
        assertEquals(new ShutdownRequest(null, false, true), SignalOptions.request(SignalOptions.DEFAULT));
        assertEquals(new ShutdownRequest(false, false, true), SignalOptions.request(List.of("nosave")));
        refuses(EngineDirectives.STOP_BY_SIGNAL, "save", "nosave");
        refuses(EngineDirectives.STOP_BY_SIGNAL, "later");
    }

    @Test
    void oomScores() {
        assertEquals("0 200 800", shown(EngineDirectives.OOM_SCORES, "0", "200", "800"));
        assertEquals("-1 2 3", shown(EngineDirectives.OOM_SCORES, "-1 2 3"));
        refuses(EngineDirectives.OOM_SCORES, "1", "2");
        refuses(EngineDirectives.OOM_SCORES, "1", "2", "2001");
        refuses(EngineDirectives.OOM_SCORES, "1", "2", "x");
    }

    @Test
    void renamedCommands() {
        assertEquals("CONFIG \"\" GET HOLE", shown(EngineDirectives.RENAMED_COMMANDS, "config", "", "get", "hole"));
        refuses(EngineDirectives.RENAMED_COMMANDS, "config");
        refuses(EngineDirectives.RENAMED_COMMANDS, "config", "a", "get", "A");
    }
}
