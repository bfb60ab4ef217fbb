package io.releve.commands.hashes;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.HashValue;

/** HSTRLEN (redis.io/commands/hstrlen). */
final class HStrLen extends HashCommand {
    HStrLen() {
        super(facts("HSTRLEN", 3, CommandFlag.READONLY, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RO))
                .since("3.2.0")
                .summary("Returns the length of the value of a field, in bytes.")
                .syntax("key field"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        HashValue hash = call.readHash(arguments.get(1));
        Bytes value = new Bytes();
        call.reply().integer(hash != null && hash.get(arguments.get(2), value) ? value.length() : 0);
    }
}
