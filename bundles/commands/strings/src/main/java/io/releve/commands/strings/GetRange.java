package io.releve.commands.strings;

import io.releve.bytes.ByteSource;
import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.StringValue;

/** GETRANGE and its older name SUBSTR (redis.io/commands/getrange). */
final class GetRange extends StringCommand {
    private GetRange(CommandSpec.Builder facts) {
        super(facts);
    }

    static GetRange getRange() {
        return new GetRange(ranging("GETRANGE").since("2.4.0"));
    }

    static GetRange substr() {
        return new GetRange(ranging("SUBSTR").deprecated("2.0.0", "`GETRANGE`"));
    }

    private static CommandSpec.Builder ranging(String name) {
        return facts(name, 4, CommandFlag.READONLY)
                .keys(KeySpec.at(1, Flag.RO, Flag.ACCESS))
                .complexity("O(N) where N is the number of bytes returned.")
                .summary("Returns a part of a string; negative positions count from its end.")
                .syntax("key start:integer end:integer");
    }

    @Override
    public void run(Call call) {
        long start = call.arguments().integer(2);
        long end = call.arguments().integer(3);
        StringValue value = call.readString(call.arguments().get(1));
        int length = value == null ? 0 : value.length();
        if (start < 0 && end < 0 && start > end) {
            length = 0;
        }
        long from = Math.max(0, start < 0 ? start + length : start);
        long to = Math.min(length - 1L, Math.max(0, end < 0 ? end + length : end));
        if (length == 0 || from > to) {
            call.reply().bulk(new Bytes());
        } else if (from == 0 && to == length - 1L) {
            call.reply().bulk(value);
        } else {
            call.reply().bulk(new Part(value, (int) from, (int) (to - from + 1)));
        }
    }

    /** A part of a string. */
    private record Part(ByteSource whole, int start, int length) implements ByteSource {
        @Override
        public void copyTo(int from, byte[] target, int at, int count) {
            whole.copyTo(start + from, target, at, count);
        }

        @Override
        public int byteAt(int index) {
            return whole.byteAt(start + index);
        }
    }
}
