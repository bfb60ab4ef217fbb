package io.releve.distribution.group;

import io.releve.command.Command;
import io.releve.command.CommandSet;
import java.util.List;

/** Follows the command sets, and takes its time when one of them goes. */
public final class BlocksInUnbind implements CommandSet {
    /** What it refers to, in the description of the component. */
    public static final String REFERENCE = "<reference name=\"sets\" interface=\"io.releve.command.CommandSet\" cardinality=\"0..n\""
            + " policy=\"dynamic\" target=\"(component.name=io.releve.commands.strings.StringCommands)\" bind=\"bind\" unbind=\"unbind\"/>";

    void bind(CommandSet set) {
        // only what goes is of interest
    }

    void unbind(CommandSet set) {
        System.out.println("unbind of " + set.name() + " blocks");
        try {
            Thread.sleep(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String name() {
        return "blocks";
    }

    @Override
    public List<Command> commands() {
        return List.of();
    }
}
