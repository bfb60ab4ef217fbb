package io.releve.commands.strings.bitmaps;

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
import java.util.Arrays;

/** BITOP (redis.io/commands/bitop). */
final class BitOp extends BitmapCommand {
    private static final int FIRST_SOURCE = 3;
    private static final int PIECE = 64 * 1024;
    private static final CommandException ONE_SOURCE =
            new CommandException("ERR BITOP NOT must be called with a single source key.");

    /** An operation on bits. */
    private enum Operation {
        AND, OR, XOR, NOT;

        static Operation parse(Arguments arguments) {
            for (Operation each : values()) {
                if (arguments.is(1, each.name())) {
                    return each;
                }
            }
            throw CommandException.SYNTAX;
        }

        /** Combines {@code count} bytes into {@code result[at..]}. */
        void apply(byte[] result, int at, byte[] other, int count) {
            for (int i = 0; i < count; i++) {
                result[at + i] = switch (this) {
                    case AND -> (byte) (result[at + i] & other[i]);
                    case OR -> (byte) (result[at + i] | other[i]);
                    case XOR -> (byte) (result[at + i] ^ other[i]);
                    case NOT -> (byte) ~other[i];
                };
            }
        }
    }

    BitOp() {
        super(bits("BITOP", -4, CommandFlag.WRITE, CommandFlag.DENYOOM)
                .keys(KeySpec.at(2, Flag.OW, Flag.UPDATE), KeySpec.range(3, -1, 1, Flag.RO, Flag.ACCESS))
                .since("2.6.0")
                .complexity("O(N)")
                .summary("Combines strings bit by bit and stores the result.")
                .syntax("<AND | OR | XOR | NOT> destkey:key key [key ...]"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Operation operation = Operation.parse(arguments);
        if (operation == Operation.NOT && arguments.size() != 4) {
            throw ONE_SOURCE;
        }
        int longest = 0;
        for (int i = FIRST_SOURCE; i < arguments.size(); i++) {
            StringValue value = call.readString(arguments.get(i));
            longest = Math.max(longest, value == null ? 0 : value.length());
        }
        Bytes target = arguments.get(2);
        if (longest == 0) {
            if (call.database().remove(target)) {
                call.changed(target, KeyEvent.GENERIC, "del");
            }
        } else {
            byte[] result = new byte[longest];
            for (int i = FIRST_SOURCE; i < arguments.size(); i++) {
                StringValue value = (StringValue) call.database().find(arguments.get(i));
                combine(i == FIRST_SOURCE && operation != Operation.NOT ? Operation.OR : operation, value, result);
            }
            replace(call, target, new Bytes(result), Value.NEVER, call.write(target) == null);
            call.changed(target, KeyEvent.STRING, "set");
        }
        call.reply().integer(longest);
    }

    /** Combines a string, followed by zeros, with what has been found so far. */
    private static void combine(Operation operation, StringValue value, byte[] result) {
        byte[] piece = new byte[Math.min(PIECE, result.length)];
        int length = value == null ? 0 : value.length();
        for (int at = 0; at < result.length; at += piece.length) {
            int count = Math.min(piece.length, result.length - at);
            int there = Math.max(0, Math.min(count, length - at));
            if (there > 0) {
                value.copyTo(at, piece, 0, there);
            }
            Arrays.fill(piece, there, count, (byte) 0);
            operation.apply(result, at, piece, count);
        }
    }
}
