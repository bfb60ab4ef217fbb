package io.releve.commands.hashes;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.HashValue;

/** HSET and its forerunner HMSET, which answers OK (redis.io/commands/hset). */
final class HSet extends HashCommand {
    private final boolean counting;
    private final CommandException unpaired;

    private HSet(CommandSpec.Builder facts, boolean counting, String name) {
        super(facts.keys(KeySpec.at(1, Flag.RW, Flag.UPDATE))
                .complexity("O(N) where N is the number of fields set.")
                .syntax("key field value [field value ...]"));
        this.counting = counting;
        unpaired = new CommandException("ERR wrong number of arguments for '" + name + "' command");
    }

    static HSet hSet() {
        return new HSet(facts("HSET", -4, CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.FAST)
                .summary("Sets fields to values and returns how many of them are new.")
                .changed("4.0.0", "Takes several fields with their values."), true, "hset");
    }

    static HSet hmSet() {
        return new HSet(facts("HMSET", -4, CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.FAST)
                .summary("Sets fields to values.")
                .deprecated("4.0.0", "`HSET` with multiple field-value pairs"), false, "hmset");
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        int size = arguments.size();
        if (size % 2 != 0) {
            throw unpaired;
        }
        Bytes key = arguments.get(1);
        HashValue hash = orNew(call, key, call.writeHash(key));
        int added = 0;
        for (int i = 2; i < size; i += 2) {
            if (hash.put(arguments.get(i), arguments.get(i + 1))) {
                added++;
            }
        }
        call.changed(key, KeyEvent.HASH, "hset");
        if (size > 4) {
            call.countChanges(size / 2 - 2);
        }
        if (counting) {
            call.reply().integer(added);
        } else {
            call.reply().ok();
        }
    }
}
