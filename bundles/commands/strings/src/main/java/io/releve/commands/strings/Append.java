package io.releve.commands.strings;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Value;

/** APPEND (redis.io/commands/append). */
final class Append extends StringCommand {
    Append() {
        super(facts("APPEND", 3, CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RW, Flag.INSERT))
                .since("2.0.0")
                .complexity("O(1) amortised for short tails, since a growing string reserves room ahead.")
                .summary("Adds bytes at the end of a string, which begins empty.")
                .syntax("key value"));
    }

    @Override
    public void run(Call call) {
        Bytes key = call.arguments().get(1);
        Bytes tail = call.arguments().get(2);
        StringValue value = call.writeString(key);
        int length = tail.length();
        if (value == null) {
            replace(call, key, tail, Value.NEVER, true);
        } else {
            checkLength(call, (long) value.length() + length);
            value.append(tail);
            length = value.length();
        }
        call.changed(key, KeyEvent.STRING, "append");
        call.reply().integer(length);
    }
}
