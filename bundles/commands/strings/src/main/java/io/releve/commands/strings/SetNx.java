package io.releve.commands.strings;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.Value;

/** SETNX (redis.io/commands/setnx). */
final class SetNx extends StringCommand {
    SetNx() {
        super(facts("SETNX", 3, CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.OW, Flag.INSERT))
                .deprecated("2.6.12", "`SET` with the `NX` argument")
                .summary("Sets a key to a string if the key is not there.")
                .syntax("key value"));
    }

    @Override
    public void run(Call call) {
        Bytes key = call.arguments().get(1);
        if (call.write(key) != null) {
            call.reply().integer(0);
            return;
        }
        replace(call, key, call.arguments().get(2), Value.NEVER, true);
        call.changed(key, KeyEvent.STRING, "set");
        call.reply().integer(1);
    }
}
