package io.releve.keyspace.heap;

import java.util.function.Consumer;

/** The elements of a list: a ring of rings of at most {@link #BLOCK} elements; no block is empty. */
final class Blocks {
    private static final int BLOCK = 256;
    private static final int BLOCK_OVERHEAD = 48;
    private static final int REFERENCE = 4;

    private Ring<Ring<byte[]>> blocks = new Ring<>();
    private long length;
    /** Number of the block found last and how many elements are before it. */
    private int block;
    private long before;

    long length() {
        return length;
    }

    Blocks duplicate() {
        Blocks copy = new Blocks();
        copy.blocks = blocks.duplicate();
        for (int i = 0; i < blocks.size(); i++) {
            copy.blocks.set(i, blocks.get(i).duplicate());
        }
        copy.length = length;
        return copy;
    }

    /** Bytes of the structure, the elements not included. */
    long memory() {
        return blocks.size() * (long) (BLOCK_OVERHEAD + BLOCK * REFERENCE);
    }

    /** Finds the block that holds a position, from the nearer end. */
    private Ring<byte[]> seek(long index) {
        if (index < length / 2) {
            block = 0;
            before = 0;
            while (index - before >= blocks.get(block).size()) {
                before += blocks.get(block++).size();
            }
        } else {
            block = blocks.size() - 1;
            before = length - blocks.get(block).size();
            while (index < before) {
                before -= blocks.get(--block).size();
            }
        }
        return blocks.get(block);
    }

    byte[] get(long index) {
        Ring<byte[]> found = seek(index);
        return found.get((int) (index - before));
    }

    byte[] set(long index, byte[] element) {
        Ring<byte[]> found = seek(index);
        byte[] old = found.get((int) (index - before));
        found.set((int) (index - before), element);
        return old;
    }

    void insert(long index, byte[] element) {
        if (length == 0) {
            blocks.insert(0, new Ring<>());
            block = 0;
            before = 0;
        } else {
            seek(index == length ? index - 1 : index);
        }
        Ring<byte[]> target = blocks.get(block);
        int at = (int) (index - before);
        if (target.size() == BLOCK) {
            Ring<byte[]> tail = new Ring<>();
            if (at == 0 && index == 0) {
                blocks.insert(0, tail);
                target = tail;
            } else {
                // At the end of the list the full block stays full.
                int cut = index == length ? BLOCK : BLOCK / 2;
                target.moveTail(cut, tail);
                blocks.insert(block + 1, tail);
                if (at > cut || at == BLOCK) {
                    target = tail;
                    at -= cut;
                }
            }
        }
        target.insert(at, element);
        length++;
    }

    /** Removes {@code count} elements, all of them there, and gives each to the visitor. */
    void remove(long index, long count, Consumer<byte[]> removed) {
        long left = count;
        seek(index);
        int at = (int) (index - before);
        int first = at == 0 ? block : block + 1;
        int last = first;
        int b = block;
        while (left > 0) {
            Ring<byte[]> current = blocks.get(b++);
            int part = (int) Math.min(left, current.size() - at);
            for (int i = at; i < at + part; i++) {
                removed.accept(current.get(i));
            }
            if (part == current.size()) {
                last = b;
            } else {
                current.remove(at, part);
            }
            left -= part;
            at = 0;
        }
        if (last > first) {
            blocks.remove(first, last - first);
        }
        length -= count;
        join(Math.max(0, first - 1));
    }

    /** Joins a block with the next when both are small. */
    private void join(int index) {
        if (index + 1 < blocks.size()) {
            Ring<byte[]> one = blocks.get(index);
            Ring<byte[]> two = blocks.get(index + 1);
            if (one.size() + two.size() <= BLOCK / 2) {
                two.moveTail(0, one);
                blocks.remove(index + 1, 1);
            }
        }
    }

    void visit(long index, boolean forward, Visitor visitor) {
        Ring<byte[]> current = seek(index);
        int b = block;
        int at = (int) (index - before);
        for (long i = index; visitor.element(i, current.get(at)); ) {
            i += forward ? 1 : -1;
            if (i < 0 || i >= length) {
                return;
            }
            at += forward ? 1 : -1;
            if (at == current.size()) {
                current = blocks.get(++b);
                at = 0;
            } else if (at < 0) {
                current = blocks.get(--b);
                at = current.size() - 1;
            }
        }
    }

    @FunctionalInterface
    interface Visitor {
        boolean element(long index, byte[] element);
    }
}
