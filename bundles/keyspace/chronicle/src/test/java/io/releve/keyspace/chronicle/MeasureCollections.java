package io.releve.keyspace.chronicle;

import com.sun.management.ThreadMXBean;
import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.HashValue;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.KeyspaceSettings;
import io.releve.keyspace.ListValue;
import io.releve.keyspace.SetValue;
import io.releve.keyspace.SortedSetValue;
import io.releve.keyspace.StreamValue;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.IntConsumer;

/**
 * Measures collections, when started by hand: {@code MeasureCollections <directory> <elements>}. For every type one
 * collection of that many elements: bytes an element, ns and bytes allocated an operation (the lookup of the key and the
 * end of the call included), the longest operation while it grows, shrinks and is removed; and small hashes.
 */
public final class MeasureCollections {
    private static final int OPERATIONS = 500_000;

    private final Random random = new Random(1);
    private final byte[] name = "member:00000000".getBytes(StandardCharsets.US_ASCII);
    private final Bytes member = new Bytes(name);
    private final Bytes value = Bytes.of("value:0123456789");
    private final Bytes small = Bytes.of("xxx");
    private final Bytes key = Bytes.of("collection");
    private final Bytes target = new Bytes();
    private final Bytes other = new Bytes();
    private final int elements;
    private final Keyspace keyspace;
    private final Database database;
    private long sum;
    private long lastId = 1L << 40;

    private MeasureCollections(Keyspace keyspace, int elements) {
        this.keyspace = keyspace;
        this.elements = elements;
        database = keyspace.database(0);
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        Keyspace keyspace = new ChronicleKeyspaceProvider().open(new KeyspaceSettings(folder, 1, 0, false));
        MeasureCollections measure = new MeasureCollections(keyspace, Integer.parseInt(arguments[1]));
        measure.hash();
        measure.set();
        measure.sortedSet();
        measure.list();
        measure.stream();
        measure.smallHashes();
        System.out.println("sum " + measure.sum);
        keyspace.close(false);
    }

