package io.releve.commands.streams;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.Reply;
import io.releve.format.stream.Consumer;
import io.releve.format.stream.Group;
import io.releve.format.stream.Groups;
import io.releve.format.stream.PendingEntry;
import io.releve.format.stream.StreamId;
import io.releve.format.stream.StreamState;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.StreamValue;
import java.util.ArrayList;
import java.util.List;

/** XINFO STREAM (redis.io/commands/xinfo-stream). */
final class StreamDescription {
    private static final long DEFAULT_COUNT = 10;

    void run(Call call) {
        Arguments arguments = call.arguments();
        StreamValue stream = XInfo.stream(call);
        boolean full = arguments.size() > 3;
        long count = DEFAULT_COUNT;
        if (full) {
            boolean known = arguments.is(3, "FULL")
                    && (arguments.size() == 4 || arguments.size() == 6 && arguments.is(4, "COUNT"));
            if (!known) {
                throw new CommandException("ERR unknown subcommand or wrong number of arguments for '"
                        + arguments.get(1).latin1() + "'. Try XINFO HELP.");
            }
            if (arguments.size() == 6) {
                long given = arguments.integer(5);
                count = given < 0 ? DEFAULT_COUNT : given == 0 ? Long.MAX_VALUE : given;
            }
        }
        StreamState state = StreamState.of(stream);
        Reply reply = call.reply();
        reply.map(full ? 9 : 10);
        figures(call, reply, stream, state);
        if (full) {
            reply.bulk("entries");
            XRange.write(reply, stream, StreamId.MIN, StreamId.MAX, true, count);
            groups(reply, stream, state, count);
        } else {
            reply.bulk("groups");
            reply.integer(new Groups(stream).all().size());
            end(reply, stream, "first-entry", true);
            end(reply, stream, "last-entry", false);
        }
    }

    private static void figures(Call call, Reply reply, StreamValue stream, StreamState state) {
        reply.bulk("length");
        reply.integer(stream.length());
        // nodes as Redis would need for so many entries
        long perNode = Math.max(1, call.engine().settings().get(EncodingLimits.STREAM_ENTRIES));
        long nodes = (stream.length() + perNode - 1) / perNode;
        reply.bulk("radix-tree-keys");
        reply.integer(nodes);
        reply.bulk("radix-tree-nodes");
        reply.integer(nodes + 1);
        reply.bulk("last-generated-id");
        StreamCommand.id(reply, state.last());
        reply.bulk("max-deleted-entry-id");
        StreamCommand.id(reply, state.maxDeleted());
        reply.bulk("entries-added");
        reply.integer(state.added());
        reply.bulk("recorded-first-entry-id");
        StreamId first = StreamCommand.end(stream, true);
        StreamCommand.id(reply, first == null ? StreamId.MIN : first);
    }

    private static void end(Reply reply, StreamValue stream, String name, boolean first) {
        reply.bulk(name);
        StreamId id = StreamCommand.end(stream, first);
        if (id == null) {
            reply.nil();
        } else {
            StreamCommand.entry(reply, stream, id);
        }
    }

    private static void groups(Reply reply, StreamValue stream, StreamState state, long count) {
        List<Group> groups = new Groups(stream).all();
        reply.bulk("groups");
        reply.array(groups.size());
        for (Group group : groups) {
            reply.map(7);
            reply.bulk("name");
            reply.bulk(group.name());
            XInfo.position(reply, stream, state, group);
            reply.bulk("pel-count");
            reply.integer(group.pending());
            reply.bulk("pending");
            List<PendingEntry> pending = new ArrayList<>();
            group.visitPending(StreamId.MIN, entry -> {
                pending.add(entry);
                return pending.size() < count;
            });
            pending(reply, group, pending, true);
            reply.bulk("consumers");
            List<Consumer> consumers = group.allConsumers();
            reply.array(consumers.size());
            consumers.forEach(consumer -> consumer(reply, group, consumer, count));
        }
    }

    private static void consumer(Reply reply, Group group, Consumer consumer, long count) {
        reply.map(5);
        reply.bulk("name");
        reply.bulk(consumer.name());
        reply.bulk("seen-time");
        reply.integer(consumer.seen());
        reply.bulk("active-time");
        reply.integer(consumer.active());
        reply.bulk("pel-count");
        reply.integer(consumer.pending());
        reply.bulk("pending");
        List<PendingEntry> pending = new ArrayList<>();
        group.visitPending(consumer, StreamId.MIN, entry -> {
            pending.add(entry);
            return pending.size() < count;
        });
        pending(reply, group, pending, false);
    }

    private static void pending(Reply reply, Group group, List<PendingEntry> entries, boolean withConsumer) {
        reply.array(entries.size());
        for (PendingEntry entry : entries) {
            reply.array(withConsumer ? 4 : 3);
            StreamCommand.id(reply, entry.id());
            if (withConsumer) {
                Bytes name = group.consumerName(entry.consumer());
                reply.bulk(name);
            }
            reply.integer(entry.delivered());
            reply.integer(entry.deliveries());
        }
    }
}
