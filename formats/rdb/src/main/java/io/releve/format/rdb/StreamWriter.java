package io.releve.format.rdb;

import io.releve.bytes.Bytes;
import io.releve.format.stream.Consumer;
import io.releve.format.stream.Fields;
import io.releve.format.stream.Group;
import io.releve.format.stream.Groups;
import io.releve.format.stream.StreamId;
import io.releve.format.stream.StreamState;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.StreamValue;
import java.util.List;

/**
 * Writes a stream: number of nodes; for each a string with its id (16 bytes, big-endian) and a listpack; number of
 * entries; last id; id of the first entry; greatest deleted id; number of entries ever added; number of groups; for
 * each its name, last id, number of entries read, number of pending entries; for each of these id, time i64 and number
 * of deliveries; number of consumers; for each its name, when it was seen and (version 11) active i64, number of
 * pending entries, and their ids.
 *
 * <p>The listpack of a node: number of entries, of deleted ones, of fields of the first entry, these fields, 0; for
 * each entry flags, difference of both parts of the id to the node's, unless its fields are those of the first entry
 * their number, fields and values or else values alone, and the number of these elements.
 */
final class StreamWriter {
    /** Flag of an entry that was deleted. */
    static final int DELETED = 1;
    /** Flag of an entry with the fields of the node's first entry. */
    static final int SAME_FIELDS = 2;

    /** More bytes do not belong into a node even without a limit. */
    private static final int MOST_BYTES = 1 << 20;
    /** More entries neither. */
    private static final int MOST_ENTRIES = 10_000;

    private final RdbOutput output;
    private final int mostBytes;
    private final int mostEntries;
    private final boolean activeTimes;
    private final ListpackWriter node = new ListpackWriter();
    private final ListpackWriter entries = new ListpackWriter();
    private final Bytes word = new Bytes();
    private final Bytes other = new Bytes();
    private long nodes;
    private int nodeBytes;
    private int nodeEntries;
    private StreamId first = StreamId.MIN;
    private StreamId master;
    /** The body of the node's first entry. */
    private Bytes masterBody;
    /** Number of entries in {@link #entries}. */
    private int written;

    StreamWriter(RdbOutput output, EncodingLimits limits, boolean activeTimes) {
        this.output = output;
        this.activeTimes = activeTimes;
        mostBytes = Math.min(limits.streamBytes(), MOST_BYTES);
        mostEntries = Math.min(limits.streamEntries(), MOST_ENTRIES);
    }

    /** Number of elements that an entry says it has. */
    static long elements(long fields, boolean same) {
        return same ? 3 + fields : 4 + 2 * fields;
    }

    void write(StreamValue stream) {
        stream.visit(0, 0, true, (milliseconds, sequence, body) -> {
            fits(body);
            return true;
        });
        output.writeLength(nodes);
        nodes = 0;
        stream.visit(0, 0, true, (milliseconds, sequence, body) -> {
            if (!fits(body)) {
                writeNode();
                begin(new StreamId(milliseconds, sequence), body);
            }
            add(milliseconds, sequence, body);
            return true;
        });
        writeNode();
        StreamState state = StreamState.of(stream);
        output.writeLength(stream.length());
        writeId(state.last());
        writeId(first);
        writeId(state.maxDeleted());
        output.writeLength(state.added());
        List<Group> groups = new Groups(stream).all();
        output.writeLength(groups.size());
        groups.forEach(this::writeGroup);
    }

    private void writeId(StreamId id) {
        output.writeLength(id.milliseconds());
        output.writeLength(id.sequence());
    }

    private void writeWholeId(StreamId id) {
        output.writeBigEndian(id.milliseconds());
        output.writeBigEndian(id.sequence());
    }

    /** Takes an entry into account; @return whether it still belongs into the same node */
    private boolean fits(Bytes body) {
        boolean fits = nodes > 0 && nodeEntries < mostEntries && nodeBytes + (long) body.length() < mostBytes;
        if (!fits) {
            nodes++;
            nodeEntries = 0;
            nodeBytes = 0;
        }
        nodeEntries++;
        nodeBytes += body.length();
        return fits;
    }

    private void begin(StreamId id, Bytes body) {
        master = id;
        masterBody = body.copy();
        if (nodes == 1) {
            first = id;
        }
    }

    private void writeNode() {
        if (master == null) {
            return;
        }
        output.writeLength(StreamId.LENGTH);
        writeWholeId(master);
        int count = Fields.count(masterBody) / 2;
        node.clear().add(written).add(0).add(count);
        for (int at = 0; at < masterBody.length(); ) {
            at = Fields.next(masterBody, at, word);
            node.add(word);
            at = Fields.next(masterBody, at, other);
        }
        node.add(0).addAll(entries).write(output);
        entries.clear();
        written = 0;
    }

    private void add(long milliseconds, long sequence, Bytes body) {
        boolean same = sameFields(body);
        entries.add(same ? SAME_FIELDS : 0);
        entries.add(milliseconds - master.milliseconds());
        entries.add(sequence - master.sequence());
        int count = Fields.count(body) / 2;
        if (!same) {
            entries.add(count);
        }
        for (int at = 0; at < body.length(); ) {
            at = Fields.next(body, at, word);
            if (!same) {
                entries.add(word);
            }
            at = Fields.next(body, at, word);
            entries.add(word);
        }
        entries.add(elements(count, same));
        written++;
    }

    private boolean sameFields(Bytes body) {
        int at = 0;
        int masterAt = 0;
        while (at < body.length() && masterAt < masterBody.length()) {
            at = Fields.next(body, at, word);
            masterAt = Fields.next(masterBody, masterAt, other);
            if (!word.equals(other)) {
                return false;
            }
            at = Fields.next(body, at, word);
            masterAt = Fields.next(masterBody, masterAt, other);
        }
        return at == body.length() && masterAt == masterBody.length();
    }

    private void writeGroup(Group group) {
        output.writeString(group.name());
        writeId(group.last());
        output.writeLength(group.entriesRead());
        output.writeLength(group.pending());
        group.visitPending(StreamId.MIN, entry -> {
            writeWholeId(entry.id());
            output.writeLong(entry.delivered());
            output.writeLength(entry.deliveries());
            return true;
        });
        List<Consumer> consumers = group.allConsumers();
        output.writeLength(consumers.size());
        for (Consumer consumer : consumers) {
            output.writeString(consumer.name());
            output.writeLong(consumer.seen());
            if (activeTimes) {
                output.writeLong(consumer.active());
            }
            output.writeLength(consumer.pending());
            group.visitPending(consumer, StreamId.MIN, entry -> {
                writeWholeId(entry.id());
                return true;
            });
        }
    }
}
