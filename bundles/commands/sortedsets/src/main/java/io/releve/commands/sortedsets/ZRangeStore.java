package io.releve.commands.sortedsets;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.SortedSetValue;

/** ZRANGESTORE (redis.io/commands/zrangestore). */
final class ZRangeStore extends SortedSetCommand {
    ZRangeStore() {
        super(facts("ZRANGESTORE", -5, CommandFlag.WRITE, CommandFlag.DENYOOM)
                .keys(KeySpec.at(1, Flag.OW, Flag.UPDATE), KeySpec.at(2, Flag.RO, Flag.ACCESS))
                .since("6.2.0")
                .complexity("O(log(N)+M) where N is the number of members and M the number of members stored.")
                .summary("Stores the members in a range of ranks, scores or byte strings.")
                .syntax("dst:key src:key min max [BYSCORE | BYLEX] [REV] [LIMIT offset:integer count:integer]"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        RangeRequest request = RangeRequest.parse(arguments, 3, null, null, true);
        SortedSetValue set = call.readSortedSet(arguments.get(2));
        SortedSetValue result = Result.begin(call);
        if (set != null) {
            request.in(set).visit(set, true, (member, score) -> result.put(member, score));
        }
        long size = result.size();
        Result.store(call, arguments.get(1), result, "zrangestore");
        call.reply().integer(size);
    }
}
