package io.releve.commands.strings;

import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.StringValue;

/** STRLEN (redis.io/commands/strlen). */
final class StrLen extends StringCommand {
    StrLen() {
        super(facts("STRLEN", 2, CommandFlag.READONLY, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RO))
                .since("2.2.0")
                .summary("Returns the length of a string in bytes.")
                .syntax("key"));
    }

    @Override
    public void run(Call call) {
        StringValue value = call.readString(call.arguments().get(1));
        call.reply().integer(value == null ? 0 : value.length());
    }
}
