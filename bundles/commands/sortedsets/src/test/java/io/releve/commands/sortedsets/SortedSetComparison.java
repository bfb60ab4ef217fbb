package io.releve.commands.sortedsets;

import io.releve.commands.connection.ConnectionCommands;
import io.releve.commands.sets.SetCommands;
import io.releve.commands.strings.StringCommands;
import io.releve.contracts.Comparison;
import io.releve.contracts.Oracle;
import io.releve.contracts.RawReply;
import io.releve.engine.core.OpenEngine;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** These commands on the heap and a real server, ready to be sent the same requests. */
public abstract class SortedSetComparison {
    protected Oracle oracle;
    protected TestEngine engine;
    protected Comparison comparison;

    @BeforeEach
    void start() throws IOException {
        oracle = Oracle.start();
        engine = new TestEngine(OpenEngine.systemClock(), new SortedSetCommands(), new SetCommands(),
                new StringCommands(), new ConnectionCommands());
        comparison = new Comparison(engine.client, oracle);
    }

    @AfterEach
    void stop() throws IOException {
        if (engine != null) {
            engine.close();
            oracle.close();
        }
    }

    protected final void protocol(int version) {
        oracle.run("hello", Integer.toString(version));
        engine.client.session().protocol(version);
    }

    protected final List<?> list(String... words) {
        return (List<?>) RawReply.parse(engine.client.run(words));
    }

    protected static String pick(Random random, String... from) {
        return from[random.nextInt(from.length)];
    }
}
