package io.releve.keyspace.heap;

import io.releve.bytes.Bytes;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.HashValue;
import java.util.random.RandomGenerator;

/** A hash. The encoding is a name only: the elements are always in a table and in the order of addition. */
final class HashEntry extends Entry implements HashValue {
    private final Bytes visitedField = new Bytes();
    private final Bytes visitedValue = new Bytes();
    private Elements elements = new Elements(this);
    /** Whether it once outgrew the limits; it never goes back. */
    private boolean large;

    HashEntry(HeapDatabase database) {
        super(database);
    }

    @Override
    Entry duplicate() {
        HashEntry copy = new HashEntry(database);
        copy.elements = elements.duplicate(copy);
        copy.large = large;
        return copy;
    }

    @Override
    long contentMemory() {
        return elements.memory();
    }

    @Override
    boolean isVoid() {
        return elements.size() == 0;
    }

    @Override
    public String encoding() {
        return large ? "hashtable" : "listpack";
    }

    @Override
    public long size() {
        return elements.size();
    }

    @Override
    public boolean get(Bytes field, Bytes target) {
        Element element = elements.find(field, database.hash(field));
        if (element == null) {
            return false;
        }
        target.set(element.value, 0, element.value.length);
        return true;
    }

    @Override
    public boolean put(Bytes field, Bytes value) {
        beforeChange();
        int hash = database.hash(field);
        Element element = elements.find(field, hash);
        byte[] kept = kept(value);
        if (element == null) {
            elements.add(kept(field), hash, kept);
        } else {
            elements.replace(element, kept);
        }
        EncodingLimits limits = database.limits();
        large |= elements.size() > limits.hashEntries()
                || Math.max(field.length(), value.length()) > limits.hashValue();
        return element == null;
    }

    @Override
    public boolean remove(Bytes field) {
        beforeChange();
        Element element = elements.find(field, database.hash(field));
        if (element == null) {
            return false;
        }
        elements.remove(element);
        removeIfVoid();
        return true;
    }

    @Override
    public void visit(PairVisitor visitor) {
        elements.visit(e -> show(e, visitor));
    }

    private boolean show(Element e, PairVisitor visitor) {
        return visitor.pair(visitedField.set(e.key, 0, e.key.length), visitedValue.set(e.value, 0, e.value.length));
    }

    @Override
    public long scan(long cursor, int count, PairVisitor visitor) {
        if (large) {
            return elements.scan(cursor, count, e -> show(e, visitor));
        }
        elements.visit(e -> {
            show(e, visitor);
            return true;
        });
        return 0;
    }

    @Override
    public void random(RandomGenerator random, Bytes field, Bytes value) {
        Element element = elements.random(random);
        field.set(element.key, 0, element.key.length);
        value.set(element.value, 0, element.value.length);
    }
}
