package io.releve.commands.scripting;

import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandSpec;

/** FCALL and FCALL_RO. */
final class FunctionCall implements Command {
    private static final CommandException NO_NUMBER = new CommandException("ERR Bad number of keys provided");

    private final Interpreters interpreters;
    private final CommandSpec spec;
    private final boolean readOnly;

    FunctionCall(Interpreters interpreters, String name, boolean readOnly) {
        this.interpreters = interpreters;
        this.readOnly = readOnly;
        spec = Eval.spec(name, "7.0.0", readOnly, false, "function").complexity("Depends on the function that is executed.")
                .summary(readOnly ? "Invokes a read-only function." : "Invokes a function.").build();
    }

    @Override
    public CommandSpec spec() {
        return spec;
    }

    @Override
    public void run(Call call) {
        String name = call.arguments().get(1).latin1();
        interpreters.of(call).requireFunction(call.engine().scripts(), name);
        int keys = KeyCount.of(call.arguments(), NO_NUMBER);
        interpreters.of(call).runFunction(call, name, keys, readOnly);
    }
}
