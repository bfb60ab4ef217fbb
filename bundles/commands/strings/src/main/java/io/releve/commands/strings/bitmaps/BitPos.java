package io.releve.commands.strings.bitmaps;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.StringValue;

/** BITPOS (redis.io/commands/bitpos). */
final class BitPos extends BitmapCommand {
    private static final CommandException INVALID_BIT = new CommandException("ERR The bit argument must be 1 or 0.");

    BitPos() {
        super(bits("BITPOS", -3, CommandFlag.READONLY)
                .keys(KeySpec.at(1, Flag.RO, Flag.ACCESS))
                .since("2.8.7")
                .complexity("O(N)")
                .summary("Finds the first set or clear bit of a string or a part of it.")
                .syntax("key bit:integer [start:integer [end:integer [BYTE | BIT]]]")
                .changed("7.0.0", "Added the option `BYTE|BIT`."));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        long bit = arguments.integer(2);
        if ((bit & ~1) != 0) {
            throw INVALID_BIT;
        }
        StringValue value = call.readString(arguments.get(1));
        if (value == null) {
            // without a string there is one clear bit after another
            call.reply().integer(bit == 1 ? -1 : 0);
            return;
        }
        if (arguments.size() > 6) {
            throw CommandException.SYNTAX;
        }
        BitRange range = arguments.size() == 3 ? new BitRange(0, value.length() * 8L - 1)
                : BitRange.searched(arguments, 3, value.length());
        long found = range.isEmpty() ? -1 : new BitReader(value).find(range, bit == 1);
        boolean openEnd = arguments.size() < 5;
        // a string is followed by clear bits, unless the request says where to stop
        call.reply().integer(found < 0 && bit == 0 && openEnd && !range.isEmpty() ? range.last() + 1 : found);
    }
}
