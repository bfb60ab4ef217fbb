package io.releve.command;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
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

    /** A command whose body is a function. */
    static Command of(CommandSpec spec, Consumer<Call> body) {
        return new Command() {
            @Override
            public CommandSpec spec() {
                return spec;
            }

            @Override
            public void run(Call call) {
                body.accept(call);
            }
        };
    }

    /** A container that does nothing without one of its subcommands. */
    static Command container(CommandSpec spec, List<Command> subcommands) {
        return container(spec, subcommands, call -> {
            throw new CommandException(
                    "ERR wrong number of arguments for '" + spec.name().toLowerCase(Locale.ROOT) + "' command");
        });
    }

    /** A container that does something by itself when no subcommand is named. */
    static Command container(CommandSpec spec, List<Command> subcommands, Consumer<Call> alone) {
        List<Command> all = List.copyOf(subcommands);
        return new Command() {
            @Override
            public CommandSpec spec() {
                return spec;
            }

            @Override
            public void run(Call call) {
                alone.accept(call);
            }

            @Override
            public List<Command> subcommands() {
                return all;
            }
        };
    }
}
