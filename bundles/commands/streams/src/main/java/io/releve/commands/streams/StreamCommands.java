package io.releve.commands.streams;

import io.releve.command.Command;
import io.releve.command.CommandSet;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The commands of the group {@code stream}. */
@Component
public final class StreamCommands implements CommandSet {
    private final List<Command> commands = List.of(new XAdd(), new XTrim(), new XDel(), new XLen(), XRange.forward(),
            XRange.backward(), XRead.plain(), XRead.group(), new XAck(), new XClaim(), new XAutoClaim(), new XPending(),
            XGroup.container(), XInfo.container(), new XSetId());

    @Override
    public String name() {
        return "streams";
    }

    @Override
    public List<Command> commands() {
        return commands;
    }
}
