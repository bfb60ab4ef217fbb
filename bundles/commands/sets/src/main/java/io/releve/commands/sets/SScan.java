package io.releve.commands.sets;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.ScanBatch;
import io.releve.command.ScanOptions;
import io.releve.keyspace.SetValue;

/** SSCAN (redis.io/commands/sscan). */
final class SScan extends SetCommand {
    SScan() {
        super(facts("SSCAN", -3, CommandFlag.READONLY)
                .keys(readKey())
                .since("2.8.0")
                .complexity("O(1) a call, O(N) for a walk through all N members.")
                .summary("Walks through the members of a set in steps.")
                .syntax("key cursor:integer [MATCH pattern:pattern] [COUNT count:integer]")
                .tips("nondeterministic_output"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        long cursor = ScanOptions.cursor(arguments.get(2));
        SetValue set = call.readSet(arguments.get(1));
        ScanBatch batch = new ScanBatch();
        long next = 0;
        if (set != null) {
            ScanOptions options = ScanOptions.parse(arguments, 3, false);
            next = set.scan(cursor, options.count(), member -> {
                if (options.matches(member)) {
                    batch.add(member);
                }
                return true;
            });
        }
        batch.write(call.reply(), next);
    }
}
