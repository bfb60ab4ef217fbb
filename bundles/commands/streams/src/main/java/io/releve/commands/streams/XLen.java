package io.releve.commands.streams;

import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.StreamValue;

/** XLEN (redis.io/commands/xlen). */
final class XLen extends StreamCommand {
    XLen() {
        super(facts("XLEN", 2, CommandFlag.READONLY, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RO))
                .summary("Returns the number of entries of a stream.")
                .syntax("key"));
    }

    @Override
    public void run(Call call) {
        StreamValue stream = call.readStream(call.arguments().get(1));
        call.reply().integer(stream == null ? 0 : stream.length());
    }
}
