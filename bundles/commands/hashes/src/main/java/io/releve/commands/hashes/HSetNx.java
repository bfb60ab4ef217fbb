package io.releve.commands.hashes;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.HashValue;

/** HSETNX (redis.io/commands/hsetnx). */
final class HSetNx extends HashCommand {
    HSetNx() {
        super(facts("HSETNX", 4, CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RW, Flag.INSERT))
                .summary("Sets a field that is not there yet.")
                .syntax("key field value"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Bytes key = arguments.get(1);
        HashValue hash = call.writeHash(key);
        if (hash != null && hash.get(arguments.get(2), new Bytes())) {
            call.reply().integer(0);
            return;
        }
        orNew(call, key, hash).put(arguments.get(2), arguments.get(3));
        call.changed(key, KeyEvent.HASH, "hset");
        call.reply().integer(1);
    }
}
