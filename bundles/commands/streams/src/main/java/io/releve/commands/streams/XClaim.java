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

/** XCLAIM (redis.io/commands/xclaim). */
final class XClaim extends StreamCommand {
    private static final int FIRST_ID = 5;

    XClaim() {
        super(facts("XCLAIM", -6, CommandFlag.WRITE, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RW, Flag.UPDATE))
                .complexity("O(log N) for N pending entries.")
                .summary("Gives pending entries to a consumer.")
                .syntax("key group consumer min-idle-time id [id ...] [IDLE ms:integer]"
                        + " [TIME unix-time-milliseconds:unix-time] [RETRYCOUNT count:integer] [FORCE] [JUSTID] [LASTID id]")
                .tips("nondeterministic_output"));
    }

    /** What the request says after the ids. */
    private static final class Options {
        /** When the entries count as delivered, ms since the epoch. */
        long time = -1;
        long deliveries = -1;
        boolean force;
        boolean justId;
        StreamId last;

        Options(Call call, int from) {
            Arguments arguments = call.arguments();
            for (int i = from; i < arguments.size(); i++) {
                boolean more = i + 1 < arguments.size();
                if (arguments.is(i, "FORCE")) {
                    force = true;
                } else if (arguments.is(i, "JUSTID")) {
                    justId = true;
                } else if (arguments.is(i, "IDLE") && more) {
                    time = call.now() - number(arguments.get(++i), "Invalid IDLE option argument for XCLAIM");
                } else if (arguments.is(i, "TIME") && more) {
                    time = number(arguments.get(++i), "Invalid TIME option argument for XCLAIM");
                } else if (arguments.is(i, "RETRYCOUNT") && more) {
                    deliveries = number(arguments.get(++i), "Invalid RETRYCOUNT option argument for XCLAIM");
                } else if (arguments.is(i, "LASTID") && more) {
                    last = Ids.exact(arguments.get(++i));
                } else {
                    throw new CommandException("ERR Unrecognized XCLAIM option '" + arguments.get(i).latin1() + "'");
                }
            }
            if (time < 0 || time > call.now()) {
                time = call.now();
            }
        }
    }

    private static long number(Bytes text, String error) {
        if (!Numbers.isInteger(text)) {
            throw new CommandException("ERR " + error);
        }
        return Numbers.integer(text);
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Bytes key = arguments.get(1);
        StreamValue stream = call.writeStream(key);
        Group group = group(stream, arguments.get(2));
        if (group == null) {
            throw noGroup(key, arguments.get(2), "");
        }
        long minIdle = Math.max(0, number(arguments.get(4), "Invalid min-idle-time argument for XCLAIM"));
        int afterIds = FIRST_ID;
        while (afterIds < arguments.size() && Ids.parse(arguments.get(afterIds), 0) != null) {
            afterIds++;
        }
        Options options = new Options(call, afterIds);
        boolean moved = options.last != null && options.last.compareTo(group.last()) > 0;
        if (moved) {
            group.last(options.last).store();
        }
        Consumer consumer = Delivery.consumer(call, key, group, arguments.get(3));
        Delivery delivery = new Delivery(call, key, stream, group, consumer);
        Reply reply = call.reply();
        int mark = reply.openArray();
        int claimed = 0;
        for (int i = FIRST_ID; i < afterIds; i++) {
            StreamId id = Ids.parse(arguments.get(i), 0);
            if (claim(call, stream, group, consumer, delivery, id, minIdle, options)) {
                claimed++;
                moved = false;
            }
        }
        reply.closeArray(mark, claimed);
        if (claimed > 0) {
            group.store(consumer.active(call.now()));
        }
        if (moved) {
            call.effect("XGROUP", "SETID", key, group.name(), group.last(), "ENTRIESREAD", group.entriesRead());
            call.propagate();
        }
    }

    /** @return whether the entry was given to the consumer, and written */
    private static boolean claim(Call call, StreamValue stream, Group group, Consumer consumer, Delivery delivery,
            StreamId id, long minIdle, Options options) {
        PendingEntry entry = group.pending(id);
        if (!exists(stream, id)) {
            if (entry != null) {
                delivery.claimed(id, entry.delivered(), entry.deliveries());
                group.acknowledge(id);
                call.propagate();
                call.countChanges(1);
            }
            return false;
        }
        if (entry == null && !options.force || entry != null && minIdle > 0 && call.now() - entry.delivered() < minIdle) {
            return false;
        }
        long before = entry == null ? 1 : entry.deliveries();
        long deliveries = options.deliveries >= 0 ? options.deliveries : options.justId ? before : before + 1;
        group.deliver(id, consumer, options.time, deliveries);
        if (options.justId) {
            id(call.reply(), id);
        } else {
            entry(call.reply(), stream, id);
        }
        delivery.claimed(id, options.time, deliveries);
        call.propagate();
        call.countChanges(1);
        return true;
    }
}
