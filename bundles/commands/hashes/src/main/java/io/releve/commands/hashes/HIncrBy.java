package io.releve.commands.hashes;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.HashValue;

/** HINCRBY (redis.io/commands/hincrby). */
final class HIncrBy extends HashCommand {
    private static final CommandException NOT_INTEGER = new CommandException("ERR hash value is not an integer");
    private static final CommandException OVERFLOW =
            new CommandException("ERR increment or decrement would overflow");

    HIncrBy() {
        super(facts("HINCRBY", 4, CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RW, Flag.ACCESS, Flag.UPDATE))
                .summary("Adds a number to the integer in a field, which begins at 0.")
                .syntax("key field increment:integer"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        long change = arguments.integer(3);
        Bytes key = arguments.get(1);
        Bytes field = arguments.get(2);
        HashValue hash = call.writeHash(key);
        Bytes text = new Bytes();
        long old = 0;
        if (hash != null && hash.get(field, text)) {
            if (!Numbers.isInteger(text)) {
                throw NOT_INTEGER;
            }
            old = Numbers.integer(text);
        }
        long sum = old + change;
        if (((old ^ sum) & (change ^ sum)) < 0) {
            throw OVERFLOW;
        }
        byte[] digits = new byte[Numbers.length(sum)];
        Numbers.write(digits, 0, sum);
        orNew(call, key, hash).put(field, text.set(digits, 0, digits.length));
        call.changed(key, KeyEvent.HASH, "hincrby");
        call.reply().integer(sum);
    }
}