    private Bytes member(int number) {
        int rest = number;
        for (int i = name.length - 1; i > 6; i--) {
            name[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return member;
    }

    private Bytes anyMember() {
        return member(random.nextInt(elements));
    }

    private Value found(Type type) {
        Value found = database.find(key);
        return found == null ? database.create(key, type, 0) : found;
    }

    private HashValue hashValue() {
        return (HashValue) found(Type.HASH);
    }

    private SetValue setValue() {
        return (SetValue) found(Type.SET);
    }

    private SortedSetValue sortedSetValue() {
        return (SortedSetValue) found(Type.SORTED_SET);
    }

    private ListValue listValue() {
        return (ListValue) found(Type.LIST);
    }

    private StreamValue streamValue() {
        return (StreamValue) found(Type.STREAM);
    }

    private void hash() {
        grow("hash", i -> hashValue().put(member(i), value));
        measure("HGET", i -> sum += hashValue().get(anyMember(), target) ? target.length() : 0);
        measure("HGET, miss", i -> sum += hashValue().get(member(elements + i), target) ? 1 : 0);
        measure("HSET, same size", i -> hashValue().put(anyMember(), value));
        measure("HRANDFIELD", i -> hashValue().random(random, target, other));
        mix("hash", i -> hashValue().remove(anyMember()), i -> hashValue().put(anyMember(), value));
        drop();
    }

    private void set() {
        grow("set", i -> setValue().add(member(i)));
        measure("SISMEMBER", i -> sum += setValue().contains(anyMember()) ? 1 : 0);
        measure("SPOP and SADD", i -> {
            SetValue set = setValue();
            set.random(random, target);
            set.remove(target);
            set.add(anyMember());
        });
        drop();
    }

    private void sortedSet() {
        grow("zset", i -> sortedSetValue().put(member(i), random.nextInt(1 << 30)));
        measure("ZSCORE", i -> sum += (long) sortedSetValue().score(anyMember()));
        measure("ZRANK", i -> sum += sortedSetValue().rank(anyMember()));
        measure("ZADD, other score", i -> sortedSetValue().put(anyMember(), random.nextInt(1 << 30)));
        measure("ZRANGE 10 at random", i -> {
            int[] rest = {10};
            sortedSetValue().visit(random.nextInt(elements - 10), true, (found, score) -> --rest[0] > 0);
        });
        measure("ZPOPMIN and ZADD", i -> {
            SortedSetValue set = sortedSetValue();
            set.remove(0, 1);
            set.put(member(elements + i), random.nextInt(1 << 30));
        });
        mix("zset", i -> sortedSetValue().remove(anyMember()),
                i -> sortedSetValue().put(anyMember(), random.nextInt(1 << 30)));
        drop();
    }

    private void list() {
        grow("list", i -> {
            if ((i & 1) == 0) {
                listValue().addFirst(value);
            } else {
                listValue().addLast(value);
            }
        });
        measure("LINDEX in the middle", i -> sum += listValue().get(random.nextInt(elements), target) ? 1 : 0);
        measure("LPUSH", i -> listValue().addFirst(small));
        measure("RPUSH", i -> listValue().addLast(small));
        measure("LPOP", i -> listValue().remove(0, 1));
        measure("RPOP", i -> {
            ListValue list = listValue();
            list.remove(list.length() - 1, 1);
        });
        for (int length : new int[] {100, 600}) {
            measure("LRANGE " + length, OPERATIONS / 20, i -> {
                int[] rest = {length};
                listValue().visit(0, true, (index, element) -> {
                    sum += element.length();
                    return --rest[0] > 0;
                });
            });
        }
        drop();
    }

    private void stream() {
        grow("stream", i -> streamValue().add(i + 1, 0, value));
        measure("XADD with the nameless record", i -> {
            StreamValue stream = streamValue();
            stream.getRecord(other.set(name, 0, 0), target);
            stream.add(nextId(), 0, value);
            stream.putRecord(other, value);
        });
        drop();
    }

    /** Ids of later entries are greater. */
    private long nextId() {
        return ++lastId;
    }

    private void smallHashes() {
        long before = keyspace.usedMemory();
        byte[] field = "field:0".getBytes(StandardCharsets.US_ASCII);
        byte[] hashName = "hash:00000000000".getBytes(StandardCharsets.US_ASCII);
        long start = System.nanoTime();
        for (int i = 0; i < elements; i++) {
            int rest = i;
            for (int k = hashName.length - 1; k > 4; k--) {
                hashName[k] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
            HashValue hash = (HashValue) database.create(other.set(hashName, 0, hashName.length), Type.HASH, 0);
            for (int k = 0; k < 5; k++) {
                field[6] = (byte) ('0' + k);
                hash.put(target.set(field, 0, field.length), small);
            }
            endCall(i);
        }
        System.out.printf("small hashes of 5 fields: %.1f bytes each, %d ns to make%n",
                (keyspace.usedMemory() - before) / (double) elements, (System.nanoTime() - start) / elements);
    }

    private void endCall(int i) {
        keyspace.endCall();
        if ((i & 1023) == 0) {
            keyspace.maintain(System.nanoTime() + 1_000_000);
        }
    }

    private void grow(String what, IntConsumer operation) {
        long before = keyspace.usedMemory();
        long longest = 0;
        long start = System.nanoTime();
        for (int i = 0; i < elements; i++) {
            long one = System.nanoTime();
            operation.accept(i);
            keyspace.endCall();
            longest = Math.max(longest, System.nanoTime() - one);
            if ((i & 1023) == 0) {
                keyspace.maintain(System.nanoTime() + 1_000_000);
            }
        }
        System.out.printf("%n%s of %d: %d ns an element, longest %.2f ms, %.1f bytes an element, MEMORY USAGE %.1f%n",
                what, elements, (System.nanoTime() - start) / elements, longest / 1e6,
                (keyspace.usedMemory() - before) / (double) elements, database.find(key).memory() / (double) elements);
        keyspace.endCall();
    }

    /** A long mixture of removals and insertions. */
    private void mix(String what, IntConsumer remove, IntConsumer put) {
        for (int i = 0; i < 3 * elements; i++) {
            ((i & 1) == 0 ? remove : put).accept(i);
            endCall(i);
        }
        long size = what.equals("hash") ? hashValue().size() : sortedSetValue().size();
        System.out.printf("%s after a mixture: %d elements, %.1f bytes each%n", what, size,
                database.find(key).memory() / (double) size);
        keyspace.endCall();
    }

    private void drop() {
        long start = System.nanoTime();
        database.remove(key);
        keyspace.endCall();
        long removed = System.nanoTime() - start;
        long longest = 0;
        long slices = 0;
        boolean more = true;
        while (more) {
            long slice = System.nanoTime();
            more = keyspace.maintain(slice + 300_000);
            longest = Math.max(longest, System.nanoTime() - slice);
            slices++;
        }
        System.out.printf("removed in %.3f ms, %d slices, longest %.2f ms, %d bytes left%n", removed / 1e6, slices,
                longest / 1e6, keyspace.usedMemory());
    }

    private void measure(String what, IntConsumer operation) {
        measure(what, OPERATIONS, operation);
    }

    private void measure(String what, int operations, IntConsumer operation) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < operations / 5; i++) {
            operation.accept(i);
            endCall(i);
        }
        long thread = Thread.currentThread().getId();
        long allocated = threads.getThreadAllocatedBytes(thread);
        long cpu = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < operations; i++) {
            operation.accept(i);
            endCall(i);
        }
        cpu = threads.getCurrentThreadCpuTime() - cpu;
        allocated = threads.getThreadAllocatedBytes(thread) - allocated;
        System.out.printf("%-32s %6d ns CPU, %.1f bytes allocated%n", what, cpu / operations,
                allocated / (double) operations);
    }
}
