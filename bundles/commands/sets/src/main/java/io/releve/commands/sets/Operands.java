package io.releve.commands.sets;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.keyspace.SetValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The sets that SINTER, SUNION, SDIFF and their kin work on. A key that is not there is an empty set. */
final class Operands {
    /** One set that is there. Equal keys give equal sets, but perhaps not the same view. */
    private record Operand(Bytes key, SetValue set, long size) {
    }

    private static final Comparator<Operand> BY_SIZE = Comparator.comparingLong(Operand::size);

    /** In the order of the request. */
    private final List<Operand> present;
    private final int count;
    private final boolean firstIsMissing;

    private Operands(List<Operand> present, int count, boolean firstIsMissing) {
        this.present = present;
        this.count = count;
        this.firstIsMissing = firstIsMissing;
    }

    /** Looks up the keys from argument {@code from} on, before {@code to}. */
    static Operands read(Call call, int from, int to) {
        List<Operand> present = new ArrayList<>(to - from);
        boolean firstIsMissing = false;
        for (int i = from; i < to; i++) {
            Bytes key = call.arguments().get(i);
            SetValue set = call.readSet(key);
            if (set != null) {
                present.add(new Operand(key, set, set.size()));
            } else if (i == from) {
                firstIsMissing = true;
            }
        }
        return new Operands(present, to - from, firstIsMissing);
    }

    /** Walks through the smallest set and asks the others, smaller ones first. */
    void intersection(SetValue.MemberVisitor visitor) {
        if (present.size() < count) {
            return;
        }
        List<Operand> sorted = new ArrayList<>(present);
        sorted.sort(BY_SIZE);
        Operand smallest = sorted.get(0);
        SetValue[] others = others(smallest, sorted);
        smallest.set.visit(member -> {
            for (SetValue other : others) {
                if (!other.contains(member)) {
                    return true;
                }
            }
            return visitor.member(member);
        });
    }

    /** Walks through the first set and asks the others, larger ones first. */
    void difference(SetValue.MemberVisitor visitor) {
        if (firstIsMissing) {
            return;
        }
        Operand first = present.get(0);
        List<Operand> rest = new ArrayList<>(present.subList(1, present.size()));
        rest.sort(BY_SIZE.reversed());
        SetValue[] others = others(first, rest);
        if (others.length == rest.size()) {
            first.set.visit(member -> isIn(others, others.length, member) || visitor.member(member));
        }
    }

    /** Walks through all sets in the order of the request; members of several are met several times. */
    void union(SetValue.MemberVisitor visitor) {
        for (Operand operand : present) {
            operand.set.visit(visitor);
        }
    }

    /** Like {@link #union}, meeting every member once. */
    void distinctUnion(SetValue.MemberVisitor visitor) {
        List<Operand> sorted = new ArrayList<>(present);
        sorted.sort(BY_SIZE.reversed());
        SetValue[] seen = new SetValue[sorted.size()];
        for (int i = 0; i < seen.length; i++) {
            Operand operand = sorted.get(i);
            seen[i] = operand.set;
            int before = i;
            if (others(operand, sorted.subList(0, i)).length == i) {
                operand.set.visit(member -> isIn(seen, before, member) || visitor.member(member));
            }
        }
    }

    /** Number of sets that are there. */
    int present() {
        return present.size();
    }

    /** Whether all sets have an encoding. */
    boolean all(String encoding) {
        for (Operand operand : present) {
            if (!operand.set.encoding().equals(encoding)) {
                return false;
            }
        }
        return true;
    }

    /** The sets of other keys than this one's: a view must not be asked while it is walked through. */
    private static SetValue[] others(Operand one, List<Operand> operands) {
        return operands.stream().filter(o -> !o.key.equals(one.key)).map(Operand::set).toArray(SetValue[]::new);
    }

    private static boolean isIn(SetValue[] sets, int count, Bytes member) {
        for (int i = 0; i < count; i++) {
            if (sets[i].contains(member)) {
                return true;
            }
        }
        return false;
    }
}
