package io.releve.commands.keys;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.CommandException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What stands behind the key of SORT and SORT_RO (redis.io/commands/sort). */
final class SortOptions {
    boolean descending;
    boolean alphabetic;
    long offset;
    /** Negative: all. */
    long count = -1;
    /** Where the weights are, or null: the elements themselves. */
    SortPattern by;
    /** Whether the order is left as it is. */
    boolean unsorted;
    /** What is returned for an element; none: itself. */
    final List<SortPattern> get = new ArrayList<>();
    /** Where the result goes, or null. */
    Bytes store;

    /**
     * @param stores whether the result may be stored
     * @param readsEveryKey whether the client may read keys that do not stand in the request
     */
    static SortOptions parse(Arguments arguments, boolean stores, BooleanSupplier readsEveryKey) {
        SortOptions options = new SortOptions();
        for (int i = 2; i < arguments.size(); i++) {
            int left = arguments.size() - i - 1;
            if (arguments.is(i, "ASC")) {
                options.descending = false;
            } else if (arguments.is(i, "DESC")) {
                options.descending = true;
            } else if (arguments.is(i, "ALPHA")) {
                options.alphabetic = true;
            } else if (arguments.is(i, "LIMIT") && left >= 2) {
                options.offset = arguments.integer(++i);
                options.count = arguments.integer(++i);
            } else if (arguments.is(i, "STORE") && left >= 1 && stores) {
                options.store = arguments.get(++i);
            } else if (arguments.is(i, "BY") && left >= 1) {
                options.by = new SortPattern(arguments.get(++i));
                options.unsorted |= options.by.isConstant();
                if (!options.by.isConstant() && !readsEveryKey.getAsBoolean()) {
                    throw new CommandException("ERR BY option of SORT denied due to insufficient ACL permissions.");
                }
            } else if (arguments.is(i, "GET") && left >= 1) {
                options.get.add(new SortPattern(arguments.get(++i)));
                if (!readsEveryKey.getAsBoolean()) {
                    throw new CommandException("ERR GET option of SORT denied due to insufficient ACL permissions.");
                }
            } else {
                throw CommandException.SYNTAX;
            }
        }
        return options;
    }

    /** The first element returned, of {@code size}. */
    int first(int size) {
        return (int) Math.min(Math.max(offset, 0), size);
    }

    /** The one after the last. */
    int end(int size) {
        int first = first(size);
        return count < 0 ? size : first + (int) Math.min(count, size - first);
    }
}
