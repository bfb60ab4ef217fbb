package io.releve.command;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import org.osgi.annotation.versioning.ProviderType;

/** The request, the command's name being argument 0. Views are valid until the command returns. */
@ProviderType
public interface Arguments {
    /** A request that no client is just sending, made of byte strings, which are not copied, texts and numbers. */
    static Arguments of(Object... words) {
        return WordList.of(words);
    }

    /** A copy, which may be kept. */
    default Arguments copy() {
        return WordList.copy(this);
    }

    int size();

    /** The view of argument {@code i}; the same object every time, so two arguments can be held side by side. */
    Bytes get(int i);

    /** Whether argument {@code i} is this word (given in upper case), in any mixture of cases. */
    default boolean is(int i, String upperCaseWord) {
        return get(i).is(upperCaseWord);
    }

    /** Length of all arguments in bytes. */
    default long bytes() {
        long sum = 0;
        for (int i = 0; i < size(); i++) {
            sum += get(i).length();
        }
        return sum;
    }

    /** @throws CommandException when argument {@code i} is not a canonical 64-bit integer */
    default long integer(int i) {
        Bytes text = get(i);
        if (!Numbers.isInteger(text)) {
            throw CommandException.NOT_INTEGER;
        }
        return Numbers.integer(text);
    }

    /**
     * An integer of at least {@code min}.
     *
     * @throws CommandException {@code otherwise} when argument {@code i} is none
     */
    default long integer(int i, long min, CommandException otherwise) {
        Bytes text = get(i);
        if (!Numbers.isInteger(text) || Numbers.integer(text) < min) {
            throw otherwise;
        }
        return Numbers.integer(text);
    }

    /**
     * An integer whose sign can be turned.
     *
     * @throws CommandException when argument {@code i} is none
     */
    default long signedCount(int i) {
        long count = integer(i);
        if (count == Long.MIN_VALUE) {
            throw CommandException.NOT_NEGATABLE;
        }
        return count;
    }

    /** @throws CommandException when argument {@code i} is not a number; {@code nan} is none */
    default double decimal(int i) {
        double value = Numbers.decimal(get(i));
        if (Double.isNaN(value)) {
            throw CommandException.NOT_FLOAT;
        }
        return value;
    }
}
