package io.releve.commands.lists;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.CommandException;
import io.releve.keyspace.ListValue;

/** One of the two ends of a list. */
enum End {
    LEFT("lpush", "lpop", "LPOP"),
    RIGHT("rpush", "rpop", "RPOP");

    /** The event of a list that got elements here. */
    final String pushed;
    /** The event of a list that lost elements here. */
    final String popped;
    /** The command that takes elements away here. */
    final String pop;

    End(String pushed, String popped, String pop) {
        this.pushed = pushed;
        this.popped = popped;
        this.pop = pop;
    }

    /** The end that argument {@code i} names. */
    static End parse(Arguments arguments, int i) {
        if (arguments.is(i, "LEFT")) {
            return LEFT;
        }
        if (arguments.is(i, "RIGHT")) {
            return RIGHT;
        }
        throw CommandException.SYNTAX;
    }

    void add(ListValue list, Bytes element) {
        if (this == LEFT) {
            list.addFirst(element);
        } else {
            list.addLast(element);
        }
    }

    /** The position of the outermost element. */
    long position(ListValue list) {
        return this == LEFT ? 0 : list.length() - 1;
    }

    /** The lowest position of the {@code count} outermost elements. */
    long lowest(ListValue list, long count) {
        return this == LEFT ? 0 : list.length() - count;
    }
}
