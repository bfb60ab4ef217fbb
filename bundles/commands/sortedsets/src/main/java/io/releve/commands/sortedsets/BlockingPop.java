package io.releve.commands.sortedsets;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Blocking;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.SortedSetValue;
import io.releve.keyspace.Type;
import java.util.ArrayList;
import java.util.List;

/** BZPOPMIN and BZPOPMAX (redis.io/commands/bzpopmin). */
final class BlockingPop extends SortedSetCommand {
    private final Extreme end;

    private BlockingPop(CommandSpec.Builder facts, Extreme end) {
        super(facts.keys(KeySpec.range(1, -2, 1, Flag.RW, Flag.ACCESS, Flag.DELETE))
                .since("5.0.0")
                .complexity("O(log(N)) where N is the number of members.")
                .syntax("key [key ...] timeout:double")
                .changed("6.0.0", "The time-out may have decimals."));
        this.end = end;
    }

    static BlockingPop min() {
        return new BlockingPop(facts("BZPOPMIN", -3, CommandFlag.WRITE, CommandFlag.BLOCKING, CommandFlag.FAST)
                .summary("Removes and returns the member with the lowest score of the first sorted set that has one, "
                        + "waiting if need be."), Extreme.MIN);
    }

    static BlockingPop max() {
        return new BlockingPop(facts("BZPOPMAX", -3, CommandFlag.WRITE, CommandFlag.BLOCKING, CommandFlag.FAST)
                .summary("Removes and returns the member with the highest score of the first sorted set that has one, "
                        + "waiting if need be."), Extreme.MAX);
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

    /** Pops from the sorted set under a key, if there is one. */
    private boolean pop(Call call, Bytes key) {
        SortedSetValue set = call.writeSortedSet(key);
        if (set == null) {
            return false;
        }
        call.reply().array(3);
        call.reply().bulk(key);
        end.pop(call, key, set, 1, MemberWriter.flat(call.reply()));
        call.effect(end.pop, key);
        return true;
    }

    /** Has the client wait for one of the sorted sets, or answers that there is none. */
    static void await(Call call, long deadline, int firstKey, int afterKeys) {
        if (call.timedOut() || !call.mayBlock()) {
            call.reply().nilArray();
            return;
        }
        List<Bytes> keys = new ArrayList<>(afterKeys - firstKey);
        for (int i = firstKey; i < afterKeys; i++) {
            keys.add(call.arguments().get(i));
        }
        call.block(new Blocking(deadline, keys, Type.SORTED_SET));
    }
}
