package io.releve.commands.scripting;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.command.Arguments;
import io.releve.command.CommandException;

/** The number of keys, argument 2 of what runs scripts. */
final class KeyCount {
    static final int AT = 2;

    private static final CommandException TOO_MANY =
            new CommandException("ERR Number of keys can't be greater than number of args");
    private static final CommandException NEGATIVE = new CommandException("ERR Number of keys can't be negative");

    private KeyCount() {
    }

    static int of(Arguments arguments, CommandException noNumber) {
        Bytes text = arguments.get(AT);
        if (!Numbers.isInteger(text)) {
            throw noNumber;
        }
        long count = Numbers.integer(text);
        if (count > arguments.size() - AT - 1) {
            throw TOO_MANY;
        }
        if (count < 0) {
            throw NEGATIVE;
        }
        return (int) count;
    }
}
