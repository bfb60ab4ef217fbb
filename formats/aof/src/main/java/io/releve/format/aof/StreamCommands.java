package io.releve.format.aof;

import io.releve.bytes.Bytes;
import io.releve.format.stream.Consumer;
import io.releve.format.stream.Fields;
import io.releve.format.stream.Group;
import io.releve.format.stream.Groups;
import io.releve.format.stream.PendingEntry;
import io.releve.format.stream.StreamId;
import io.releve.format.stream.StreamState;
import io.releve.keyspace.StreamValue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

/**
 * Writes a stream as commands: XADD for each entry, XSETID for what it remembers, XGROUP CREATE, XGROUP CREATECONSUMER
 * and XCLAIM for each pending entry.
 *
 * <p>An entry may be pending though it was deleted, and XCLAIM takes only what is there. Where that is so, such entries
 * are added and deleted again when they have been claimed: those at the front by XTRIM, as XDEL would leave its mark.
 */
final class StreamCommands {
    private static final int MOST_DELETED = 64;
    private static final int BATCH = 256;

    private final CommandBuffer out;
    private final Bytes key;
    private final StreamValue stream;
    private final StreamState state;
    private final List<Group> groups;
    private final Bytes word = new Bytes();
    /** Pending entries that were deleted. */
    private final TreeSet<StreamId> deleted = new TreeSet<>();
    private StreamId first;
    private boolean found;

    StreamCommands(CommandBuffer out, Bytes key, StreamValue stream) {
        this.out = out;
        this.key = key;
        this.stream = stream;
        state = StreamState.of(stream);
        groups = new Groups(stream).all();
    }

    void write() {
        groups.forEach(this::findDeleted);
        writeEntries();
        if (deleted.isEmpty()) {
            writeState();
        }
        groups.forEach(this::writeGroup);
        if (!deleted.isEmpty()) {
            deleteAgain();
            writeState();
        }
    }

    private void findDeleted(Group group) {
        List<StreamId> batch = new ArrayList<>();
        StreamId next = StreamId.MIN;
        while (next != null) {
            batch.clear();
            group.visitPending(next, entry -> {
                batch.add(entry.id());
                return batch.size() < BATCH;
            });
            for (StreamId id : batch) {
                // What cannot have been added cannot be added.
                if (!isThere(id) && id.compareTo(StreamId.MIN) > 0 && id.compareTo(state.last()) <= 0) {
                    deleted.add(id);
                }
            }
            next = batch.size() == BATCH ? batch.get(BATCH - 1).next() : null;
        }
    }

    private boolean isThere(StreamId id) {
        found = false;
        stream.visit(id.milliseconds(), id.sequence(), true, (milliseconds, sequence, body) -> {
            found = milliseconds == id.milliseconds() && sequence == id.sequence();
            return false;
        });
        return found;
    }

    private CommandBuffer begin(String command, int arguments) {
        return out.begin(2 + arguments).argument(command).argument(key);
    }

    private void writeEntries() {
        Iterator<StreamId> gone = deleted.iterator();
        StreamId[] next = {gone.hasNext() ? gone.next() : null};
        stream.visit(0, 0, true, (milliseconds, sequence, body) -> {
            StreamId id = new StreamId(milliseconds, sequence);
            first = first == null ? id : first;
            while (next[0] != null && next[0].compareTo(id) < 0) {
                addDeleted(next[0]);
                next[0] = gone.hasNext() ? gone.next() : null;
            }
            int words = Fields.count(body);
            begin("XADD", 1 + words).argument(id.toString());
            for (int at = 0; at < body.length(); ) {
                at = Fields.next(body, at, word);
                out.argument(word);
            }
            return true;
        });
        while (next[0] != null) {
            addDeleted(next[0]);
            next[0] = gone.hasNext() ? gone.next() : null;
        }
        if (first == null && deleted.isEmpty()) {
            StreamId id = state.last().equals(StreamId.MIN) ? StreamId.MIN.next() : state.last();
            begin("XADD", 5).argument("MAXLEN").argument(0).argument(id.toString()).argument("x").argument("y");
        }
    }

    private void addDeleted(StreamId id) {
        begin("XADD", 3).argument(id.toString()).argument("x").argument("y");
    }

    private void deleteAgain() {
        if (first == null) {
            begin("XTRIM", 2).argument("MAXLEN").argument(0);
            return;
        }
        if (deleted.first().compareTo(first) < 0) {
            begin("XTRIM", 2).argument("MINID").argument(first.toString());
        }
        List<StreamId> batch = new ArrayList<>();
        for (StreamId id : deleted.tailSet(first)) {
            batch.add(id);
            if (batch.size() == MOST_DELETED) {
                delete(batch);
            }
        }
        delete(batch);
    }

    private void delete(List<StreamId> batch) {
        if (!batch.isEmpty()) {
            begin("XDEL", batch.size());
            batch.forEach(id -> out.argument(id.toString()));
            batch.clear();
        }
    }

    private void writeState() {
        begin("XSETID", 5).argument(state.last().toString()).argument("ENTRIESADDED").argument(state.added())
                .argument("MAXDELETEDID").argument(state.maxDeleted().toString());
    }

    private void writeGroup(Group group) {
        out.begin(7).argument("XGROUP").argument("CREATE").argument(key).argument(group.name())
                .argument(group.last().toString()).argument("ENTRIESREAD").argument(group.entriesRead());
        for (Consumer consumer : group.allConsumers()) {
            out.begin(5).argument("XGROUP").argument("CREATECONSUMER").argument(key).argument(group.name())
                    .argument(consumer.name());
            group.visitPending(consumer, StreamId.MIN, entry -> {
                claim(group, consumer, entry);
                return true;
            });
        }
    }

    private void claim(Group group, Consumer consumer, PendingEntry entry) {
        begin("XCLAIM", 10).argument(group.name()).argument(consumer.name()).argument(0)
                .argument(entry.id().toString()).argument("TIME").argument(entry.delivered())
                .argument("RETRYCOUNT").argument(entry.deliveries()).argument("JUSTID").argument("FORCE");
    }
}
