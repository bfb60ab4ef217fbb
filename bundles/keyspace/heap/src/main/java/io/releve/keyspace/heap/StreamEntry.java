package io.releve.keyspace.heap;

import io.releve.bytes.Bytes;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.StreamValue;
import java.util.Map;
import java.util.TreeMap;

/** A stream: nodes of entries by the id of their first entry when they were made, and records by name. */
final class StreamEntry extends Entry implements StreamValue {
    private static final int ENTRY_OVERHEAD = 20;
    private static final int NODE_OVERHEAD = 200;
    private static final int RECORD_OVERHEAD = 64;

    private final Bytes visited = new Bytes();
    private final Bytes visitedName = new Bytes();
    private final TreeMap<StreamId, StreamNode> nodes = new TreeMap<>();
    private final TreeMap<Bytes, byte[]> records = new TreeMap<>();
    /** The record with the empty name, or null. */
    private byte[] unnamed;
    private long length;
    private long memory;

    StreamEntry(HeapDatabase database) {
        super(database);
    }

    @Override
    Entry duplicate() {
        StreamEntry copy = new StreamEntry(database);
        nodes.forEach((id, node) -> copy.nodes.put(id, node.duplicate()));
        copy.records.putAll(records);
        copy.unnamed = unnamed;
        copy.length = length;
        copy.memory = memory;
        return copy;
    }

    @Override
    long contentMemory() {
        return memory;
    }

    /** A stream may be empty. */
    @Override
    boolean isVoid() {
        return false;
    }

    private void count(long change) {
        memory += change;
        grow(change);
    }

    private static long entryMemory(byte[] body) {
        return ENTRY_OVERHEAD + memory(body);
    }

    @Override
    public String encoding() {
        return "stream";
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void add(long milliseconds, long sequence, Bytes body) {
        beforeChange();
        byte[] kept = kept(body);
        EncodingLimits limits = database.limits();
        StreamNode node = nodes.isEmpty() ? null : nodes.lastEntry().getValue();
        if (node == null || node.added >= limits.streamEntries()
                || node.bytes + kept.length >= limits.streamBytes()) {
            node = new StreamNode();
            nodes.put(new StreamId(milliseconds, sequence), node);
            count(NODE_OVERHEAD);
        }
        node.add(milliseconds, sequence, kept);
        length++;
        count(entryMemory(kept));
    }

    @Override
    public boolean remove(long milliseconds, long sequence) {
        beforeChange();
        Map.Entry<StreamId, StreamNode> found = nodes.floorEntry(new StreamId(milliseconds, sequence));
        if (found == null) {
            return false;
        }
        StreamNode node = found.getValue();
        int at = node.seek(milliseconds, sequence);
        if (!node.has(at, milliseconds, sequence)) {
            return false;
        }
        remove(found.getKey(), node, at, 1);
        return true;
    }

    private void remove(StreamId id, StreamNode node, int at, int count) {
        long freed = 0;
        for (int i = at; i < at + count; i++) {
            freed += entryMemory(node.bodies[i]);
        }
        length -= count;
        if (count == node.size) {
            nodes.remove(id);
            freed += NODE_OVERHEAD;
        } else {
            node.remove(at, count);
        }
        count(-freed);
    }

    @Override
    public void removeFirst(long count) {
        beforeChange();
        for (long left = count; left > 0 && !nodes.isEmpty(); ) {
            Map.Entry<StreamId, StreamNode> first = nodes.firstEntry();
            int part = (int) Math.min(left, first.getValue().size);
            remove(first.getKey(), first.getValue(), 0, part);
            left -= part;
        }
    }

    @Override
    public long firstNode() {
        return nodes.isEmpty() ? 0 : nodes.firstEntry().getValue().size;
    }

    @Override
    public void visit(long milliseconds, long sequence, boolean forward, EntryVisitor visitor) {
        StreamId id = new StreamId(milliseconds, sequence);
        Map.Entry<StreamId, StreamNode> found = nodes.floorEntry(id);
        if (found == null) {
            if (!forward || nodes.isEmpty()) {
                return;
            }
            found = nodes.firstEntry();
        }
        StreamNode node = found.getValue();
        int at = node.seek(milliseconds, sequence);
        if (!forward && !node.has(at, milliseconds, sequence)) {
            at--;
        }
        while (true) {
            if (at < 0 || at >= node.size) {
                found = forward ? nodes.higherEntry(found.getKey()) : nodes.lowerEntry(found.getKey());
                if (found == null) {
                    return;
                }
                node = found.getValue();
                at = forward ? 0 : node.size - 1;
            }
            byte[] body = node.bodies[at];
            if (!visitor.entry(node.milliseconds[at], node.sequences[at], visited.set(body, 0, body.length))) {
                return;
            }
            at += forward ? 1 : -1;
        }
    }

    @Override
    public boolean getRecord(Bytes name, Bytes target) {
        byte[] content = name.length() == 0 ? unnamed : records.get(name);
        if (content != null) {
            target.set(content, 0, content.length);
        }
        return content != null;
    }

    @Override
    public void putRecord(Bytes name, Bytes content) {
        beforeChange();
        byte[] kept = content == null ? null : kept(content);
        byte[] old;
        if (name.length() == 0) {
            old = unnamed;
            unnamed = kept;
        } else if (kept == null) {
            old = records.remove(name);
        } else {
            old = records.replace(name, kept);
            if (old == null) {
                records.put(name.copy(), kept);
            }
        }
        count((kept == null ? 0 : recordMemory(name, kept)) - (old == null ? 0 : recordMemory(name, old)));
    }

    private static long recordMemory(Bytes name, byte[] content) {
        return RECORD_OVERHEAD + name.length() + memory(content);
    }

    @Override
    public void visitRecords(Bytes from, RecordVisitor visitor) {
        if (from.length() == 0 && unnamed != null
                && !visitor.record(visitedName.set(unnamed, 0, 0), visited.set(unnamed, 0, unnamed.length))) {
            return;
        }
        for (Map.Entry<Bytes, byte[]> record : records.tailMap(from, true).entrySet()) {
            byte[] name = record.getKey().array();
            byte[] content = record.getValue();
            if (!visitor.record(visitedName.set(name, 0, name.length), visited.set(content, 0, content.length))) {
                return;
            }
        }
    }
}
