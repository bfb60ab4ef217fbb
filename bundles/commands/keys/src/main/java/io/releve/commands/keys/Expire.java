package io.releve.commands.keys;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.Value;
import java.util.Locale;

/** EXPIRE, PEXPIRE, EXPIREAT and PEXPIREAT (redis.io/commands/expire). */
final class Expire extends KeyCommand {
    private static final CommandException NX_AND_OTHERS =
            new CommandException("ERR NX and XX, GT or LT options at the same time are not compatible");
    private static final CommandException GT_AND_LT =
            new CommandException("ERR GT and LT options at the same time are not compatible");
    private static final String CONDITIONS = " [NX | XX | GT | LT]";
    private static final int NX = 1;
    private static final int XX = 2;
    private static final int GT = 4;
    private static final int LT = 8;

    private final int unit;
    private final boolean relative;
    private final CommandException invalid;

    private Expire(CommandSpec.Builder facts, int unit, boolean relative) {
        super(facts.keys(KeySpec.at(1, Flag.RW, Flag.UPDATE))
                .changed("7.0.0", "Added the options `NX`, `XX`, `GT` and `LT`."));
        this.unit = unit;
        this.relative = relative;
        invalid = new CommandException("ERR invalid expire time in '" + spec().name().toLowerCase(Locale.ROOT)
                + "' command");
    }

    static Expire expire() {
        return new Expire(expiring("EXPIRE").since("1.0.0").summary("Lets a key expire after some seconds.")
                .syntax("key seconds:integer" + CONDITIONS), 1000, true);
    }

    static Expire pExpire() {
        return new Expire(expiring("PEXPIRE").since("2.6.0").summary("Lets a key expire after some milliseconds.")
                .syntax("key milliseconds:integer" + CONDITIONS), 1, true);
    }

    static Expire expireAt() {
        return new Expire(expiring("EXPIREAT").since("1.2.0").summary("Lets a key expire at a time in seconds.")
                .syntax("key unix-time-seconds:unix-time" + CONDITIONS), 1000, false);
    }

    static Expire pExpireAt() {
        return new Expire(expiring("PEXPIREAT").since("2.6.0").summary("Lets a key expire at a time in milliseconds.")
                .syntax("key unix-time-milliseconds:unix-time" + CONDITIONS), 1, false);
    }

    private static CommandSpec.Builder expiring(String name) {
        return facts(name, -3, CommandFlag.WRITE, CommandFlag.FAST);
    }

    @Override
    public void run(Call call) {
        Bytes key = call.arguments().get(1);
        int conditions = conditions(call.arguments());
        long expireAt = time(call);
        Value value = call.write(key);
        if (value == null || !holds(conditions, value.expireAt(), expireAt)) {
            call.reply().integer(0);
            return;
        }
        call.expire(key, expireAt);
        call.reply().integer(1);
    }

    private static int conditions(Arguments arguments) {
        int conditions = 0;
        for (int i = 3; i < arguments.size(); i++) {
            if (arguments.is(i, "NX")) {
                conditions |= NX;
            } else if (arguments.is(i, "XX")) {
                conditions |= XX;
            } else if (arguments.is(i, "GT")) {
                conditions |= GT;
            } else if (arguments.is(i, "LT")) {
                conditions |= LT;
            } else {
                throw new CommandException("ERR Unsupported option " + arguments.get(i).latin1());
            }
        }
        if ((conditions & NX) != 0 && conditions != NX) {
            throw NX_AND_OTHERS;
        }
        if ((conditions & (GT | LT)) == (GT | LT)) {
            throw GT_AND_LT;
        }
        return conditions;
    }

    /** A key that does not expire lives longer than any that does. */
    private static boolean holds(int conditions, long current, long wanted) {
        boolean eternal = current == Value.NEVER;
        return ((conditions & NX) == 0 || eternal)
                && ((conditions & XX) == 0 || !eternal)
                && ((conditions & GT) == 0 || !eternal && wanted > current)
                && ((conditions & LT) == 0 || eternal || wanted < current);
    }

    /** Milliseconds since the epoch; the past included, beyond 64 bits not. */
    private long time(Call call) {
        long amount = call.arguments().integer(2);
        if (amount > Long.MAX_VALUE / unit || amount < Long.MIN_VALUE / unit) {
            throw invalid;
        }
        long time = amount * unit;
        if (!relative) {
            return time;
        }
        if (time > Long.MAX_VALUE - call.now()) {
            throw invalid;
        }
        return time + call.now();
    }
}
