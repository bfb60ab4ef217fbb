package io.releve.commands.pubsub;

import io.releve.command.Command;
import io.releve.contracts.Comparison;
import io.releve.contracts.Oracle;
import io.releve.contracts.SpecComparison;
import io.releve.engine.core.OpenEngine;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Facts and help, and a real server's; what clients hear is compared by {@code ConversationTest}. */
class PubSubFactsTest {
    @Test
    void factsAreThoseOfTheServer() throws IOException {
        try (Oracle oracle = Oracle.start()) {
            SpecComparison facts = new SpecComparison(oracle);
            for (Command command : new PubSubCommands().commands()) {
                facts.compare(command);
            }
        }
    }

    @Test
    void mistakes() throws IOException {
        try (Oracle oracle = Oracle.start();
                TestEngine engine = new TestEngine(OpenEngine.systemClock(), new PubSubCommands())) {
            new Comparison(engine.client, oracle).script("""
                    publish a
                    publish a b c
                    spublish a
                    subscribe
                    psubscribe
                    ssubscribe
                    pubsub
                    pubsub nosuch
                    pubsub help
                    pubsub numpat x
                    pubsub channels a b
                    pubsub shardchannels a b
                    pubsub numsub
                    pubsub shardnumsub a
                    """);
        }
    }
}
