package io.releve.commands.keys;

import io.releve.commands.lists.ListCommands;
import io.releve.commands.strings.StringCommands;
import io.releve.contracts.ChangeComparison;
import io.releve.contracts.Oracle;
import io.releve.engine.core.OpenEngine;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Keyspace events and the number of changes, compared with a real server. */
class KeyEventsTest {
    @Test
    void eventsAndChanges() throws IOException {
        try (Oracle oracle = Oracle.start();
                TestEngine engine = new TestEngine(OpenEngine.systemClock(), new KeyCommands(), new StringCommands(),
                        new ListCommands(), ChangeComparison.PROBE);
                ChangeComparison comparison = new ChangeComparison(engine.dispatcher, engine.client, oracle)) {
            String payload = OldPayloads.seal("\0\4text", 10);
            comparison.run("restore", "k", "0", payload);
            comparison.run("restore", "k", "0", payload);
            comparison.run("restore", "k", "0", payload, "replace");
            comparison.run("restore", "k", "100000", payload, "replace");
            comparison.run("restore", "k", "1", payload, "replace", "absttl");
            comparison.run("restore", "k", "1", payload, "replace", "absttl");
            comparison.run("restore", "k", "0", "x" + payload, "replace");
            comparison.script("""
                    rpush l 3 1 2
                    sort l
                    dump l
                    dump none
                    sort l store m
                    sort l store m
                    sort l by nosort get # get none store l
                    sort none store m
                    sort none store m
                    set s 1
                    sort l store s
                    sort l limit 9 9 store s
                    wait 0 0
                    migrate 127.0.0.1 1 none 0 10
                    """);
        }
    }
}
