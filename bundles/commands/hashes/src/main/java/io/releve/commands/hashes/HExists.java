package io.releve.commands.hashes;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.HashValue;

/** HEXISTS (redis.io/commands/hexists). */
final class HExists extends HashCommand {
    HExists() {
        super(facts("HEXISTS", 3, CommandFlag.READONLY, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RO))
                .summary("Tells whether a field is there.")
                .syntax("key field"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        HashValue hash = call.readHash(arguments.get(1));
        call.reply().integer(hash != null && hash.get(arguments.get(2), new Bytes()) ? 1 : 0);
    }
}
