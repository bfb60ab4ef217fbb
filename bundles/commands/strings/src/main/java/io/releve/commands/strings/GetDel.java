package io.releve.commands.strings;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.StringValue;

/** GETDEL (redis.io/commands/getdel). */
final class GetDel extends StringCommand {
    GetDel() {
        super(facts("GETDEL", 2, CommandFlag.WRITE, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RW, Flag.ACCESS, Flag.DELETE))
                .since("6.2.0")
                .summary("Returns the string stored under a key and deletes the key.")
                .syntax("key"));
    }

    @Override
    public void run(Call call) {
        Bytes key = call.arguments().get(1);
        StringValue value = call.readString(key);
        Get.reply(call, value);
        if (value != null) {
            call.database().remove(key);
            call.effect("DEL", key);
            call.changed(key, KeyEvent.GENERIC, "del");
        }
    }
}
