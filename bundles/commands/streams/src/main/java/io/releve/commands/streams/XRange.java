package io.releve.commands.streams;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.command.Reply;
import io.releve.format.stream.StreamId;
import io.releve.keyspace.StreamValue;

/** XRANGE and XREVRANGE (redis.io/commands/xrange). */
final class XRange extends StreamCommand {
    private final boolean forward;

    private XRange(CommandSpec.Builder facts, boolean forward) {
        super(facts.keys(KeySpec.at(1, Flag.RO, Flag.ACCESS))
                .complexity("O(log N + M) for M entries returned.")
                .changed("6.2.0", "Exclusive bounds."));
        this.forward = forward;
    }

    static XRange forward() {
        return new XRange(facts("XRANGE", -4, CommandFlag.READONLY)
                .summary("Returns the entries between two ids.")
                .syntax("key start end [COUNT count:integer]"), true);
    }

    static XRange backward() {
        return new XRange(facts("XREVRANGE", -4, CommandFlag.READONLY)
                .summary("Returns the entries between two ids, the last one first.")
                .syntax("key end start [COUNT count:integer]"), false);
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        StreamId start = Ids.start(arguments.get(forward ? 2 : 3));
        StreamId end = Ids.end(arguments.get(forward ? 3 : 2));
        long count = Long.MAX_VALUE;
        for (int i = 4; i < arguments.size(); i += 2) {
            if (!arguments.is(i, "COUNT") || i + 1 == arguments.size()) {
                throw CommandException.SYNTAX;
            }
            count = Math.max(0, arguments.integer(i + 1));
        }
        StreamValue stream = call.readStream(arguments.get(1));
        if (stream == null) {
            call.reply().array(0);
        } else if (count == 0) {
            call.reply().nilArray();
        } else {
            write(call.reply(), stream, start, end, forward, count);
        }
    }

    /** Writes an array of entries; @return how many there are */
    static long write(Reply reply, StreamValue stream, StreamId start, StreamId end, boolean forward, long count) {
        int mark = reply.openArray();
        int[] written = {0};
        StreamId from = forward ? start : end;
        if (start.compareTo(end) <= 0 && count > 0) {
            stream.visit(from.milliseconds(), from.sequence(), forward, (milliseconds, sequence, body) -> {
                StreamId id = new StreamId(milliseconds, sequence);
                if (forward ? id.compareTo(end) > 0 : id.compareTo(start) < 0) {
                    return false;
                }
                entry(reply, id, body);
                return ++written[0] < count;
            });
        }
        reply.closeArray(mark, written[0]);
        return written[0];
    }
}
