package io.releve.commands.streams;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.KeyEvent;
import io.releve.command.Reply;
import io.releve.format.stream.Consumer;
import io.releve.format.stream.Group;
import io.releve.format.stream.PendingEntry;
import io.releve.format.stream.StreamId;
import io.releve.format.stream.StreamState;
import io.releve.keyspace.StreamValue;
import java.util.ArrayList;
import java.util.List;

/** Hands entries of a stream to a consumer of a group. */
final class Delivery {
    private final Call call;
    private final Bytes key;
    private final StreamValue stream;
    private final Group group;
    private final Consumer consumer;

    Delivery(Call call, Bytes key, StreamValue stream, Group group, Consumer consumer) {
        this.call = call;
        this.key = key;
        this.stream = stream;
        this.group = group;
        this.consumer = consumer;
    }

    /** The consumer of this name, made if it is not there. It has been seen now. */
    static Consumer consumer(Call call, Bytes key, Group group, Bytes name) {
        Consumer consumer = group.consumer(name);
        if (consumer == null) {
            consumer = group.createConsumer(name, call.now(), -1);
            call.changed(key, KeyEvent.STREAM, "xgroup-createconsumer");
            call.effect("XGROUP", "CREATECONSUMER", key, group.name(), name);
        } else {
            group.store(consumer.seen(call.now()));
        }
        return consumer;
    }

    /** Writes the entries after the one delivered last, which are pending from now on unless {@code acknowledged}. */
    void fresh(long count, boolean acknowledged) {
        StreamState state = StreamState.of(stream);
        List<StreamId> ids = new ArrayList<>();
        Reply reply = call.reply();
        int mark = reply.openArray();
        StreamId from = group.last().next();
        if (from != null) {
            stream.visit(from.milliseconds(), from.sequence(), true, (milliseconds, sequence, body) -> {
                StreamId id = new StreamId(milliseconds, sequence);
                StreamCommand.entry(reply, id, body);
                ids.add(id);
                return ids.size() < count;
            });
        }
        reply.closeArray(mark, ids.size());
        for (StreamId id : ids) {
            History.deliver(stream, state, group, id);
            if (!acknowledged) {
                group.deliver(id, consumer, call.now(), 1);
                claimed(id, call.now(), 1);
            }
        }
        if (!ids.isEmpty()) {
            group.store();
            group.store(consumer.active(call.now()));
            call.changed(key, KeyEvent.STREAM, "xreadgroup");
            if (acknowledged) {
                call.effect("XGROUP", "SETID", key, group.name(), group.last(), "ENTRIESREAD", group.entriesRead());
            }
        }
    }

    /** Writes the consumer's pending entries after an id that is not the greatest; those that were deleted without a body. */
    void history(StreamId after, long count) {
        List<PendingEntry> entries = new ArrayList<>();
        group.visitPending(consumer, after.next(), entry -> {
            entries.add(entry);
            return entries.size() < count;
        });
        Reply reply = call.reply();
        reply.array(entries.size());
        for (PendingEntry entry : entries) {
            if (StreamCommand.entry(reply, stream, entry.id())) {
                group.deliver(entry.id(), consumer, call.now(), entry.deliveries() + 1);
            } else {
                reply.array(2);
                StreamCommand.id(reply, entry.id());
                reply.nilArray();
            }
        }
    }

    /** Says to the log who has an entry now. */
    void claimed(StreamId id, long time, long deliveries) {
        call.effect("XCLAIM", key, group.name(), consumer.name(), 0, id, "TIME", time, "RETRYCOUNT", deliveries, "FORCE",
                "JUSTID", "LASTID", group.last());
    }
}
