package io.releve.commands.keys;

import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;

/** What the commands on keys have in common. */
abstract class KeyCommand implements Command {
    static final CommandException SAME_OBJECT =
            new CommandException("ERR source and destination objects are the same");
    private static final CommandException NO_INT = new CommandException(
            "ERR value is out of range, value must between " + Integer.MIN_VALUE + " and " + Integer.MAX_VALUE);
    static final CommandException NO_SUCH_DATABASE = new CommandException("ERR DB index is out of range");

    private final CommandSpec spec;

    KeyCommand(CommandSpec.Builder facts) {
        spec = facts.build();
    }

    static CommandSpec.Builder facts(String name, int arity, CommandFlag... flags) {
        return CommandSpec.command(name, arity).group("generic").categories("keyspace").flags(flags);
    }

    @Override
    public final CommandSpec spec() {
        return spec;
    }

    /** Argument {@code i} as the number of a database that exists. */
    static int databaseIndex(Call call, int i) {
        long index = call.arguments().integer(i);
        if (index != (int) index) {
            throw NO_INT;
        }
        if (index < 0 || index >= call.engine().databases()) {
            throw NO_SUCH_DATABASE;
        }
        return (int) index;
    }
}
