package io.releve.commands.keys;

import io.releve.command.Call;
import io.releve.command.CommandFlag;

/** DBSIZE (redis.io/commands/dbsize). */
final class DbSize extends KeyCommand {
    DbSize() {
        super(facts("DBSIZE", 1, CommandFlag.READONLY, CommandFlag.FAST)
                .group("server")
                .summary("Returns the number of keys in the database.")
                .tips("request_policy:all_shards", "response_policy:agg_sum"));
    }

    @Override
    public void run(Call call) {
        call.reply().integer(call.database().size());
    }
}
