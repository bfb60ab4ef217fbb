package io.releve.keyspace.heap;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.SetValue;
import java.util.random.RandomGenerator;

/**
 * A set: sorted integers ({@code intset}) until a member is none or there are too many, then a table of members in the
 * order of addition ({@code listpack}, {@code hashtable}). It never goes back.
 */
final class SetEntry extends Entry implements SetValue {
    private final Bytes visited = new Bytes();
    /** Null unless the encoding is {@code intset}. */
    private Integers integers = new Integers();
    private Elements elements = new Elements(this);
    private boolean large;

    SetEntry(HeapDatabase database) {
        super(database);
        if (database.limits().setIntegers() == 0) {
            integers = null;
        }
    }

    @Override
    Entry duplicate() {
        SetEntry copy = new SetEntry(database);
        copy.integers = integers == null ? null : integers.duplicate();
        copy.elements = elements.duplicate(copy);
        copy.large = large;
        return copy;
    }

    @Override
    long contentMemory() {
        return integers == null ? elements.memory() : integers.memory();
    }

    @Override
    boolean isVoid() {
        return size() == 0;
    }

    @Override
    public String encoding() {
        if (integers != null) {
            return "intset";
        }
        return large ? "hashtable" : "listpack";
    }

    @Override
    public long size() {
        return integers == null ? elements.size() : integers.size();
    }

    @Override
    public boolean contains(Bytes member) {
        if (integers == null) {
            return elements.find(member, database.hash(member)) != null;
        }
        return Numbers.isInteger(member) && integers.contains(Numbers.integer(member));
    }

    @Override
    public boolean add(Bytes member) {
        beforeChange();
        if (integers != null) {
            if (Numbers.isInteger(member)) {
                return addInteger(Numbers.integer(member));
            }
            EncodingLimits limits = database.limits();
            spread(integers.size() > 0 && integers.longest() > limits.setValue());
        }
        int hash = database.hash(member);
        if (elements.find(member, hash) != null) {
            return false;
        }
        elements.add(kept(member), hash, null);
        EncodingLimits limits = database.limits();
        large |= elements.size() > limits.setEntries() || member.length() > limits.setValue();
        return true;
    }

    private boolean addInteger(long value) {
        long before = integers.memory();
        if (!integers.add(value)) {
            return false;
        }
        grow(integers.memory() - before);
        if (integers.size() > database.limits().setIntegers()) {
            spread(true);
        }
        return true;
    }

    /** Puts the integers into the table. */
    private void spread(boolean becomesLarge) {
        Integers all = integers;
        grow(-all.memory());
        integers = null;
        large = becomesLarge;
        for (int i = 0; i < all.size(); i++) {
            byte[] text = text(all.get(i));
            elements.add(text, database.hash(visited.set(text, 0, text.length)), null);
        }
    }

    private static byte[] text(long value) {
        byte[] text = new byte[Numbers.length(value)];
        Numbers.write(text, 0, value);
        return text;
    }

    @Override
    public boolean remove(Bytes member) {
        beforeChange();
        boolean removed;
        if (integers != null) {
            long before = integers.memory();
            removed = Numbers.isInteger(member) && integers.remove(Numbers.integer(member));
            grow(integers.memory() - before);
        } else {
            Element element = elements.find(member, database.hash(member));
            removed = element != null;
            if (removed) {
                elements.remove(element);
            }
        }
        removeIfVoid();
        return removed;
    }

    @Override
    public void visit(MemberVisitor visitor) {
        if (integers == null) {
            elements.visit(e -> visitor.member(visited.set(e.key, 0, e.key.length)));
            return;
        }
        byte[] digits = new byte[Numbers.MAX_INTEGER_LENGTH];
        for (int i = 0; i < integers.size(); i++) {
            int length = Numbers.write(digits, 0, integers.get(i));
            if (!visitor.member(visited.set(digits, 0, length))) {
                return;
            }
        }
    }

    @Override
    public long scan(long cursor, int count, MemberVisitor visitor) {
        if (large) {
            return elements.scan(cursor, count, e -> visitor.member(visited.set(e.key, 0, e.key.length)));
        }
        visit(member -> {
            visitor.member(member);
            return true;
        });
        return 0;
    }

    @Override
    public void random(RandomGenerator random, Bytes member) {
        byte[] chosen = integers == null ? elements.random(random).key
                : text(integers.get(random.nextInt(integers.size())));
        member.set(chosen, 0, chosen.length);
    }
}
