package io.releve.commands.streams;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.command.Reply;
import io.releve.format.stream.Consumer;
import io.releve.format.stream.Group;
import io.releve.format.stream.PendingEntry;
import io.releve.format.stream.StreamId;
import java.util.List;

/** XPENDING (redis.io/commands/xpending). */
final class XPending extends StreamCommand {
    XPending() {
        super(facts("XPENDING", -3, CommandFlag.READONLY)
                .keys(KeySpec.at(1, Flag.RO, Flag.ACCESS))
                .complexity("O(N) for N entries looked at, O(C) for the summary with C consumers.")
                .summary("Returns what was delivered to a group and not acknowledged.")
                .syntax("key group [[IDLE min-idle-time:integer] start end count:integer [consumer]]")
                .changed("6.2.0", "Added the option `IDLE` and exclusive bounds.")
                .tips("nondeterministic_output"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        int size = arguments.size();
        if (size != 3 && (size < 6 || size > 9)) {
            throw CommandException.SYNTAX;
        }
        long minIdle = 0;
        long count = 0;
        int at = 3;
        StreamId start = null;
        StreamId end = null;
        if (size > 3) {
            if (arguments.is(3, "IDLE")) {
                minIdle = arguments.integer(4);
                if (size < 8) {
                    throw CommandException.SYNTAX;
                }
                at = 5;
            }
            count = Math.max(0, arguments.integer(at + 2));
            start = Ids.start(arguments.get(at));
            end = Ids.end(arguments.get(at + 1));
        }
        Group group = group(call.readStream(arguments.get(1)), arguments.get(2));
        if (group == null) {
            throw noGroup(arguments.get(1), arguments.get(2), "");
        }
        if (size == 3) {
            summary(call.reply(), group);
        } else {
            Bytes consumer = at + 3 < size ? arguments.get(at + 3) : null;
            list(call, group, consumer, start, end, count, minIdle);
        }
    }

    private static void summary(Reply reply, Group group) {
        reply.array(4);
        reply.integer(group.pending());
        if (group.pending() == 0) {
            reply.nil();
            reply.nil();
            reply.nilArray();
            return;
        }
        StreamId[] ends = new StreamId[2];
        group.visitPending(StreamId.MIN, entry -> {
            ends[0] = entry.id();
            return false;
        });
        ends[1] = group.lastPending();
        id(reply, ends[0]);
        id(reply, ends[1]);
        List<Consumer> consumers = group.allConsumers().stream().filter(consumer -> consumer.pending() > 0).toList();
        reply.array(consumers.size());
        for (Consumer consumer : consumers) {
            reply.array(2);
            reply.bulk(consumer.name());
            reply.bulkInteger(consumer.pending());
        }
    }

    private static void list(Call call, Group group, Bytes name, StreamId start, StreamId end, long count, long minIdle) {
        Consumer consumer = name == null ? null : group.consumer(name);
        if (name != null && consumer == null) {
            call.reply().array(0);
            return;
        }
        Reply reply = call.reply();
        int mark = reply.openArray();
        int[] written = {0};
        Group.PendingVisitor visitor = entry -> {
            if (written[0] >= count || entry.id().compareTo(end) > 0) {
                return false;
            }
            long idle = Math.max(0, call.now() - entry.delivered());
            if (minIdle == 0 || idle >= minIdle) {
                written[0]++;
                write(reply, group, entry, idle);
            }
            return true;
        };
        if (consumer == null) {
            group.visitPending(start, visitor);
        } else {
            group.visitPending(consumer, start, visitor);
        }
        reply.closeArray(mark, written[0]);
    }

    private static void write(Reply reply, Group group, PendingEntry entry, long idle) {
        reply.array(4);
        id(reply, entry.id());
        reply.bulk(group.consumerName(entry.consumer()));
        reply.integer(idle);
        reply.integer(entry.deliveries());
    }
}
