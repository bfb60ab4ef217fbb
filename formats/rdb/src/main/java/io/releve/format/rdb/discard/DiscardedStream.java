package io.releve.format.rdb.discard;

import io.releve.bytes.Bytes;
import io.releve.keyspace.StreamValue;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Counts entries and keeps records: groups, consumers and pending entries are checked with them. */
final class DiscardedStream extends Discarded implements StreamValue {
    private final NavigableMap<Bytes, Bytes> records = new TreeMap<>();
    private long length;

    @Override
    public long length() {
        return length;
    }

    @Override
    public void add(long milliseconds, long sequence, Bytes body) {
        length++;
    }

    @Override
    public boolean getRecord(Bytes name, Bytes target) {
        Bytes content = records.get(name);
        if (content != null) {
            target.set(content.array(), content.offset(), content.length());
        }
        return content != null;
    }

    @Override
    public void putRecord(Bytes name, Bytes content) {
        if (content == null) {
            records.remove(name);
        } else {
            records.put(name.copy(), content.copy());
        }
    }

    @Override
    public void visitRecords(Bytes from, RecordVisitor visitor) {
        for (Map.Entry<Bytes, Bytes> each : records.tailMap(from, true).entrySet()) {
            if (!visitor.record(each.getKey(), each.getValue())) {
                return;
            }
        }
    }

    @Override
    public boolean remove(long milliseconds, long sequence) {
        throw unsupported();
    }

    @Override
    public void visit(long milliseconds, long sequence, boolean forward, EntryVisitor visitor) {
        throw unsupported();
    }
}
