package io.releve.commands.hashes;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.Reply;
import io.releve.keyspace.HashValue;

/** HMGET (redis.io/commands/hmget). */
final class HMGet extends HashCommand {
    HMGet() {
        super(facts("HMGET", -3, CommandFlag.READONLY, CommandFlag.FAST)
                .keys(readKey())
                .complexity("O(N) where N is the number of fields asked for.")
                .summary("Returns the values of several fields, null for those that are not there.")
                .syntax("key field [field ...]"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        HashValue hash = call.readHash(arguments.get(1));
        Reply reply = call.reply();
        Bytes value = new Bytes();
        int size = arguments.size();
        reply.array(size - 2);
        for (int i = 2; i < size; i++) {
            if (hash != null && hash.get(arguments.get(i), value)) {
                reply.bulk(value);
            } else {
                reply.nil();
            }
        }
    }
}
