package io.releve.commands.streams;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
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
import io.releve.keyspace.StreamValue;
import java.util.ArrayList;
import java.util.List;

/** XAUTOCLAIM (redis.io/commands/xautoclaim). */
final class XAutoClaim extends StreamCommand {
    private static final CommandException INVALID_IDLE =
            new CommandException("ERR Invalid min-idle-time argument for XAUTOCLAIM");
    private static final CommandException INVALID_COUNT = new CommandException("ERR COUNT must be > 0");
    private static final int DEFAULT_COUNT = 100;
    /** Pending entries looked at for each that is asked for. */
    private static final int ATTEMPTS = 10;
    private static final long MOST = Long.MAX_VALUE / Math.max(16, ATTEMPTS);

    XAutoClaim() {
        super(facts("XAUTOCLAIM", -6, CommandFlag.WRITE, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RW, Flag.DELETE))
                .since("6.2.0")
                .complexity("O(1) if COUNT is small.")
                .summary("Gives a consumer pending entries that have been idle for some time.")
                .syntax("key group consumer min-idle-time start [COUNT count:integer] [JUSTID]")
                .changed("7.0.0", "Entries that were deleted are removed and returned as the third element.")
                .tips("nondeterministic_output"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Bytes key = arguments.get(1);
        if (!Numbers.isInteger(arguments.get(4))) {
            throw INVALID_IDLE;
        }
        long minIdle = Math.max(0, Numbers.integer(arguments.get(4)));
        StreamId start = Ids.start(arguments.get(5));
        long count = DEFAULT_COUNT;
        boolean justId = false;
        for (int i = 6; i < arguments.size(); i++) {
            if (arguments.is(i, "COUNT") && i + 1 < arguments.size()) {
                Bytes number = arguments.get(++i);
                count = Numbers.isInteger(number) ? Numbers.integer(number) : 0;
                if (count < 1 || count > MOST) {
                    throw INVALID_COUNT;
                }
            } else if (arguments.is(i, "JUSTID")) {
                justId = true;
            } else {
                throw CommandException.SYNTAX;
            }
        }
        StreamValue stream = call.writeStream(key);
        Group group = group(stream, arguments.get(2));
        if (group == null) {
            throw noGroup(key, arguments.get(2), "");
        }
        Consumer consumer = Delivery.consumer(call, key, group, arguments.get(3));
        Delivery delivery = new Delivery(call, key, stream, group, consumer);
        claim(call, stream, group, consumer, delivery, start, minIdle, count, justId);
    }

    private static void claim(Call call, StreamValue stream, Group group, Consumer consumer, Delivery delivery,
            StreamId start, long minIdle, long count, boolean justId) {
        List<PendingEntry> candidates = new ArrayList<>();
        long attempts = count * ATTEMPTS;
        group.visitPending(start, entry -> {
            candidates.add(entry);
            return candidates.size() <= attempts;
        });
        List<StreamId> deleted = new ArrayList<>();
        List<PendingEntry> claimed = new ArrayList<>();
        int at = 0;
        for (; at < candidates.size() && at < attempts && claimed.size() + deleted.size() < count; at++) {
            PendingEntry entry = candidates.get(at);
            if (!exists(stream, entry.id())) {
                delivery.claimed(entry.id(), entry.delivered(), entry.deliveries());
                group.acknowledge(entry.id());
                deleted.add(entry.id());
            } else if (minIdle == 0 || call.now() - entry.delivered() >= minIdle) {
                claimed.add(entry);
            }
        }
        Reply reply = call.reply();
        reply.array(3);
        id(reply, at < candidates.size() ? candidates.get(at).id() : StreamId.MIN);
        reply.array(claimed.size());
        for (PendingEntry entry : claimed) {
            long deliveries = entry.deliveries() + (justId ? 0 : 1);
            group.deliver(entry.id(), consumer, call.now(), deliveries);
            delivery.claimed(entry.id(), call.now(), deliveries);
            if (justId) {
                id(reply, entry.id());
            } else {
                entry(reply, stream, entry.id());
            }
        }
        reply.array(deleted.size());
        deleted.forEach(each -> id(reply, each));
        if (!claimed.isEmpty()) {
            group.store(consumer.active(call.now()));
        }
        if (claimed.size() + deleted.size() > 0) {
            call.propagate();
            call.countChanges(claimed.size() + deleted.size());
        }
    }
}
