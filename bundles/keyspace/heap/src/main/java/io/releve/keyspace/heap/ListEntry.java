package io.releve.keyspace.heap;

import io.releve.bytes.Bytes;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.ListValue;
import java.util.Objects;

/** A list. The encoding is a name only: the elements are always in blocks. */
final class ListEntry extends Entry implements ListValue {
    private final Bytes visited = new Bytes();
    private Blocks blocks = new Blocks();
    /** Bytes of the elements' arrays. */
    private long arrays;
    /** Bytes the elements would take in one listpack. */
    private long packed = ListpackSize.EMPTY;
    /** Whether it is more than one node of a {@code quicklist}. */
    private boolean large;

    ListEntry(HeapDatabase database) {
        super(database);
    }

    @Override
    Entry duplicate() {
        ListEntry copy = new ListEntry(database);
        copy.blocks = blocks.duplicate();
        copy.arrays = arrays;
        copy.packed = packed;
        copy.large = large;
        return copy;
    }

    @Override
    long contentMemory() {
        return arrays + blocks.memory();
    }

    @Override
    boolean isVoid() {
        return blocks.length() == 0;
    }

    @Override
    public String encoding() {
        return large ? "quicklist" : "listpack";
    }

    @Override
    public long length() {
        return blocks.length();
    }

    @Override
    public void addFirst(Bytes element) {
        insert(0, element);
    }

    @Override
    public void addLast(Bytes element) {
        insert(blocks.length(), element);
    }

    @Override
    public void insert(long index, Bytes element) {
        beforeChange();
        Objects.checkIndex(index, blocks.length() + 1);
        byte[] kept = kept(element);
        long before = contentMemory();
        expect(element);
        blocks.insert(index, kept);
        count(kept, 1);
        grow(contentMemory() - before);
    }

    @Override
    public boolean get(long index, Bytes target) {
        if (index < 0 || index >= blocks.length()) {
            return false;
        }
        byte[] element = blocks.get(index);
        target.set(element, 0, element.length);
        return true;
    }

    @Override
    public void set(long index, Bytes element) {
        beforeChange();
        Objects.checkIndex(index, blocks.length());
        byte[] kept = kept(element);
        long before = contentMemory();
        expect(element);
        count(blocks.set(index, kept), -1);
        count(kept, 1);
        shrink();
        grow(contentMemory() - before);
    }

    @Override
    public void remove(long index, long count) {
        beforeChange();
        if (index < 0 || index >= blocks.length() || count <= 0) {
            return;
        }
        long before = contentMemory();
        blocks.remove(index, Math.min(count, blocks.length() - index), element -> count(element, -1));
        shrink();
        grow(contentMemory() - before);
        removeIfVoid();
    }

    @Override
    public void visit(long index, boolean forward, ElementVisitor visitor) {
        if (index >= 0 && index < blocks.length()) {
            blocks.visit(index, forward, (i, element) -> visitor.element(i, visited.set(element, 0, element.length)));
        }
    }

    private void count(byte[] element, int sign) {
        arrays += sign * memory(element);
        packed += sign * ListpackSize.of(visited.set(element, 0, element.length));
    }

    /** Redis looks at the limits before it adds or replaces, as if every element were one more. */
    private void expect(Bytes element) {
        EncodingLimits limits = database.limits();
        large |= packed + element.length() > limits.listBytes() || blocks.length() + 1 > limits.listEntries();
    }

    /** A list goes back only at half the limits, so that it does not change its mind with every element. */
    private void shrink() {
        EncodingLimits limits = database.limits();
        large &= packed > limits.listBytes() / 2 || blocks.length() > limits.listEntries() / 2;
    }
}
