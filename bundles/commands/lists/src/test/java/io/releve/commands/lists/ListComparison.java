package io.releve.commands.lists;

import io.releve.commands.connection.ConnectionCommands;
import io.releve.commands.strings.StringCommands;
import io.releve.contracts.Comparison;
import io.releve.contracts.Oracle;
import io.releve.engine.core.OpenEngine;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** These commands on the heap and a real server, ready to be sent the same requests. */
abstract class ListComparison {
    Oracle oracle;
    TestEngine engine;
    Comparison comparison;

    @BeforeEach
    void start() throws IOException {
        oracle = Oracle.start();
        engine = new TestEngine(OpenEngine.systemClock(), new ListCommands(), new StringCommands(),
                new ConnectionCommands());
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
}
