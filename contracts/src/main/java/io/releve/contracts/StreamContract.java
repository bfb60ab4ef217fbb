package io.releve.contracts;

import static io.releve.contracts.Samples.random;
import static io.releve.contracts.Samples.text;
import static io.releve.contracts.Views.stream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.StreamValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a keyspace promises about streams. */
interface StreamContract {
    /** A fresh keyspace with 16 databases. */
    Keyspace keyspace();

    private static List<String> ids(StreamValue stream, long ms, long sequence, boolean forward) {
        List<String> ids = new ArrayList<>();
        stream.visit(ms, sequence, forward, (entryMs, entrySequence, body) -> {
            String id = Long.toUnsignedString(entryMs) + "-" + Long.toUnsignedString(entrySequence);
            assertEquals("body of " + id, body.latin1());
            return ids.add(id);
        });
        return ids;
    }

    private static void add(StreamValue stream, long ms, long sequence) {
        stream.add(ms, sequence,
                text("body of " + Long.toUnsignedString(ms) + "-" + Long.toUnsignedString(sequence)));
    }

    @Test
    default void streamIdsAreUnsigned() {
        StreamValue stream = stream(keyspace().database(0), "stream");
        long[][] ids = {{0, 1}, {0, -1}, {1, 0}, {5, Long.MAX_VALUE}, {5, Long.MIN_VALUE}, {Long.MAX_VALUE, 3},
            {Long.MIN_VALUE, 0}, {-1, 0}, {-1, -2}, {-1, -1}};
        List<String> all = new ArrayList<>();
        for (long[] id : ids) {
            add(stream, id[0], id[1]);
            all.add(Long.toUnsignedString(id[0]) + "-" + Long.toUnsignedString(id[1]));
        }
        assertEquals(ids.length, stream.length());
        assertEquals(all, ids(stream, 0, 0, true));
        for (int i = 0; i < ids.length; i++) {
            assertEquals(all.subList(i, all.size()), ids(stream, ids[i][0], ids[i][1], true));
            List<String> down = ids(stream, ids[i][0], ids[i][1], false);
            Collections.reverse(down);
            assertEquals(all.subList(0, i + 1), down);
        }
        assertEquals(List.of("18446744073709551615-18446744073709551615"), ids(stream, -1, -1, true));
        assertEquals(List.of(), ids(stream, 0, 0, false));
        assertEquals(List.of("5-9223372036854775808"), ids(stream, 6, 0, false).subList(0, 1));
        assertTrue(stream.remove(-1, -1));
        assertFalse(stream.remove(-1, -1));
        assertFalse(stream.remove(5, 0));
        assertTrue(stream.remove(0, 1));
        assertEquals(all.subList(1, all.size() - 1), ids(stream, 0, 0, true));
        assertEquals(ids.length - 2, stream.length());
    }

    @Test
    default void aStreamMayBeEmpty() {
        StreamValue stream = stream(keyspace().database(0), "stream");
        assertEquals(0, stream.length());
        assertEquals(0, stream.firstNode());
        assertEquals(List.of(), ids(stream, 0, 0, true));
        assertEquals(List.of(), ids(stream, -1, -1, false));
        assertFalse(stream.remove(0, 0));
        stream.removeFirst(10);
        keyspace().endCall();
        StreamValue found = (StreamValue) keyspace().database(0).find(text("stream"));
        assertNotNull(found);
        add(found, 7, 7);
        assertTrue(found.remove(7, 7));
        keyspace().endCall();
        assertEquals(0, stream(keyspace().database(0), "stream").length());
        add(stream(keyspace().database(0), "stream"), 7, 8);
        assertEquals(1, keyspace().database(0).size());
    }

    @Test
    default void streamsAreVisitedFromAnywhere() {
        StreamValue stream = stream(keyspace().database(0), "stream");
        for (int i = 0; i < 3000; i++) {
            add(stream, 10 + i / 4 * 2L, i % 4 * 3);
        }
        for (int i = 0; i < 3000; i += 37) {
            long ms = 10 + i / 4 * 2L;
            int sequence = i % 4 * 3;
            assertEquals(3000 - i, ids(stream, ms, sequence, true).size());
            assertEquals(i + 1, ids(stream, ms, sequence, false).size());
            assertEquals(3000 - i - 1, ids(stream, ms, sequence + 1, true).size());
            assertEquals(i + 1, ids(stream, ms, sequence + 1, false).size());
        }
        int[] seen = new int[1];
        stream.visit(0, 0, true, (ms, sequence, body) -> ++seen[0] < 5);
        stream.visit(-1, -1, false, (ms, sequence, body) -> ++seen[0] < 9);
        assertEquals(9, seen[0]);
        assertEquals(3000, ids(stream, -1, 0, false).size());
    }

