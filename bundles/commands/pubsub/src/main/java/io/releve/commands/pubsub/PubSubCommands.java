package io.releve.commands.pubsub;

import io.releve.command.Command;
import io.releve.command.CommandSet;
import io.releve.engine.Subscriptions.Kind;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The commands of the group {@code pubsub}. */
@Component
public final class PubSubCommands implements CommandSet {
    private final List<Command> commands = all();

    @Override
    public String name() {
        return "pubsub";
    }

    @Override
    public List<Command> commands() {
        return commands;
    }

    private static List<Command> all() {
        return List.of(new Subscribe(Kind.CHANNEL), new Subscribe(Kind.PATTERN), new Subscribe(Kind.SHARD),
                new Unsubscribe(Kind.CHANNEL), new Unsubscribe(Kind.PATTERN), new Unsubscribe(Kind.SHARD),
                new Publish(Kind.CHANNEL), new Publish(Kind.SHARD), PubSub.container());
    }
}
