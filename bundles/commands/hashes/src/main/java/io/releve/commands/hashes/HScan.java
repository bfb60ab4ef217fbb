package io.releve.commands.hashes;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.ScanBatch;
import io.releve.command.ScanOptions;
import io.releve.keyspace.HashValue;

/** HSCAN (redis.io/commands/hscan). */
final class HScan extends HashCommand {
    HScan() {
        super(facts("HSCAN", -3, CommandFlag.READONLY)
                .keys(readKey())
                .since("2.8.0")
                .complexity("O(1) a call, O(N) for a walk through all N fields.")
                .summary("Walks through the fields of a hash and their values in steps.")
                .syntax("key cursor:integer [MATCH pattern:pattern] [COUNT count:integer]")
                .tips("nondeterministic_output"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        long cursor = ScanOptions.cursor(arguments.get(2));
        HashValue hash = call.readHash(arguments.get(1));
        ScanBatch batch = new ScanBatch();
        long next = 0;
        if (hash != null) {
            ScanOptions options = ScanOptions.parse(arguments, 3, false);
            next = hash.scan(cursor, options.count(), (field, value) -> {
                if (options.matches(field)) {
                    batch.add(field);
                    batch.add(value);
                }
                return true;
            });
        }
        batch.write(call.reply(), next);
    }
}
