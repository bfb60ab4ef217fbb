package io.releve.keyspace.heap;

import java.util.Arrays;

/** A sequence in a circular array: both ends move for nothing, in the middle the shorter side is shifted. */
final class Ring<E> {
    private static final int SMALLEST = 4;

    private Object[] items = new Object[SMALLEST];
    private int head;
    private int size;

    int size() {
        return size;
    }

    private int slot(int index) {
        return head + index & items.length - 1;
    }

    @SuppressWarnings("unchecked")
    E get(int index) {
        return (E) items[slot(index)];
    }

    void set(int index, E item) {
        items[slot(index)] = item;
    }

    void insert(int index, E item) {
        if (size == items.length) {
            resize(size * 2);
        }
        if (index < size - index) {
            head = head - 1 & items.length - 1;
            for (int i = 0; i < index; i++) {
                items[slot(i)] = items[slot(i + 1)];
            }
        } else {
            for (int i = size; i > index; i--) {
                items[slot(i)] = items[slot(i - 1)];
            }
        }
        size++;
        items[slot(index)] = item;
    }

    void remove(int index, int count) {
        int behind = size - index - count;
        if (index < behind) {
            for (int i = index - 1; i >= 0; i--) {
                items[slot(i + count)] = items[slot(i)];
            }
            for (int i = 0; i < count; i++) {
                items[slot(i)] = null;
            }
            head = slot(count);
        } else {
            for (int i = index; i < index + behind; i++) {
                items[slot(i)] = items[slot(i + count)];
            }
            for (int i = index + behind; i < size; i++) {
                items[slot(i)] = null;
            }
        }
        size -= count;
        int fitting = items.length;
        while (fitting > SMALLEST && size < fitting / 4) {
            fitting /= 2;
        }
        if (fitting < items.length) {
            resize(fitting);
        }
    }

    private void resize(int capacity) {
        Object[] larger = new Object[capacity];
        int first = Math.min(size, items.length - head);
        System.arraycopy(items, head, larger, 0, first);
        System.arraycopy(items, 0, larger, first, size - first);
        items = larger;
        head = 0;
    }

    /** Moves the items from {@code index} on to the end of another ring. */
    void moveTail(int index, Ring<E> target) {
        for (int i = index; i < size; i++) {
            target.insert(target.size, get(i));
        }
        remove(index, size - index);
    }

    Ring<E> duplicate() {
        Ring<E> copy = new Ring<>();
        copy.items = Arrays.copyOf(items, items.length);
        copy.head = head;
        copy.size = size;
        return copy;
    }
}
