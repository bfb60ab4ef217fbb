package io.releve.format.stream;

import io.releve.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * A consumer group as it stands in a stream's records. The figures are those of the moment it was found; changes go to the
 * records at once, except those of {@link #last} and {@link #entriesRead}, which {@link #store} writes.
 */
public final class Group {
    private static final int BATCH = 64;

    final int number;
    private final Groups groups;
    private final Bytes name;
    private final Record record = new Record();
    private final Record key = new Record();
    private StreamId last;
    private long entriesRead;
    private long pending;
    private int consumers;
    private int nextConsumer;

    /** Receives pending entries. */
    @FunctionalInterface
    public interface PendingVisitor {
        /** Returns whether to go on. */
        boolean pending(PendingEntry entry);
    }

    Group(Groups groups, Bytes name, int number, StreamId last, long entriesRead) {
        this.groups = groups;
        this.name = name;
        this.number = number;
        this.last = last;
        this.entriesRead = entriesRead;
    }

    Group(Groups groups, Bytes content) {
        this.groups = groups;
        record.read(content);
        number = record.getInt();
        last = StreamId.read(record);
        entriesRead = record.getLong();
        pending = record.getLong();
        consumers = record.getInt();
        nextConsumer = record.getInt();
        name = record.getRest();
    }

    public Bytes name() {
        return name;
    }

    /** The id delivered last. */
    public StreamId last() {
        return last;
    }

    public Group last(StreamId id) {
        last = id;
        return this;
    }

    /** Number of entries up to {@link #last}, or -1 when that is not known. */
    public long entriesRead() {
        return entriesRead;
    }

    public Group entriesRead(long count) {
        entriesRead = count;
        return this;
    }

    /** Number of entries delivered and not acknowledged. */
    public long pending() {
        return pending;
    }

    /** Number of consumers. */
    public int consumers() {
        return consumers;
    }

    /** Writes the figures down. */
    public void store() {
        record.clear().putInt(number);
        last.write(record);
        record.putLong(entriesRead).putLong(pending).putInt(consumers).putInt(nextConsumer).putBytes(name);
        groups.stream.putRecord(key.clear().putByte('g').putName(name).view(), record.view());
    }

    /** The consumer of this name, or null. */
    public Consumer consumer(Bytes consumerName) {
        Bytes content = new Bytes();
        return groups.stream.getRecord(key.clear().putByte('c').putInt(number).putName(consumerName).view(), content)
                ? new Consumer(content) : null;
    }

    /** The name of the consumer that {@link PendingEntry#consumer} tells. */
    public Bytes consumerName(int consumer) {
        Bytes content = new Bytes();
        if (!groups.stream.getRecord(nameKey(consumer), content)) {
            throw new IllegalStateException("no consumer " + consumer);
        }
        return content.copy();
    }

    private Bytes nameKey(int consumer) {
        return key.clear().putByte('n').putInt(number).putInt(consumer).view();
    }

    /** Makes a consumer that is not there. */
    public Consumer createConsumer(Bytes consumerName, long seen, long active) {
        Consumer consumer = new Consumer(nextConsumer++, consumerName.copy(), seen, active);
        consumers++;
        store();
        store(consumer);
        groups.stream.putRecord(nameKey(consumer.number), consumer.name());
        return consumer;
    }

    /** Writes down when a consumer was seen. */
    public void store(Consumer consumer) {
        consumer.write(record.clear());
        groups.stream.putRecord(key.clear().putByte('c').putInt(number).putName(consumer.name()).view(), record.view());
    }

    /** Removes a consumer with its pending entries. */
    public void removeConsumer(Consumer consumer) {
        List<StreamId> ids = new ArrayList<>();
        visitPending(consumer, StreamId.MIN, entry -> ids.add(entry.id()));
        ids.forEach(id -> groups.stream.putRecord(pendingKey(id), null));
        groups.removeAll(new Record().putByte('q').putInt(number).putInt(consumer.number));
        groups.stream.putRecord(nameKey(consumer.number), null);
        groups.stream.putRecord(key.clear().putByte('c').putInt(number).putName(consumer.name()).view(), null);
        consumers--;
        pending -= ids.size();
        store();
    }

    /** All consumers, by name. */
    public List<Consumer> allConsumers() {
        List<Consumer> all = new ArrayList<>();
        Record prefix = new Record().putByte('c').putInt(number);
        groups.stream.visitRecords(prefix.view(), (recordName, content) -> {
            if (!prefix.begins(recordName)) {
                return false;
            }
            all.add(new Consumer(content));
            return true;
        });
        return all;
    }

    private Bytes pendingKey(StreamId id) {
        id.write(key.clear().putByte('p').putInt(number));
        return key.view();
    }

    private Bytes ownKey(int consumer, StreamId id) {
        id.write(key.clear().putByte('q').putInt(number).putInt(consumer));
        return key.view();
    }

    /** The pending entry of this id, or null. */
    public PendingEntry pending(StreamId id) {
        Bytes content = new Bytes();
        return groups.stream.getRecord(pendingKey(id), content) ? PendingEntry.read(id, record.read(content)) : null;
    }

    /** Makes an entry pending for a consumer, whoever had it before. {@code consumer}'s count of pending entries follows. */
    public void deliver(StreamId id, Consumer consumer, long time, long deliveries) {
        PendingEntry before = pending(id);
        if (before == null || before.consumer() != consumer.number) {
            if (before == null) {
                pending++;
                store();
            } else {
                release(before);
            }
            consumer.pending++;
            store(consumer);
            groups.stream.putRecord(ownKey(consumer.number, id), new Bytes());
        }
        new PendingEntry(id, consumer.number, time, deliveries).write(record.clear());
        groups.stream.putRecord(pendingKey(id), record.view());
    }

    /** Takes a pending entry from its consumer. */
    private void release(PendingEntry entry) {
        Consumer owner = consumer(consumerName(entry.consumer()));
        owner.pending--;
        store(owner);
        groups.stream.putRecord(ownKey(entry.consumer(), entry.id()), null);
    }

    /** Ends an entry's being pending; @return whether it was */
    public boolean acknowledge(StreamId id) {
        PendingEntry entry = pending(id);
        if (entry == null) {
            return false;
        }
        release(entry);
        groups.stream.putRecord(pendingKey(id), null);
        pending--;
        store();
        return true;
    }

    /** Walks the pending entries from an id on, inclusive. The visitor must not change the stream. */
    public void visitPending(StreamId from, PendingVisitor visitor) {
        Record prefix = new Record().putByte('p').putInt(number);
        Record content = new Record();
        groups.stream.visitRecords(pendingKey(from), (recordName, bytes) -> {
            if (!prefix.begins(recordName)) {
                return false;
            }
            StreamId id = StreamId.read(content.read(recordName).skip(1 + Integer.BYTES));
            return visitor.pending(PendingEntry.read(id, content.read(bytes)));
        });
    }

    /** The smallest id that is pending and not before {@code from}, or null. */
    public StreamId firstPending(StreamId from) {
        StreamId[] found = new StreamId[1];
        visitPending(from, entry -> {
            found[0] = entry.id();
            return false;
        });
        return found[0];
    }

    /** The greatest id that is pending, or null. Found by bisection: records are walked forwards only. */
    public StreamId lastPending() {
        StreamId last = firstPending(StreamId.MIN);
        if (last == null) {
            return null;
        }
        for (long end = -1; last.milliseconds() != end;) {
            long middle = last.milliseconds() + (end - last.milliseconds() >>> 1) + 1;
            StreamId after = firstPending(new StreamId(middle, 0));
            if (after == null) {
                end = middle - 1;
            } else {
                last = after;
            }
        }
        for (long end = -1; last.sequence() != end;) {
            long middle = last.sequence() + (end - last.sequence() >>> 1) + 1;
            StreamId after = firstPending(new StreamId(last.milliseconds(), middle));
            if (after == null) {
                end = middle - 1;
            } else {
                last = after;
            }
        }
        return last;
    }

    /** Walks the pending entries of one consumer likewise. */
    public void visitPending(Consumer consumer, StreamId from, PendingVisitor visitor) {
        Record prefix = new Record().putByte('q').putInt(number).putInt(consumer.number);
        Record content = new Record();
        List<StreamId> batch = new ArrayList<>();
        StreamId next = from;
        while (next != null) {
            batch.clear();
            groups.stream.visitRecords(ownKey(consumer.number, next), (recordName, bytes) -> {
                if (!prefix.begins(recordName)) {
                    return false;
                }
                batch.add(StreamId.read(content.read(recordName).skip(1 + 2 * Integer.BYTES)));
                return batch.size() < BATCH;
            });
            for (StreamId id : batch) {
                if (!visitor.pending(pending(id))) {
                    return;
                }
            }
            next = batch.size() == BATCH ? batch.get(BATCH - 1).next() : null;
        }
    }
}
