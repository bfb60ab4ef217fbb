package io.releve.commands.keys;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.Value;

/** PERSIST (redis.io/commands/persist). */
final class Persist extends KeyCommand {
    Persist() {
        super(facts("PERSIST", 2, CommandFlag.WRITE, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RW, Flag.UPDATE))
                .since("2.2.0")
                .summary("Takes the expiry time from a key.")
                .syntax("key"));
    }

    @Override
    public void run(Call call) {
        Bytes key = call.arguments().get(1);
        Value value = call.write(key);
        if (value == null || value.expireAt() == Value.NEVER) {
            call.reply().integer(0);
            return;
        }
        call.database().expire(key, Value.NEVER);
        call.changed(key, KeyEvent.GENERIC, "persist");
        call.reply().integer(1);
    }
}
