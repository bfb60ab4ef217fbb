package io.releve.commands.sortedsets;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.ScanBatch;
import io.releve.command.ScanOptions;
import io.releve.keyspace.SortedSetValue;

/** ZSCAN (redis.io/commands/zscan). */
final class ZScan extends SortedSetCommand {
    ZScan() {
        super(facts("ZSCAN", -3, CommandFlag.READONLY)
                .keys(readKey())
                .since("2.8.0")
                .complexity("O(1) a call, O(N) for a walk through all N members.")
                .summary("Walks through the members of a sorted set and their scores in steps.")
                .syntax("key cursor:integer [MATCH pattern:pattern] [COUNT count:integer]")
                .tips("nondeterministic_output"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        long cursor = ScanOptions.cursor(arguments.get(2));
        SortedSetValue set = call.readSortedSet(arguments.get(1));
        ScanBatch batch = new ScanBatch();
        long next = 0;
        if (set != null) {
            ScanOptions options = ScanOptions.parse(arguments, 3, false);
            next = set.scan(cursor, options.count(), (member, score) -> {
                if (options.matches(member)) {
                    batch.add(member);
                    batch.add(Bytes.of(Numbers.text(score)));
                }
                return true;
            });
        }
        batch.write(call.reply(), next);
    }
}
