package io.releve.commands.sortedsets;

import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.SortedSetValue;

/** ZCARD (redis.io/commands/zcard). */
final class ZCard extends SortedSetCommand {
    ZCard() {
        super(facts("ZCARD", 2, CommandFlag.READONLY, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RO))
                .since("1.2.0")
                .summary("Returns the number of members of a sorted set.")
                .syntax("key"));
    }

    @Override
    public void run(Call call) {
        SortedSetValue set = call.readSortedSet(call.arguments().get(1));
        call.reply().integer(set == null ? 0 : set.size());
    }
}
