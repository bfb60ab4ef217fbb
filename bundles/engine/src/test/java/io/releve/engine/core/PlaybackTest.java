package io.releve.engine.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.releve.command.Arguments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Journals and masters that speak of scripts to an engine without the bundle for them. */
class PlaybackTest {
    private static final String LIBRARY = "#!lua name=l\nredis.register_function('f', function() return 1 end)";

    private static String refused(Playback playback, String... words) {
        return assertThrows(IOException.class, () -> playback.run(Arguments.of((Object[]) words))).getMessage();
    }

    @Test
    void librariesAreKeptAndScriptsRefused() throws IOException {
        try (TestEngine engine = new TestEngine(new SystemClock())) {
            for (Playback playback : List.of(new Playback(engine.core()), new MasterPlayback(engine.core()))) {
                playback.run(Arguments.of("function", "load", "replace", LIBRARY));
                assertArrayEquals(LIBRARY.getBytes(StandardCharsets.US_ASCII), engine.administration().functions().get(0));
                for (String name : List.of("EVAL", "eval", "EVALSHA", "FCALL", "SCRIPT")) {
                    assertEquals("unknown command '" + name + "': scripts need the bundle io.releve.commands.scripting",
                            refused(playback, name, "return redis.call('set', 'a', 1)", "0"));
                }
                assertEquals("unknown command 'NOSUCH'", refused(playback, "NOSUCH", "EVAL"));
                refused(playback, "FUNCTION", "LOAD", "return 1");
                refused(playback, "FUNCTION", "RESTORE", "garbage");
                refused(playback, "FUNCTION", "KILL");
                refused(playback, "FUNCTION");
                assertEquals(1, engine.administration().functions().size());
                playback.run(Arguments.of("FUNCTION", "FLUSH"));
                assertEquals(List.of(), engine.administration().functions());
            }
        }
    }
}
