package io.releve.commands.sortedsets;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.SortedSetValue;

/** ZREM (redis.io/commands/zrem). */
final class ZRem extends SortedSetCommand {
    ZRem() {
        super(facts("ZREM", -3, CommandFlag.WRITE, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RW, Flag.DELETE))
                .since("1.2.0")
                .complexity("O(M*log(N)) where N is the number of members and M the number of members to be removed.")
                .summary("Removes members from a sorted set and returns how many of them were there.")
                .syntax("key member [member ...]")
                .changed("2.4.0", "Takes several members."));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Bytes key = arguments.get(1);
        SortedSetValue set = call.writeSortedSet(key);
        long before = set == null ? 0 : set.size();
        long removed = 0;
        int size = arguments.size();
        for (int i = 2; i < size && removed < before; i++) {
            if (set.remove(arguments.get(i))) {
                removed++;
            }
        }
        if (removed > 0) {
            removed(call, key, removed, removed == before, "zrem");
        }
        call.reply().integer(removed);
    }
}
