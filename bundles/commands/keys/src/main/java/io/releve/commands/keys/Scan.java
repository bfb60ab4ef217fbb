package io.releve.commands.keys;

import io.releve.bytes.Bytes;
import io.releve.bytes.Glob;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.Reply;

/** SCAN (redis.io/commands/scan). */
final class Scan extends KeyCommand {
    private static final CommandException INVALID_CURSOR = new CommandException("ERR invalid cursor");
    private static final int DEFAULT_COUNT = 10;

    Scan() {
        super(facts("SCAN", -2, CommandFlag.READONLY, CommandFlag.TOUCHES_ARBITRARY_KEYS)
                .since("2.8.0")
                .complexity("O(1) a call, O(N) for a walk through all N keys.")
                .summary("Walks through the keys of a database in steps.")
                .syntax("cursor:integer [MATCH pattern:pattern] [COUNT count:integer] [TYPE type]")
                .changed("6.0.0", "Added the option `TYPE`.")
                .tips("nondeterministic_output", "request_policy:special"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        long cursor = cursor(arguments.get(1));
        Glob pattern = null;
        String type = null;
        long count = DEFAULT_COUNT;
        for (int i = 2; i < arguments.size(); i += 2) {
            if (i + 1 == arguments.size()) {
                throw CommandException.SYNTAX;
            }
            if (arguments.is(i, "COUNT")) {
                count = arguments.integer(i + 1);
                if (count < 1) {
                    throw CommandException.SYNTAX;
                }
            } else if (arguments.is(i, "MATCH")) {
                pattern = new Glob(arguments.get(i + 1));
            } else if (arguments.is(i, "TYPE")) {
                type = arguments.get(i + 1).latin1();
            } else {
                throw CommandException.SYNTAX;
            }
        }
        reply(call, cursor, (int) Math.min(count, Integer.MAX_VALUE), new KeyFilter(call.now(), pattern, type));
    }

    /** The cursor stands before the keys but is known after them only, so the keys wait in a buffer of their own. */
    private static void reply(Call call, long cursor, int count, KeyFilter filter) {
        KeyBatch batch = new KeyBatch();
        long next = call.database().scan(cursor, count, (key, value) -> {
            if (filter.accepts(key, value)) {
                batch.add(key);
            }
        });
        Reply reply = call.reply();
        reply.array(2);
        reply.bulk(Long.toUnsignedString(next));
        batch.write(reply);
    }

    /** An unsigned 64-bit number as C's strtoul reads it: a sign is allowed, and nothing at all is 0. */
    static long cursor(Bytes text) {
        String digits = text.latin1();
        boolean negative = digits.startsWith("-");
        if (negative || digits.startsWith("+")) {
            digits = digits.substring(1);
            if (digits.isEmpty() || digits.charAt(0) == '+') {
                throw INVALID_CURSOR;
            }
        }
        if (digits.isEmpty()) {
            return 0;
        }
        try {
            long number = Long.parseUnsignedLong(digits);
            return negative ? -number : number;
        } catch (NumberFormatException e) {
            throw INVALID_CURSOR;
        }
    }
}
