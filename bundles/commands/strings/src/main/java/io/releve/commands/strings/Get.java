package io.releve.commands.strings;

import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.StringValue;

/** GET (redis.io/commands/get). */
final class Get extends StringCommand {
    Get() {
        super(facts("GET", 2, CommandFlag.READONLY, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RO, Flag.ACCESS))
                .summary("Returns the string stored under a key.")
                .syntax("key"));
    }

    @Override
    public void run(Call call) {
        reply(call, call.readString(call.arguments().get(1)));
    }

    /** Replies a string or null. */
    static void reply(Call call, StringValue value) {
        if (value == null) {
            call.reply().nil();
        } else {
            call.reply().bulk(value);
        }
    }
}
