package io.releve.commands.hashes;

import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.HashValue;

/** HLEN (redis.io/commands/hlen). */
final class HLen extends HashCommand {
    HLen() {
        super(facts("HLEN", 2, CommandFlag.READONLY, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RO))
                .summary("Returns the number of fields.")
                .syntax("key"));
    }

    @Override
    public void run(Call call) {
        HashValue hash = call.readHash(call.arguments().get(1));
        call.reply().integer(hash == null ? 0 : hash.size());
    }
}
