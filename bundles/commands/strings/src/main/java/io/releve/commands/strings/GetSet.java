package io.releve.commands.strings;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.Value;

/** GETSET (redis.io/commands/getset). */
final class GetSet extends StringCommand {
    GetSet() {
        super(facts("GETSET", 3, CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RW, Flag.ACCESS, Flag.UPDATE))
                .deprecated("6.2.0", "`SET` with the `!GET` argument")
                .summary("Sets a key to a string and returns the string it held before.")
                .syntax("key value"));
    }

    @Override
    public void run(Call call) {
        Bytes key = call.arguments().get(1);
        Bytes content = call.arguments().get(2);
        Get.reply(call, call.readString(key));
        store(call, key, content, Value.NEVER);
        call.effect("SET", key, content);
    }
}
