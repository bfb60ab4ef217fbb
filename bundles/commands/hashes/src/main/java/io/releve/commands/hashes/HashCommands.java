package io.releve.commands.hashes;

import io.releve.command.Command;
import io.releve.command.CommandSet;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The commands of Redis' group {@code hash}. */
@Component
public final class HashCommands implements CommandSet {
    private final List<Command> commands = List.of(
            new HDel(), new HExists(), new HGet(), HGetAll.pairs(), new HIncrBy(), new HIncrByFloat(), HGetAll.fields(),
            new HLen(), new HMGet(), HSet.hmSet(), new HRandField(), new HScan(), HSet.hSet(), new HSetNx(),
            new HStrLen(), HGetAll.values());

    @Override
    public String name() {
        return "hashes";
    }

    @Override
    public List<Command> commands() {
        return commands;
    }
}
