package io.releve.commands.strings;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Type;

/** SETRANGE (redis.io/commands/setrange). */
final class SetRange extends StringCommand {
    private static final CommandException OUT_OF_RANGE = new CommandException("ERR offset is out of range");

    SetRange() {
        super(facts("SETRANGE", 4, CommandFlag.WRITE, CommandFlag.DENYOOM)
                .keys(KeySpec.at(1, Flag.RW, Flag.UPDATE))
                .since("2.2.0")
                .complexity("O(M) where M is the number of bytes written, those that fill a gap included.")
                .summary("Overwrites a part of a string; a gap before it is filled with zero bytes.")
                .syntax("key offset:integer value"));
    }

    @Override
    public void run(Call call) {
        Bytes key = call.arguments().get(1);
        Bytes part = call.arguments().get(3);
        long offset = call.arguments().integer(2);
        if (offset < 0) {
            throw OUT_OF_RANGE;
        }
        StringValue value = call.writeString(key);
        if (part.length() == 0) {
            call.reply().integer(value == null ? 0 : value.length());
            return;
        }
        checkLength(call, offset > StringValue.MAX_LENGTH ? offset : offset + part.length());
        if (value == null) {
            value = create(call, key, (int) offset, part);
        } else {
            value.write((int) offset, part);
        }
        int length = value.length();
        call.changed(key, KeyEvent.STRING, "setrange");
        call.reply().integer(length);
    }

    private static StringValue create(Call call, Bytes key, int offset, Bytes part) {
        StringValue value =
                (StringValue) call.database().create(key, Type.STRING, call.engine().accessClock());
        try {
            value.write(offset, part);
        } catch (Keyspace.FullException e) {
            call.database().remove(key);
            throw e;
        }
        call.event(key, KeyEvent.NEW, "new");
        return value;
    }
}
