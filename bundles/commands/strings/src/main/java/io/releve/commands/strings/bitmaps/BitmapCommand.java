package io.releve.commands.strings.bitmaps;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.commands.strings.StringCommand;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Value;

/** What the commands on bits have in common. Bit 0 is the highest of the first byte. */
abstract class BitmapCommand extends StringCommand {
    private static final CommandException INVALID_OFFSET =
            new CommandException("ERR bit offset is not an integer or out of range");

    BitmapCommand(CommandSpec.Builder facts) {
        super(facts);
    }

    static CommandSpec.Builder bits(String name, int arity, CommandFlag... flags) {
        return CommandSpec.command(name, arity).group("bitmap").categories("bitmap").flags(flags);
    }

    /**
     * A position in bits.
     *
     * @param width of the number there, for which {@code #n} means the n-th; 0 where that is not allowed
     */
    static long offset(Call call, Bytes text, int width) {
        boolean counted = width > 0 && text.length() > 0 && text.byteAt(0) == '#';
        int skip = counted ? 1 : 0;
        byte[] array = text.array();
        int from = text.offset() + skip;
        int length = text.length() - skip;
        if (!Numbers.isInteger(array, from, length)) {
            throw INVALID_OFFSET;
        }
        long offset = Numbers.integer(array, from, length);
        if (counted) {
            if (offset > Long.MAX_VALUE / width) {
                throw INVALID_OFFSET;
            }
            offset *= width;
        }
        if (offset < 0 || offset >>> 3 >= longest(call)) {
            throw INVALID_OFFSET;
        }
        return offset;
    }

    /** Makes a string at least so long; a new one is made of zeros. Returns null when it is long enough already. */
    static StringValue lengthen(Call call, Bytes key, StringValue value, int length) {
        if (value != null && value.length() >= length) {
            return null;
        }
        if (value == null) {
            replace(call, key, new Bytes(), Value.NEVER, true);
        }
        StringValue string = value == null ? (StringValue) call.database().find(key) : value;
        try {
            string.write(length - 1, new Bytes(new byte[1]));
        } catch (Keyspace.FullException e) {
            if (value == null) {
                call.database().remove(key);
            }
            throw e;
        }
        return string;
    }

    /** The byte at a position, 0 beyond the end. */
    static int byteAt(StringValue value, long index) {
        return value == null || index >= value.length() ? 0 : value.byteAt((int) index);
    }
}
