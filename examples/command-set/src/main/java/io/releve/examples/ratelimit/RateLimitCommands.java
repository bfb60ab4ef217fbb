package io.releve.examples.ratelimit;

import io.releve.command.Command;
import io.releve.command.CommandSet;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Registered as a service, and the server has two commands more; gone, and they are gone. */
@Component
public final class RateLimitCommands implements CommandSet {
    @Override
    public String name() {
        return "ratelimit";
    }

    @Override
    public List<Command> commands() {
        return List.of(new Take(), new Left());
    }
}
