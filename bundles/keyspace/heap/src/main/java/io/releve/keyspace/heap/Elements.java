package io.releve.keyspace.heap;

import io.releve.bytes.Bytes;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Elements by name and in the order in which they were added, with the count of their bytes. */
final class Elements {
    /** An element and its share of the table. */
    private static final int OVERHEAD = 48;

    private final KeyTable<Element> table = new KeyTable<>();
    private final Entry owner;
    private Element first;
    private Element last;
    private long memory;

    Elements(Entry owner) {
        this.owner = owner;
    }

    /** The same elements for another owner; the arrays are shared, since they never change. */
    Elements duplicate(Entry newOwner) {
        Elements copy = new Elements(newOwner);
        for (Element e = first; e != null; e = e.after) {
            copy.add(e.key, e.hash, e.value);
        }
        return copy;
    }

    int size() {
        return table.size();
    }

    long memory() {
        return memory;
    }

    Element find(Bytes key, int hash) {
        return table.find(key, hash);
    }

    /** Adds an element that is not there, at the end. */
    void add(byte[] key, int hash, byte[] value) {
        Element element = new Element(key, hash, value);
        table.add(element);
        element.before = last;
        if (last == null) {
            first = element;
        } else {
            last.after = element;
        }
        last = element;
        grow(memory(element));
    }

    /** Replaces an element's value; its place in the order stays. */
    void replace(Element element, byte[] value) {
        long before = memory(element);
        element.value = value;
        grow(memory(element) - before);
    }

    void remove(Element element) {
        table.remove(element);
        if (element.before == null) {
            first = element.after;
        } else {
            element.before.after = element.after;
        }
        if (element.after == null) {
            last = element.before;
        } else {
            element.after.before = element.before;
        }
        grow(-memory(element));
    }

    private void grow(long change) {
        memory += change;
        owner.grow(change);
    }

    private static long memory(Element element) {
        return OVERHEAD + Entry.memory(element.key) + (element.value == null ? 0 : Entry.memory(element.value));
    }

    /** Walks in the order of addition until the visitor returns false. */
    void visit(Predicate<Element> visitor) {
        Element element = first;
        while (element != null && visitor.test(element)) {
            element = element.after;
        }
    }

    long scan(long cursor, int count, Consumer<Element> visitor) {
        return table.scan(cursor, count, visitor);
    }

    Element random(RandomGenerator random) {
        return table.random(random);
    }
}
