package io.releve.commands.keys;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.ScanBatch;
import io.releve.command.ScanOptions;

/** SCAN (redis.io/commands/scan). */
final class Scan extends KeyCommand {
    Scan() {
        super(facts("SCAN", -2, CommandFlag.READONLY, CommandFlag.TOUCHES_ARBITRARY_KEYS)
                .since("2.8.0")
                .complexity("O(1) a call, O(N) for a walk through all N keys.")
                .summary("Walks through the keys of a database in steps.")
                .syntax("cursor:integer [MATCH pattern:pattern] [COUNT count:integer] [TYPE type]")
                .changed("6.0.0", "Added the option `TYPE`.")
                .tips("nondeterministic_output", "request_policy:special"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        long cursor = ScanOptions.cursor(arguments.get(1));
        ScanOptions options = ScanOptions.parse(arguments, 2, true);
        KeyFilter filter = new KeyFilter(call.now(), options.pattern(), options.type());
        ScanBatch batch = new ScanBatch();
        long next = call.database().scan(cursor, options.count(), (key, value) -> {
            if (filter.accepts(key, value)) {
                batch.add(key);
            }
        });
        batch.write(call.reply(), next);
    }
}
