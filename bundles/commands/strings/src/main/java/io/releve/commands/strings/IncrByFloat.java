package io.releve.commands.strings;

import io.releve.bytes.ByteSource;
import io.releve.bytes.Bytes;
import io.releve.bytes.ExtendedFloat;
import io.releve.bytes.Numbers;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Value;
import java.nio.charset.StandardCharsets;

/** INCRBYFLOAT (redis.io/commands/incrbyfloat). */
final class IncrByFloat extends StringCommand {
    private static final CommandException NOT_FINITE =
            new CommandException("ERR increment would produce NaN or Infinity");

    IncrByFloat() {
        super(facts("INCRBYFLOAT", 3, CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RW, Flag.ACCESS, Flag.UPDATE))
                .since("2.6.0")
                .summary("Adds a decimal number to the number under a key, which begins at 0.")
                .syntax("key increment:double"));
    }

    @Override
    public void run(Call call) {
        Bytes key = call.arguments().get(1);
        StringValue value = call.writeString(key);
        ExtendedFloat old = value == null ? ExtendedFloat.ZERO : parse(value);
        ExtendedFloat sum = old.plus(parse(call.arguments().get(2)));
        if (!sum.isFinite()) {
            throw NOT_FINITE;
        }
        Bytes text = new Bytes(Numbers.text(sum.value()).getBytes(StandardCharsets.ISO_8859_1));
        if (value == null) {
            replace(call, key, text, Value.NEVER, true);
        } else {
            value.assign(text);
        }
        call.changed(key, KeyEvent.STRING, "incrbyfloat");
        // Another machine's arithmetic may differ: the result is handed on, not the increment.
        call.effect("SET", key, text, "KEEPTTL");
        call.reply().bulk(text);
    }

    private static ExtendedFloat parse(ByteSource text) {
        if (text.length() > ExtendedFloat.LONGEST_TEXT) {
            throw CommandException.NOT_FLOAT;
        }
        ExtendedFloat number = ExtendedFloat.parse(new String(text.toByteArray(), StandardCharsets.ISO_8859_1));
        if (number == null) {
            throw CommandException.NOT_FLOAT;
        }
        return number;
    }
}
