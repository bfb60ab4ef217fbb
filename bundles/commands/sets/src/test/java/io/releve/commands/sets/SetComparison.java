package io.releve.commands.sets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.releve.commands.strings.StringCommands;
import io.releve.contracts.Comparison;
import io.releve.contracts.Oracle;
import io.releve.contracts.RawReply;
import io.releve.engine.core.OpenEngine;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** These commands on the heap and a real server, ready to be sent the same requests. */
abstract class SetComparison {
    static final String[] OPERATIONS = {"sinter", "sunion", "sdiff"};

    Oracle oracle;
    TestEngine engine;
    Comparison comparison;

    @BeforeEach
    void start() throws IOException {
        oracle = Oracle.start();
        engine = new TestEngine(OpenEngine.systemClock(), new SetCommands(), new StringCommands());
        comparison = new Comparison(engine.client, oracle);
    }

    @AfterEach
    void stop() throws IOException {
        if (engine != null) {
            engine.close();
            oracle.close();
        }
    }

    final void protocol(int version) {
        oracle.run("hello", Integer.toString(version));
        engine.client.session().protocol(version);
    }

    final List<?> list(String... words) {
        return (List<?>) RawReply.parse(engine.client.run(words));
    }

    /** Compares the replies but for the order of the members, which is free in a hash table. */
    final void members(String... words) {
        String expected = oracle.run(words);
        String actual = engine.client.run(words);
        assertEquals(expected.length(), actual.length(), () -> String.join(" ", words) + ": " + expected + actual);
        assertEquals(expected.substring(0, expected.indexOf('\n')), actual.substring(0, actual.indexOf('\n')));
        if (RawReply.parse(expected) instanceof List<?> some) {
            assertEquals(sorted(some), sorted((List<?>) RawReply.parse(actual)), () -> String.join(" ", words));
        }
    }

    private static List<String> sorted(List<?> members) {
        return members.stream().map(String::valueOf).sorted().toList();
    }
}
