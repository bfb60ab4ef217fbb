package io.releve.commands.lists;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.ListValue;
import io.releve.keyspace.Type;

/** LPUSH, RPUSH, LPUSHX and RPUSHX (redis.io/commands/lpush). */
final class Push extends ListCommand {
    private final End end;
    /** Whether a list that is not there is made. */
    private final boolean creates;

    private Push(CommandSpec.Builder facts, End end, boolean creates) {
        super(facts);
        this.end = end;
        this.creates = creates;
    }

    static Push left() {
        return new Push(pushing("LPUSH").changed("2.4.0", "Takes several elements.")
                .summary("Adds elements before the first one of a list, which is made if need be."), End.LEFT, true);
    }

    static Push right() {
        return new Push(pushing("RPUSH").changed("2.4.0", "Takes several elements.")
                .summary("Adds elements after the last one of a list, which is made if need be."), End.RIGHT, true);
    }

    static Push leftIfThere() {
        return new Push(pushing("LPUSHX").since("2.2.0").changed("4.0.0", "Takes several elements.")
                .summary("Adds elements before the first one of a list that is there."), End.LEFT, false);
    }

    static Push rightIfThere() {
        return new Push(pushing("RPUSHX").since("2.2.0").changed("4.0.0", "Takes several elements.")
                .summary("Adds elements after the last one of a list that is there."), End.RIGHT, false);
    }

    private static CommandSpec.Builder pushing(String name) {
        return facts(name, -3, CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RW, Flag.INSERT))
                .complexity("O(N) where N is the number of elements added.")
                .syntax("key element [element ...]");
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Bytes key = arguments.get(1);
        ListValue list = call.writeList(key);
        if (list == null) {
            if (!creates) {
                call.reply().integer(0);
                return;
            }
            list = (ListValue) call.create(key, Type.LIST);
        }
        int size = arguments.size();
        for (int i = 2; i < size; i++) {
            end.add(list, arguments.get(i));
        }
        call.changed(key, KeyEvent.LIST, end.pushed);
        if (size > 3) {
            call.countChanges(size - 3);
        }
        call.reply().integer(list.length());
    }
}
