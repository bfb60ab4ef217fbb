package io.releve.commands.strings.bitmaps;

import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;

/** GETBIT (redis.io/commands/getbit). */
final class GetBit extends BitmapCommand {
    GetBit() {
        super(bits("GETBIT", 3, CommandFlag.READONLY, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RO, Flag.ACCESS))
                .since("2.2.0")
                .summary("Returns a bit of a string.")
                .syntax("key offset:integer"));
    }

    @Override
    public void run(Call call) {
        long offset = offset(call, call.arguments().get(2), 0);
        int value = byteAt(call.readString(call.arguments().get(1)), offset >>> 3);
        call.reply().integer(value >> 7 - (int) (offset & 7) & 1);
    }
}
