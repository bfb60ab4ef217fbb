package io.releve.command;

import io.releve.bytes.Bytes;
import org.osgi.annotation.versioning.ProviderType;

/** The request, the command's name being argument 0. Views are valid until the command returns. */
@ProviderType
public interface Arguments {
    int size();

    /** The view of argument {@code i}; the same object every time, so two arguments can be held side by side. */
    Bytes get(int i);

    /** Whether argument {@code i} is this word (given in upper case), in any mixture of cases. */
    default boolean is(int i, String upperCaseWord) {
        return get(i).is(upperCaseWord);
    }

    /** @throws CommandException when argument {@code i} is not a canonical 64-bit integer */
    long integer(int i);

    /** @throws CommandException when argument {@code i} is not a number; {@code nan} is none */
    double decimal(int i);
}
