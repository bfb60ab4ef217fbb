package io.releve.commands.sets;

import io.releve.command.Command;
import io.releve.command.CommandSet;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The commands of Redis' group {@code set}. */
@Component
public final class SetCommands implements CommandSet {
    private final List<Command> commands = List.of(
            new SAdd(), new SCard(), SetOperation.diff(), SetOperation.diffStore(), SetOperation.inter(),
            new SInterCard(), SetOperation.interStore(), new SIsMember(), new SMembers(), new SMIsMember(), new SMove(),
            new SPop(), new SRandMember(), new SRem(), new SScan(), SetOperation.union(), SetOperation.unionStore());

    @Override
    public String name() {
        return "sets";
    }

    @Override
    public List<Command> commands() {
        return commands;
    }
}
