package io.releve.commands.hashes;

import io.releve.bytes.Bytes;
import io.releve.bytes.ExtendedFloat;
import io.releve.bytes.Numbers;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.HashValue;
import java.nio.charset.StandardCharsets;

/** HINCRBYFLOAT (redis.io/commands/hincrbyfloat). */
final class HIncrByFloat extends HashCommand {
    private static final CommandException NOT_FLOAT = new CommandException("ERR hash value is not a float");
    private static final CommandException INFINITE = new CommandException("ERR value is NaN or Infinity");
    private static final CommandException NOT_FINITE =
            new CommandException("ERR increment would produce NaN or Infinity");

    HIncrByFloat() {
        super(facts("HINCRBYFLOAT", 4, CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RW, Flag.ACCESS, Flag.UPDATE))
                .since("2.6.0")
                .summary("Adds a decimal number to the number in a field, which begins at 0.")
                .syntax("key field increment:double"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        ExtendedFloat change = parse(arguments.get(3), CommandException.NOT_FLOAT);
        if (!change.isFinite()) {
            throw INFINITE;
        }
        Bytes key = arguments.get(1);
        Bytes field = arguments.get(2);
        HashValue hash = call.writeHash(key);
        Bytes value = new Bytes();
        ExtendedFloat old = hash != null && hash.get(field, value) ? parse(value, NOT_FLOAT) : ExtendedFloat.ZERO;
        ExtendedFloat sum = old.plus(change);
        if (!sum.isFinite()) {
            throw NOT_FINITE;
        }
        Bytes text = new Bytes(Numbers.text(sum.value()).getBytes(StandardCharsets.ISO_8859_1));
        orNew(call, key, hash).put(field, text);
        call.changed(key, KeyEvent.HASH, "hincrbyfloat");
        // Another machine's arithmetic may differ: the result is handed on, not the increment.
        call.effect("HSET", key, field, text);
        call.reply().bulk(text);
    }

    private static ExtendedFloat parse(Bytes text, CommandException otherwise) {
        ExtendedFloat number = text.length() > ExtendedFloat.LONGEST_TEXT ? null : ExtendedFloat.parse(text.latin1());
        if (number == null) {
            throw otherwise;
        }
        return number;
    }
}
