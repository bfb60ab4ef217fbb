package io.releve.commands.strings;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import java.util.Locale;

/** SETEX and PSETEX (redis.io/commands/setex). */
final class SetEx extends StringCommand {
    private final Expiration unit;
    private final String shownName;

    private SetEx(CommandSpec.Builder facts, Expiration unit) {
        super(facts);
        this.unit = unit;
        shownName = spec().name().toLowerCase(Locale.ROOT);
    }

    static SetEx seconds() {
        return new SetEx(expiring("SETEX").since("2.0.0").deprecated("2.6.12", "`SET` with the `EX` argument")
                .summary("Sets a key to a string that expires after some seconds.")
                .syntax("key seconds:integer value"), Expiration.EX);
    }

    static SetEx milliseconds() {
        return new SetEx(expiring("PSETEX").since("2.6.0").deprecated("2.6.12", "`SET` with the `PX` argument")
                .summary("Sets a key to a string that expires after some milliseconds.")
                .syntax("key milliseconds:integer value"), Expiration.PX);
    }

    private static CommandSpec.Builder expiring(String name) {
        return facts(name, 4, CommandFlag.WRITE, CommandFlag.DENYOOM).keys(KeySpec.at(1, Flag.OW, Flag.UPDATE));
    }

    @Override
    public void run(Call call) {
        Bytes key = call.arguments().get(1);
        Bytes content = call.arguments().get(3);
        long expireAt = unit.read(call, 2, shownName);
        store(call, key, content, expireAt);
        call.event(key, KeyEvent.GENERIC, "expire");
        call.effect("SET", key, content, "PXAT", expireAt);
        call.reply().ok();
    }
}