    @Test
    default void streamsAreTrimmedFromTheFront() {
        StreamValue stream = stream(keyspace().database(0), "stream");
        for (int i = 1; i <= 5000; i++) {
            add(stream, i, 0);
        }
        long first = 1;
        for (long count : new long[] {1, 0, 99, 100, 250, 1000, 7}) {
            stream.removeFirst(count);
            first += count;
            assertEquals(5001 - first, stream.length());
            assertEquals(first + "-0", ids(stream, 0, 0, true).get(0));
        }
        while (stream.length() > 0) {
            long node = stream.firstNode();
            assertTrue(node > 0 && node <= stream.length());
            stream.removeFirst(node);
            first += node;
            assertEquals(5001 - first, stream.length());
        }
        add(stream, 6000, 0);
        stream.removeFirst(Long.MAX_VALUE);
        assertEquals(0, stream.length());
        assertEquals(0, stream.firstNode());
    }

    @Test
    default void streamEntriesMayBeLarge() {
        Random random = new Random(56);
        StreamValue stream = stream(keyspace().database(0), "large");
        List<Bytes> bodies = new ArrayList<>();
        for (int size : new int[] {1 << 20, 0, 5, 4095, 4096, 70_000, 1 << 20, 100, 2 << 20}) {
            Bytes body = random(random, size);
            stream.add(bodies.size() + 1, 0, body);
            bodies.add(body.copy());
        }
        int[] next = new int[1];
        stream.visit(0, 0, true, (ms, sequence, body) -> {
            assertEquals(bodies.get(next[0]++), body);
            return true;
        });
        stream.visit(-1, -1, false, (ms, sequence, body) -> {
            assertEquals(bodies.get(--next[0]), body);
            return true;
        });
        assertEquals(0, next[0]);
        assertTrue(stream.remove(6, 0));
        assertTrue(stream.remove(1, 0));
        stream.removeFirst(3);
        assertEquals(4, stream.length());
    }

    @Test
    default void streamRecordsAreOrderedByName() {
        Random random = new Random(57);
        StreamValue stream = stream(keyspace().database(0), "records");
        TreeMap<Bytes, Bytes> expected = new TreeMap<>();
        Bytes target = text("unchanged");
        assertFalse(stream.getRecord(text(""), target));
        assertFalse(stream.getRecord(text("none"), target));
        assertEquals(text("unchanged"), target);
        stream.putRecord(text("none"), null);
        for (int i = 0; i < 6000; i++) {
            int kind = random.nextInt(10);
            Bytes name = kind == 0 ? new Bytes() : kind == 1 ? random(random, StreamValue.MAX_RECORD_NAME)
                    : random(random, 1 + random.nextInt(2)).copy();
            if (random.nextInt(3) == 0) {
                stream.putRecord(name, null);
                expected.remove(name);
            } else {
                Bytes content = random(random, random.nextInt(50) == 0 ? random.nextInt(20_000) : random.nextInt(80));
                stream.putRecord(name, content);
                expected.put(name.copy(), content.copy());
            }
            assertEquals(expected.containsKey(name), stream.getRecord(name, target));
            if (i % 500 == 0) {
                compareRecords(expected, stream, new Bytes());
                compareRecords(expected, stream, random(random, 1));
                compareRecords(expected, stream, random(random, 40));
            }
        }
        add(stream, 1, 1);
        compareRecords(expected, stream, new Bytes());
        assertEquals(1, stream.length());
        for (Bytes name : List.copyOf(expected.keySet())) {
            stream.putRecord(name, null);
        }
        stream.visitRecords(new Bytes(), (name, content) -> {
            throw new AssertionError("a record is left");
        });
    }

    private static void compareRecords(TreeMap<Bytes, Bytes> expected, StreamValue stream, Bytes from) {
        var rest = expected.tailMap(from, true).entrySet().iterator();
        stream.visitRecords(from, (name, content) -> {
            var next = rest.next();
            assertEquals(next.getKey(), name);
            assertEquals(next.getValue(), content);
            return true;
        });
        assertFalse(rest.hasNext(), "a record is missing");
        int[] seen = new int[1];
        stream.visitRecords(from, (name, content) -> ++seen[0] < 3);
        assertTrue(seen[0] <= 3);
        Bytes target = new Bytes();
        int[] step = new int[1];
        expected.forEach((name, content) -> {
            if (step[0]++ % 29 == 0) {
                assertTrue(stream.getRecord(name, target));
                assertEquals(content, target);
            }
        });
    }
}
