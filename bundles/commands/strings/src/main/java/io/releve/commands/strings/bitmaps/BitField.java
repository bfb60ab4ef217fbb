package io.releve.commands.strings.bitmaps;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeyEvent;
import io.releve.command.KeyPositions.Found;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.StringValue;
import java.util.ArrayList;
import java.util.List;

/** BITFIELD and BITFIELD_RO (redis.io/commands/bitfield). */
final class BitField extends BitmapCommand {
    private static final CommandException ONLY_GET =
            new CommandException("ERR BITFIELD_RO only supports the GET subcommand");
    private static final CommandException INVALID_OVERFLOW = new CommandException("ERR Invalid OVERFLOW type specified");

    private final boolean readOnly;

    private enum Action {
        GET, SET, INCRBY
    }

    /** One step of the request. */
    private record Step(Action action, Integers type, long offset, long operand, Overflow overflow) {
    }

    private BitField(CommandSpec.Builder facts, boolean readOnly) {
        super(facts.complexity("O(1) for each step."));
        this.readOnly = readOnly;
    }

    static BitField readWrite() {
        return new BitField(bits("BITFIELD", -2, CommandFlag.WRITE, CommandFlag.DENYOOM)
                .keys(KeySpec.at(1, Flag.RW, Flag.UPDATE, Flag.ACCESS, Flag.VARIABLE_FLAGS)
                        .withNotes("This command allows both access and modification of the key"))
                .keyFinder(BitField::keys)
                .since("3.2.0")
                .summary("Reads, sets and adds to integers of any width within a string.")
                .syntax("key [GET encoding offset:integer | [OVERFLOW <WRAP | SAT | FAIL>]"
                        + " <SET encoding offset:integer value:integer | INCRBY encoding offset:integer increment:integer>"
                        + " [GET encoding offset:integer | [OVERFLOW <WRAP | SAT | FAIL>]"
                        + " <SET encoding offset:integer value:integer | INCRBY encoding offset:integer increment:integer>"
                        + " ...]]"), false);
    }

    static BitField readOnly() {
        return new BitField(bits("BITFIELD_RO", -2, CommandFlag.READONLY, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RO, Flag.ACCESS))
                .since("6.0.0")
                .summary("Reads integers of any width within a string.")
                .syntax("key [GET encoding offset:integer [GET encoding offset:integer ...]]"), true);
    }

    /** A request that only reads needs no more rights. */
    private static List<Found> keys(Arguments request) {
        for (int i = 2; i < request.size();) {
            int left = request.size() - i - 1;
            if (request.is(i, "GET") && left >= 2) {
                i += 3;
            } else if (request.is(i, "OVERFLOW") && left >= 1) {
                i += 2;
            } else {
                return List.of(new Found(1, KeySpec.at(1, Flag.RW, Flag.ACCESS, Flag.UPDATE)));
            }
        }
        return List.of(new Found(1, KeySpec.at(1, Flag.RO, Flag.ACCESS)));
    }

    @Override
    public void run(Call call) {
        List<Step> steps = parse(call);
        Bytes key = call.arguments().get(1);
        long highest = -1;
        for (Step step : steps) {
            if (step.action() != Action.GET) {
                highest = Math.max(highest, step.offset() + step.type().width() - 1);
            }
        }
        boolean writes = highest >= 0;
        if (writes && readOnly) {
            throw ONLY_GET;
        }
        StringValue value = writes ? call.writeString(key) : call.readString(key);
        boolean changed = false;
        if (writes) {
            StringValue longer = lengthen(call, key, value, (int) (highest >>> 3) + 1);
            changed = longer != null;
            value = changed ? longer : value;
        }
        call.reply().array(steps.size());
        for (Step step : steps) {
            changed |= run(call, step, value);
        }
        if (changed) {
            call.changed(key, KeyEvent.STRING, "setbit");
        }
    }

    /** @return whether the string was changed */
    private static boolean run(Call call, Step step, StringValue value) {
        Integers type = step.type();
        long old = type.get(value, step.offset());
        if (step.action() == Action.GET) {
            call.reply().integer(old);
            return false;
        }
        boolean increment = step.action() == Action.INCRBY;
        Long next = increment ? type.sum(old, step.operand(), step.overflow()) : type.fit(step.operand(), step.overflow());
        if (next == null) {
            call.reply().nil();
            return false;
        }
        call.reply().integer(increment ? next : old);
        if (next == old) {
            return false;
        }
        type.set(value, step.offset(), next);
        return true;
    }

    private List<Step> parse(Call call) {
        Arguments arguments = call.arguments();
        List<Step> steps = new ArrayList<>();
        Overflow overflow = Overflow.WRAP;
        for (int i = 2; i < arguments.size();) {
            int rest = arguments.size() - 1 - i;
            if (arguments.is(i, "OVERFLOW") && rest >= 1) {
                overflow = overflow(arguments, i + 1);
                i += 2;
                continue;
            }
            Action action = arguments.is(i, "GET") && rest >= 2 ? Action.GET
                    : arguments.is(i, "SET") && rest >= 3 ? Action.SET
                    : arguments.is(i, "INCRBY") && rest >= 3 ? Action.INCRBY : null;
            if (action == null) {
                throw CommandException.SYNTAX;
            }
            Integers type = Integers.parse(arguments.get(i + 1));
            long offset = offset(call, arguments.get(i + 2), type.width());
            steps.add(new Step(action, type, offset, action == Action.GET ? 0 : arguments.integer(i + 3), overflow));
            i += action == Action.GET ? 3 : 4;
        }
        return steps;
    }

    private static Overflow overflow(Arguments arguments, int i) {
        for (Overflow each : Overflow.values()) {
            if (arguments.is(i, each.name())) {
                return each;
            }
        }
        throw INVALID_OVERFLOW;
    }
}
