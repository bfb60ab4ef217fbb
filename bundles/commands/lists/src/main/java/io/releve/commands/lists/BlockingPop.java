package io.releve.commands.lists;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Blocking;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.ListValue;
import io.releve.keyspace.Type;
import java.util.ArrayList;
import java.util.List;

/** BLPOP and BRPOP (redis.io/commands/blpop). */
final class BlockingPop extends ListCommand {
    private final End end;

    private BlockingPop(CommandSpec.Builder facts, End end) {
        super(facts.keys(KeySpec.range(1, -2, 1, Flag.RW, Flag.ACCESS, Flag.DELETE))
                .since("2.0.0")
                .complexity("O(N) where N is the number of keys.")
                .syntax("key [key ...] timeout:double")
                .changed("6.0.0", "The time-out may have decimals."));
        this.end = end;
    }

    static BlockingPop left() {
        return new BlockingPop(facts("BLPOP", -3, CommandFlag.WRITE, CommandFlag.BLOCKING)
                .summary("Removes and returns the first element of the first list that has one, waiting if need be."),
                End.LEFT);
    }

    static BlockingPop right() {
        return new BlockingPop(facts("BRPOP", -3, CommandFlag.WRITE, CommandFlag.BLOCKING)
                .summary("Removes and returns the last element of the first list that has one, waiting if need be."),
                End.RIGHT);
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        int last = arguments.size() - 1;
        long deadline = Blocking.seconds(arguments.get(last), call.now());
        // Of several keys that were filled at the same time, the one filled first comes first.
        boolean served = call.readyKey() != null && pop(call, call.readyKey());
        for (int i = 1; i < last && !served; i++) {
            served = pop(call, arguments.get(i));
        }
        if (!served) {
            await(call, deadline, 1, last);
        }
    }

    /** Pops from the list under a key, if there is one. */
    private boolean pop(Call call, Bytes key) {
        ListValue list = call.writeList(key);
        if (list == null) {
            return false;
        }
        call.reply().array(2);
        call.reply().bulk(key);
        Pop.one(call, key, list, end);
        call.effect(end.pop, key);
        return true;
    }

    /** Has the client wait for one of the lists, or answers that there is none. */
    static void await(Call call, long deadline, int firstKey, int afterKeys) {
        if (call.timedOut() || !call.mayBlock()) {
            call.reply().nilArray();
            return;
        }
        List<Bytes> keys = new ArrayList<>(afterKeys - firstKey);
        for (int i = firstKey; i < afterKeys; i++) {
            keys.add(call.arguments().get(i));
        }
        call.block(new Blocking(deadline, keys, Type.LIST));
    }
}
