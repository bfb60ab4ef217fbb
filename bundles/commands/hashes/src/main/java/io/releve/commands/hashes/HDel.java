package io.releve.commands.hashes;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.HashValue;

/** HDEL (redis.io/commands/hdel). */
final class HDel extends HashCommand {
    HDel() {
        super(facts("HDEL", -3, CommandFlag.WRITE, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RW, Flag.DELETE))
                .complexity("O(N) where N is the number of fields to remove.")
                .summary("Removes fields and returns how many of them were there.")
                .syntax("key field [field ...]")
                .changed("2.4.0", "Takes several fields."));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Bytes key = arguments.get(1);
        HashValue hash = call.writeHash(key);
        int removed = 0;
        long left = hash == null ? 0 : hash.size();
        for (int i = 2; i < arguments.size() && left > 0; i++) {
            if (hash.remove(arguments.get(i))) {
                removed++;
                left--;
            }
        }
        if (removed > 0) {
            call.changed(key, KeyEvent.HASH, "hdel");
            call.countChanges(removed - 1);
            if (left == 0) {
                call.event(key, KeyEvent.GENERIC, "del");
            }
        }
        call.reply().integer(removed);
    }
}
