package io.releve.commands.streams;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.CommandException;
import io.releve.format.stream.StreamId;
import io.releve.keyspace.StreamValue;

/** What XADD and XTRIM remove from the beginning of a stream (redis.io/commands/xtrim). */
final class Trim {
    /** Approximate trimming removes at most so many nodes' worth of entries, unless a limit is given. */
    private static final int DEFAULT_NODES = 100;
    private static final int DEFAULT_LIMIT = 10_000;

    private static final CommandException NEGATIVE_LENGTH =
            new CommandException("ERR The MAXLEN argument must be >= 0.");
    private static final CommandException NEGATIVE_LIMIT = new CommandException("ERR The LIMIT argument must be >= 0.");
    private static final CommandException BOTH = new CommandException(
            "ERR syntax error, MAXLEN and MINID options at the same time are not compatible");
    private static final CommandException LIMIT_ALONE = new CommandException(
            "ERR syntax error, LIMIT cannot be used without specifying a trimming strategy");
    private static final CommandException LIMIT_EXACT = new CommandException(
            "ERR syntax error, LIMIT cannot be used without the special ~ option");

    /** Most entries to keep, or -1. */
    private long maxLength = -1;
    /** Smallest id to keep, or null. */
    private StreamId minId;
    private boolean approximate;
    /** Most entries to remove, or -1. */
    private long limit = -1;

    /** Reads an option at {@code i}; @return the position after it, {@code i} itself when it is none */
    int parse(Arguments arguments, int i) {
        boolean more = i + 1 < arguments.size();
        if (arguments.is(i, "MAXLEN") && more) {
            if (minId != null) {
                throw BOTH;
            }
            int at = operator(arguments, i + 1);
            maxLength = arguments.integer(at);
            if (maxLength < 0) {
                throw NEGATIVE_LENGTH;
            }
            return at + 1;
        }
        if (arguments.is(i, "MINID") && more) {
            if (maxLength >= 0) {
                throw BOTH;
            }
            int at = operator(arguments, i + 1);
            minId = Ids.exact(arguments.get(at));
            return at + 1;
        }
        if (arguments.is(i, "LIMIT") && more) {
            limit = arguments.integer(i + 1);
            if (limit < 0) {
                throw NEGATIVE_LIMIT;
            }
            return i + 2;
        }
        return i;
    }

    private int operator(Arguments arguments, int i) {
        Bytes word = arguments.get(i);
        boolean isOperator = word.length() == 1 && i + 1 < arguments.size()
                && (word.byteAt(0) == '=' || word.byteAt(0) == '~');
        approximate = isOperator && word.byteAt(0) == '~';
        return isOperator ? i + 1 : i;
    }

    /** Checks what has been read as a whole. */
    void check() {
        if (limit >= 0 && !active()) {
            throw LIMIT_ALONE;
        }
        if (limit >= 0 && !approximate) {
            throw LIMIT_EXACT;
        }
    }

    /** Whether anything is to be trimmed. */
    boolean active() {
        return maxLength >= 0 || minId != null;
    }

    boolean isApproximate() {
        return approximate;
    }

    /** The option as it has to be given for the same result: exact. */
    Object[] exactOption(StreamValue stream) {
        StreamId first = StreamCommand.end(stream, true);
        return minId == null ? new Object[] {"MAXLEN", "=", stream.length()}
                : new Object[] {"MINID", "=", first == null ? minId : first};
    }

    /** Trims; @return how many entries were removed */
    long run(StreamValue stream, int nodeEntries) {
        long before = stream.length();
        if (approximate) {
            long most = limit > 0 ? limit : limit == 0 ? Long.MAX_VALUE
                    : nodeEntries == Integer.MAX_VALUE ? DEFAULT_LIMIT : (long) DEFAULT_NODES * nodeEntries;
            for (long removed = 0; stream.length() > 0; removed = before - stream.length()) {
                long node = stream.firstNode();
                if (node == 0 || removed + node > most || !isSuperfluous(stream, node)) {
                    break;
                }
                stream.removeFirst(node);
            }
        } else {
            long superfluous = minId == null ? before - maxLength : countBefore(stream);
            if (superfluous > 0) {
                stream.removeFirst(superfluous);
            }
        }
        return before - stream.length();
    }

    /** Whether the first so many entries are all to go. */
    private boolean isSuperfluous(StreamValue stream, long count) {
        if (minId == null) {
            return stream.length() - count >= maxLength;
        }
        long[] seen = {0};
        boolean[] all = {true};
        stream.visit(0, 0, true, (milliseconds, sequence, body) -> {
            all[0] = new StreamId(milliseconds, sequence).compareTo(minId) < 0;
            return all[0] && ++seen[0] < count;
        });
        return all[0];
    }

    private long countBefore(StreamValue stream) {
        long[] count = {0};
        stream.visit(0, 0, true, (milliseconds, sequence, body) -> {
            boolean before = new StreamId(milliseconds, sequence).compareTo(minId) < 0;
            count[0] += before ? 1 : 0;
            return before;
        });
        return count[0];
    }
}
