package io.releve.commands.strings;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Value;

/** GETEX (redis.io/commands/getex). */
final class GetEx extends StringCommand {
    GetEx() {
        super(facts("GETEX", -2, CommandFlag.WRITE, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RW, Flag.ACCESS, Flag.UPDATE)
                        .withNotes("RW and UPDATE because it changes the TTL"))
                .since("6.2.0")
                .summary("Returns the string stored under a key, setting or clearing the expiry time if wished.")
                .syntax("key [EX seconds:integer | PX milliseconds:integer | EXAT unix-time-seconds:unix-time"
                        + " | PXAT unix-time-milliseconds:unix-time | PERSIST]"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Bytes key = arguments.get(1);
        boolean persist = false;
        Expiration unit = null;
        int time = 0;
        for (int i = 2; i < arguments.size(); i++) {
            Expiration next = Expiration.of(call, i);
            if (arguments.is(i, "PERSIST") && unit == null) {
                persist = true;
            } else if (next != null && !persist && (unit == null || unit == next) && i + 1 < arguments.size()) {
                unit = next;
                time = ++i;
            } else {
                throw CommandException.SYNTAX;
            }
        }
        StringValue value = call.readString(key);
        if (value == null) {
            call.reply().nil();
            return;
        }
        long expireAt = unit == null ? Value.NEVER : unit.read(call, time, "getex");
        long before = value.expireAt();
        call.reply().bulk(value);
        if (unit != null) {
            call.expire(key, expireAt);
        } else if (persist && before != Value.NEVER) {
            call.database().expire(key, Value.NEVER);
            call.effect("PERSIST", key);
            call.changed(key, KeyEvent.GENERIC, "persist");
        }
    }
}
