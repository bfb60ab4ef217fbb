package io.releve.commands.sets;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.command.Reply;
import io.releve.keyspace.SetValue;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;

/** SINTER, SUNION, SDIFF and the commands that store what these answer (redis.io/commands/sinter). */
final class SetOperation extends SetCommand {
    private enum Kind {
        INTER("sinterstore"),
        UNION("sunionstore"),
        DIFF("sdiffstore");

        private final String event;

        Kind(String event) {
            this.event = event;
        }
    }

    /** More sets than these are joined by building the union: asking every earlier set would take longer. */
    private static final int ASKED = 8;
    private static final String INTER_COMPLEXITY =
            "O(N*M) where N is the number of members of the smallest set and M the number of sets.";
    private static final String COMPLEXITY = "O(N) where N is the number of members of all sets together.";

    private final Kind kind;
    private final boolean stores;

    private SetOperation(CommandSpec.Builder facts, Kind kind, boolean stores) {
        super(facts);
        this.kind = kind;
        this.stores = stores;
    }

    static SetOperation inter() {
        return new SetOperation(reading("SINTER").complexity(INTER_COMPLEXITY)
                .summary("Returns the members that several sets have in common."), Kind.INTER, false);
    }

    static SetOperation interStore() {
        return new SetOperation(storing("SINTERSTORE", Flag.RW).complexity(INTER_COMPLEXITY)
                .summary("Stores the members that several sets have in common."), Kind.INTER, true);
    }

    static SetOperation union() {
        return new SetOperation(reading("SUNION").complexity(COMPLEXITY)
                .summary("Returns the members of several sets."), Kind.UNION, false);
    }

    static SetOperation unionStore() {
        return new SetOperation(storing("SUNIONSTORE", Flag.OW).complexity(COMPLEXITY)
                .summary("Stores the members of several sets."), Kind.UNION, true);
    }

    static SetOperation diff() {
        return new SetOperation(reading("SDIFF").complexity(COMPLEXITY)
                .summary("Returns the members of a set that are in none of the others."), Kind.DIFF, false);
    }

    static SetOperation diffStore() {
        return new SetOperation(storing("SDIFFSTORE", Flag.OW).complexity(COMPLEXITY)
                .summary("Stores the members of a set that are in none of the others."), Kind.DIFF, true);
    }

    private static CommandSpec.Builder reading(String name) {
        return facts(name, -2, CommandFlag.READONLY)
                .keys(KeySpec.range(1, -1, 1, Flag.RO, Flag.ACCESS))
                .syntax("key [key ...]")
                .tips("nondeterministic_output_order");
    }

    /** @param written what Redis 7.2 says it does with the destination */
    private static CommandSpec.Builder storing(String name, Flag written) {
        return facts(name, -3, CommandFlag.WRITE, CommandFlag.DENYOOM)
                .keys(KeySpec.at(1, written, Flag.UPDATE), KeySpec.range(2, -1, 1, Flag.RO, Flag.ACCESS))
                .syntax("destination:key key [key ...]");
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Operands operands = Operands.read(call, stores ? 2 : 1, arguments.size());
        if (stores) {
            store(call, arguments.get(1), result(call, operands));
        } else if (kind == Kind.UNION && (operands.present() > ASKED || operands.all("intset"))) {
            // Built, a union of integers comes in their order.
            SetValue union = result(call, operands);
            call.reply().set((int) union.size());
            write(call.reply(), union);
        } else {
            reply(call.reply(), operands);
        }
    }

    private void reply(Reply reply, Operands operands) {
        int[] size = {0};
        SetValue.MemberVisitor writer = member -> {
            reply.bulk(member);
            size[0]++;
            return true;
        };
        int mark = reply.openSet();
        switch (kind) {
            case INTER -> operands.intersection(writer);
            case UNION -> operands.distinctUnion(writer);
            default -> operands.difference(writer);
        }
        reply.closeSet(mark, size[0]);
    }

    private SetValue result(Call call, Operands operands) {
        SetValue result = (SetValue) call.database().detached(Type.SET);
        SetValue.MemberVisitor collector = member -> {
            result.add(member);
            return true;
        };
        switch (kind) {
            case INTER -> operands.intersection(collector);
            case UNION -> operands.union(collector);
            default -> operands.difference(collector);
        }
        return result;
    }

    private void store(Call call, Bytes key, SetValue result) {
        long size = result.size();
        boolean replaces = call.write(key) != null;
        if (size > 0) {
            call.database().attach(key, result, Value.NEVER, call.engine().accessClock());
            if (!replaces) {
                call.event(key, KeyEvent.NEW, "new");
            }
            call.changed(key, KeyEvent.SET, kind.event);
        } else if (replaces) {
            call.database().remove(key);
            call.changed(key, KeyEvent.GENERIC, "del");
        }
        call.reply().integer(size);
    }
}
