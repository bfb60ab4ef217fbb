package io.releve.commands.strings;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Value;

/** INCR, INCRBY, DECR and DECRBY (redis.io/commands/incr). */
final class Counter extends StringCommand {
    private static final CommandException OVERFLOW =
            new CommandException("ERR increment or decrement would overflow");
    private static final CommandException DECREMENT_OVERFLOW = new CommandException("ERR decrement would overflow");

    /** 1 or -1. */
    private final int direction;
    /** Whether the request tells by how much. */
    private final boolean given;

    private Counter(CommandSpec.Builder facts, int direction, boolean given) {
        super(facts);
        this.direction = direction;
        this.given = given;
    }

    static Counter incr() {
        return new Counter(counting("INCR", 2).syntax("key")
                .summary("Adds one to the integer under a key, which begins at 0."), 1, false);
    }

    static Counter incrBy() {
        return new Counter(counting("INCRBY", 3).syntax("key increment:integer")
                .summary("Adds a number to the integer under a key, which begins at 0."), 1, true);
    }

    static Counter decr() {
        return new Counter(counting("DECR", 2).syntax("key")
                .summary("Subtracts one from the integer under a key, which begins at 0."), -1, false);
    }

    static Counter decrBy() {
        return new Counter(counting("DECRBY", 3).syntax("key decrement:integer")
                .summary("Subtracts a number from the integer under a key, which begins at 0."), -1, true);
    }

    private static CommandSpec.Builder counting(String name, int arity) {
        return facts(name, arity, CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RW, Flag.ACCESS, Flag.UPDATE));
    }

    @Override
    public void run(Call call) {
        Bytes key = call.arguments().get(1);
        long change = change(call);
        StringValue value = call.writeString(key);
        long old = 0;
        if (value != null) {
            if (!value.isInteger()) {
                throw CommandException.NOT_INTEGER;
            }
            old = value.integer();
        }
        long sum = old + change;
        if (((old ^ sum) & (change ^ sum)) < 0) {
            throw OVERFLOW;
        }
        if (value == null) {
            byte[] digits = new byte[Numbers.length(sum)];
            Numbers.write(digits, 0, sum);
            replace(call, key, new Bytes(digits), Value.NEVER, true);
        } else {
            value.integer(sum);
        }
        call.changed(key, KeyEvent.STRING, "incrby");
        call.reply().integer(sum);
    }

    private long change(Call call) {
        if (!given) {
            return direction;
        }
        long amount = call.arguments().integer(2);
        if (direction < 0 && amount == Long.MIN_VALUE) {
            throw DECREMENT_OVERFLOW;
        }
        return direction * amount;
    }
}
