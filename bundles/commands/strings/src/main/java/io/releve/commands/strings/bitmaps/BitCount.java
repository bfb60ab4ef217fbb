package io.releve.commands.strings.bitmaps;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.StringValue;

/** BITCOUNT (redis.io/commands/bitcount). */
final class BitCount extends BitmapCommand {
    BitCount() {
        super(bits("BITCOUNT", -2, CommandFlag.READONLY)
                .keys(KeySpec.at(1, Flag.RO, Flag.ACCESS))
                .since("2.6.0")
                .complexity("O(N)")
                .summary("Counts the set bits of a string or a part of it.")
                .syntax("key [start:integer end:integer [BYTE | BIT]]")
                .changed("7.0.0", "Added the option `BYTE|BIT`."));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        StringValue value = call.readString(arguments.get(1));
        if (value == null) {
            call.reply().integer(0);
            return;
        }
        if (arguments.size() == 3 || arguments.size() > 5) {
            throw CommandException.SYNTAX;
        }
        BitRange range = arguments.size() == 2 ? new BitRange(0, value.length() * 8L - 1)
                : BitRange.counted(arguments, 2, value.length());
        call.reply().integer(range.isEmpty() ? 0 : new BitReader(value).count(range));
    }
}
