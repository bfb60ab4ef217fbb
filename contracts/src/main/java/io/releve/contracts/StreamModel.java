package io.releve.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.StreamValue;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import java.util.Iterator;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

final class StreamModel extends ValueModel {
    private final TreeMap<Id, Bytes> entries = new TreeMap<>();
    private final TreeMap<Bytes, Bytes> records = new TreeMap<>();
    private Id last = new Id(0, 0);

    private record Id(long ms, long sequence) implements Comparable<Id> {
        @Override
        public int compareTo(Id other) {
            int order = Long.compareUnsigned(ms, other.ms);
            return order != 0 ? order : Long.compareUnsigned(sequence, other.sequence);
        }
    }

    StreamModel(EncodingLimits limits, int pool) {
        super(Type.STREAM, limits, pool);
    }

    @Override
    ValueModel duplicate() {
        StreamModel copy = new StreamModel(limits, pool);
        copy.entries.putAll(entries);
        copy.records.putAll(records);
        copy.last = last;
        return copy;
    }

    @Override
    long size() {
        return Math.max(1, entries.size());
    }

    @Override
    void add(Random random, Value value) {
        last = switch (random.nextInt(5)) {
            case 0 -> new Id(last.ms + 1 + random.nextInt(1000), 0);
            case 1 -> new Id(last.ms + 1, -1000L + random.nextInt(500));
            default -> new Id(last.ms, last.sequence + 1);
        };
        Bytes body = content(random);
        ((StreamValue) value).add(last.ms, last.sequence, body);
        entries.put(last, body.copy());
    }

    @Override
    void change(Random random, Value value) {
        StreamValue stream = (StreamValue) value;
        int what = random.nextInt(20);
        if (what < 10) {
            add(random, value);
        } else if (what < 13) {
            Id near = new Id(Math.floorMod(random.nextLong(), last.ms + 1), random.nextInt(5));
            Id id = entries.floorKey(near);
            if (id == null || random.nextInt(4) == 0) {
                id = near;
            }
            assertEquals(entries.remove(id) != null, stream.remove(id.ms, id.sequence));
        } else if (what < 15) {
            long count = random.nextInt(3) == 0 ? stream.firstNode() : random.nextInt(3);
            stream.removeFirst(count);
            for (long i = 0; i < count && !entries.isEmpty(); i++) {
                entries.pollFirstEntry();
            }
        } else {
            Bytes name = random.nextInt(4) == 0 ? new Bytes() : element(random.nextInt(pool));
            if (random.nextInt(3) == 0) {
                stream.putRecord(name, null);
                records.remove(name);
            } else {
                Bytes content = content(random);
                stream.putRecord(name, content);
                records.put(name.copy(), content.copy());
            }
        }
        assertEquals(entries.size(), stream.length());
    }

    @Override
    void removeAt(double position, Value value) {
        if (entries.isEmpty()) {
            return;
        }
        Id id = entries.floorKey(new Id((long) (position * (last.ms + 1)), -1));
        id = id == null ? entries.firstKey() : id;
        assertTrue(((StreamValue) value).remove(id.ms, id.sequence));
        entries.remove(id);
    }

    @Override
    void compareContent(Random random, Value value) {
        StreamValue stream = (StreamValue) value;
        assertEquals(entries.size(), stream.length());
        assertEquals("stream", stream.encoding());
        long node = stream.firstNode();
        assertTrue(node <= entries.size() && node > 0 == entries.size() > 0);
        for (Id from : new Id[] {new Id(0, 0), new Id(Math.floorMod(random.nextLong(), last.ms + 1), 0)}) {
            Iterator<Map.Entry<Id, Bytes>> up = entries.tailMap(from, true).entrySet().iterator();
            stream.visit(from.ms, from.sequence, true,
                    (ms, sequence, body) -> assertEntry(up.next(), ms, sequence, body));
            assertFalse(up.hasNext(), "an entry is missing");
            Iterator<Map.Entry<Id, Bytes>> down = entries.headMap(from, true).descendingMap().entrySet().iterator();
            stream.visit(from.ms, from.sequence, false,
                    (ms, sequence, body) -> assertEntry(down.next(), ms, sequence, body));
            assertFalse(down.hasNext(), "an entry is missing");
        }
        Bytes from = random.nextBoolean() ? new Bytes() : element(random.nextInt(pool));
        Iterator<Map.Entry<Bytes, Bytes>> rest = records.tailMap(from, true).entrySet().iterator();
        stream.visitRecords(from, (name, content) -> {
            Map.Entry<Bytes, Bytes> expected = rest.next();
            assertEquals(expected.getKey(), name);
            assertEquals(expected.getValue(), content);
            return true;
        });
        assertFalse(rest.hasNext(), "a record is missing");
        for (int i = 0; i < 10; i++) {
            Bytes name = i == 0 ? new Bytes() : element(random.nextInt(pool));
            assertEquals(records.containsKey(name), stream.getRecord(name, target));
            if (records.containsKey(name)) {
                assertEquals(records.get(name), target);
            }
        }
    }

    private static boolean assertEntry(Map.Entry<Id, Bytes> expected, long ms, long sequence, Bytes body) {
        assertEquals(expected.getKey(), new Id(ms, sequence));
        assertEquals(expected.getValue(), body);
        return true;
    }
}
