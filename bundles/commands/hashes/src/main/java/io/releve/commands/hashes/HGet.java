package io.releve.commands.hashes;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.keyspace.HashValue;

/** HGET (redis.io/commands/hget). */
final class HGet extends HashCommand {
    HGet() {
        super(facts("HGET", 3, CommandFlag.READONLY, CommandFlag.FAST)
                .keys(readKey())
                .summary("Returns the value of a field.")
                .syntax("key field"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        HashValue hash = call.readHash(arguments.get(1));
        Bytes value = new Bytes();
        if (hash != null && hash.get(arguments.get(2), value)) {
            call.reply().bulk(value);
        } else {
            call.reply().nil();
        }
    }
}
