package io.releve.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.ListValue;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

final class ListModel extends ValueModel {
    private final List<Bytes> elements = new ArrayList<>();

    ListModel(EncodingLimits limits, int pool) {
        super(Type.LIST, limits, pool);
    }

    @Override
    ValueModel duplicate() {
        ListModel copy = new ListModel(limits, pool);
        copy.elements.addAll(elements);
        return copy;
    }

    @Override
    long size() {
        return elements.size();
    }

    @Override
    void add(Random random, Value value) {
        ListValue list = (ListValue) value;
        Bytes element = content(random);
        int at = elements.isEmpty() ? 0 : random.nextInt(4);
        if (at < 2) {
            list.addLast(element);
            elements.add(element.copy());
        } else if (at == 2) {
            list.addFirst(element);
            elements.add(0, element.copy());
        } else {
            int index = random.nextInt(elements.size() + 1);
            list.insert(index, element);
            elements.add(index, element.copy());
        }
        assertEquals(elements.size(), list.length());
    }

    @Override
    void change(Random random, Value value) {
        ListValue list = (ListValue) value;
        int what = random.nextInt(20);
        if (elements.isEmpty() || what < 11) {
            add(random, value);
        } else if (what < 14) {
            int index = random.nextInt(elements.size());
            Bytes element = content(random);
            list.set(index, element);
            elements.set(index, element.copy());
        } else {
            int from = what < 16 ? 0 : what < 18 ? elements.size() - 1 : random.nextInt(elements.size());
            int most = Math.min(elements.size() - from, what == 19 ? pool : 2);
            int count = 1 + random.nextInt(most);
            list.remove(from, count);
            elements.subList(from, from + count).clear();
        }
        assertEquals(elements.size(), list.length());
    }

    @Override
    void removeAt(double position, Value value) {
        int index = (int) (position * elements.size());
        ((ListValue) value).remove(index, 1);
        elements.remove(index);
    }

    @Override
    void compareContent(Random random, Value value) {
        ListValue list = (ListValue) value;
        assertEquals(elements.size(), list.length());
        for (boolean forward : new boolean[] {true, false}) {
            int from = elements.isEmpty() ? 0 : random.nextInt(elements.size());
            int[] next = {from};
            list.visit(from, forward, (index, element) -> {
                assertEquals(next[0], index);
                assertEquals(elements.get(next[0]), element);
                next[0] += forward ? 1 : -1;
                return true;
            });
            assertEquals(elements.isEmpty() ? 0 : forward ? elements.size() : -1, next[0]);
        }
        for (int i = 0; i < Math.min(20, elements.size()); i++) {
            int index = random.nextInt(elements.size());
            assertTrue(list.get(index, target));
            assertEquals(elements.get(index), target);
        }
        assertFalse(list.get(elements.size(), target));
    }
}
