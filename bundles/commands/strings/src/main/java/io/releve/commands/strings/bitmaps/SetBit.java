package io.releve.commands.strings.bitmaps;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.StringValue;

/** SETBIT (redis.io/commands/setbit). */
final class SetBit extends BitmapCommand {
    private static final CommandException INVALID_BIT =
            new CommandException("ERR bit is not an integer or out of range");

    SetBit() {
        super(bits("SETBIT", 4, CommandFlag.WRITE, CommandFlag.DENYOOM)
                .keys(KeySpec.at(1, Flag.RW, Flag.ACCESS, Flag.UPDATE))
                .since("2.2.0")
                .summary("Sets or clears a bit of a string and returns what it was.")
                .syntax("key offset:integer value:integer"));
    }

    @Override
    public void run(Call call) {
        Bytes key = call.arguments().get(1);
        long offset = offset(call, call.arguments().get(2), 0);
        Bytes bit = call.arguments().get(3);
        if (!Numbers.isInteger(bit) || (Numbers.integer(bit) & ~1) != 0) {
            throw INVALID_BIT;
        }
        boolean on = Numbers.integer(bit) == 1;
        StringValue value = call.writeString(key);
        int index = (int) (offset >>> 3);
        int mask = 0x80 >> (int) (offset & 7);
        StringValue longer = lengthen(call, key, value, index + 1);
        StringValue string = longer == null ? value : longer;
        int old = string.byteAt(index);
        boolean was = (old & mask) != 0;
        if (was != on || longer != null) {
            string.write(index, on ? old | mask : old & ~mask);
            call.changed(key, KeyEvent.STRING, "setbit");
        }
        call.reply().integer(was ? 1 : 0);
    }
}
