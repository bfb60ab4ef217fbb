package io.releve.commands.scripting;

import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.engine.Script;

/** SCRIPT KILL and FUNCTION KILL. */
final class Killing {
    private static final CommandException NONE = new CommandException("NOTBUSY No scripts in execution right now.");
    private static final CommandException WROTE = new CommandException("UNKILLABLE Sorry the script already executed write"
            + " commands against the dataset. You can either wait the script termination or kill the server in a hard way"
            + " using the SHUTDOWN NOSAVE command.");

    private Killing() {
    }

    static void run(Call call, boolean function) {
        Script running = call.engine().scripts().running();
        if (running == null) {
            throw NONE;
        }
        if (running.isFunction() != function) {
            throw new CommandException(busy(running));
        }
        if (running.wrote()) {
            throw WROTE;
        }
        running.kill();
        call.reply().ok();
    }

    /** What others hear. */
    static String busy(Script running) {
        return "BUSY Redis is busy running a script. You can only call " + (running.isFunction() ? "FUNCTION" : "SCRIPT")
                + " KILL or SHUTDOWN NOSAVE.";
    }
}
