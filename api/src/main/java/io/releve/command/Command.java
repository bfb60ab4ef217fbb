package io.releve.command;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One command. Commands hold no state: everything they touch comes with the {@link Call}, and the same object serves
 * every engine and every thread.
 */
@ConsumerType
public interface Command {
    CommandSpec spec();

    /**
     * Runs the command. Arity, authorisation, memory and the like have been checked. Exactly one reply is written,
     * unless a {@link CommandException} is thrown, which becomes an error reply; then nothing may have been changed.
     */
    void run(Call call);

    /** Its subcommands; a container is never run itself when the first argument names one of them. */
    default List<Command> subcommands() {
        return List.of();
    }
}
