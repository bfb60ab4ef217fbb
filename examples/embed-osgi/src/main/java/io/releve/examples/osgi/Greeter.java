package io.releve.examples.osgi;

import io.releve.embedded.Releve;
import io.releve.embedded.Subscription;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Lives in the server's container: counts its starts, and greets whoever publishes a name on the channel {@code greet}. */
@Component(immediate = true, service = {})
public final class Greeter {
    private final Subscription names;

    @Activate
    public Greeter(@Reference Releve releve) {
        releve.incr("greeter:starts");
        names = releve.subscribe((pattern, channel, name) ->
                releve.rpush("greetings", "Hello, " + new String(name, StandardCharsets.UTF_8)), "greet");
    }

    @Deactivate
    void close() {
        names.close();
    }
}
