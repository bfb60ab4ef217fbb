package io.releve.commands.keys;

import io.releve.bytes.Glob;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.Reply;

/** KEYS (redis.io/commands/keys). */
final class Keys extends KeyCommand {
    /** Keys of one step of the walk through the database. */
    private static final int STEP = 1000;

    Keys() {
        super(facts("KEYS", 2, CommandFlag.READONLY)
                .categories("dangerous")
                .complexity("O(N) where N is the number of keys in the database.")
                .summary("Returns all keys that match a pattern.")
                .syntax("pattern:pattern")
                .tips("request_policy:all_shards", "nondeterministic_output_order"));
    }

    @Override
    public void run(Call call) {
        Reply reply = call.reply();
        KeyFilter filter = new KeyFilter(call.now(), new Glob(call.arguments().get(1)), null);
        int mark = reply.openArray();
        int[] count = new int[1];
        long cursor = 0;
        do {
            cursor = call.database().scan(cursor, STEP, (key, value) -> {
                if (filter.accepts(key, value)) {
                    reply.bulk(key);
                    count[0]++;
                }
            });
        } while (cursor != 0);
        reply.closeArray(mark, count[0]);
    }
}
