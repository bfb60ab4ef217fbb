package io.releve.contracts;

import static org.junit.jupiter.api.Assertions.assertSame;

import io.releve.bytes.Bytes;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import java.util.Random;

/** What a collection should contain, in plain Java; it makes random changes to itself and to the real one. */
abstract class ValueModel {
    final Type type;
    final EncodingLimits limits;
    /** Elements are chosen among this many. */
    final int pool;
    final Bytes target = new Bytes();

    ValueModel(Type type, EncodingLimits limits, int pool) {
        this.type = type;
        this.limits = limits;
        this.pool = pool;
    }

    static ValueModel of(Type type, EncodingLimits limits, int pool) {
        return switch (type) {
            case LIST -> new ListModel(limits, pool);
            case SET -> new SetModel(limits, pool);
            case SORTED_SET -> new SortedSetModel(limits, pool);
            case HASH -> new HashModel(limits, pool);
            case STREAM -> new StreamModel(limits, pool);
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    abstract ValueModel duplicate();

    /** Number of elements; streams have one even without entries, since they may be empty. */
    abstract long size();

    /** Adds something, so that the collection is not empty. */
    abstract void add(Random random, Value value);

    /** Makes one random change to both, which may empty them. */
    abstract void change(Random random, Value value);

    /** Compares everything, by every way of reading. */
    abstract void compareContent(Random random, Value value);

    /** Removes the element at a relative position, 0 to 1, from both. */
    abstract void removeAt(double position, Value value);

    final void compare(Random random, Value value) {
        assertSame(type, value.type());
        compareContent(random, value);
    }

    /** An element of the pool: always the same bytes for the same number; numbers and text, short and long. */
    static Bytes element(int number) {
        switch (number % 11) {
            case 0:
                return Bytes.of(Integer.toString(number * 7 - 1000));
            case 1:
                return Bytes.of(number + "-" + "long".repeat(number % 120));
            case 2:
                return Bytes.of(Long.toString(number * 0x9e3779b97f4a7c15L));
            case 5:
                // some lie in the place of the others, some elsewhere
                return Bytes.of(number + "-" + "longer".repeat(number % 250));
            default:
                return Bytes.of(number == 3 ? "" : "element " + number);
        }
    }

    static Bytes content(Random random) {
        int kind = random.nextInt(400);
        int length = kind == 0 ? random.nextInt(100_000) : kind < 10 ? random.nextInt(3000) : random.nextInt(40);
        return random.nextInt(5) == 0 ? Bytes.of(Integer.toString(random.nextInt(100_000)))
                : Samples.random(random, length);
    }
}
