package io.releve.commands.lists;

import io.releve.command.Command;
import io.releve.command.CommandSet;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The commands of Redis' group {@code list}. */
@Component
public final class ListCommands implements CommandSet {
    private final List<Command> commands = List.of(
            Move.blMove(), MultiPop.blocking(), BlockingPop.left(), BlockingPop.right(), Move.brPopLPush(),
            new LIndex(), new LInsert(), new LLen(), Move.lMove(), MultiPop.immediate(), Pop.left(), new LPos(),
            Push.left(), Push.leftIfThere(), new LRange(), new LRem(), new LSet(), new LTrim(), Pop.right(),
            Move.rPopLPush(), Push.right(), Push.rightIfThere());

    @Override
    public String name() {
        return "lists";
    }

    @Override
    public List<Command> commands() {
        return commands;
    }
}
