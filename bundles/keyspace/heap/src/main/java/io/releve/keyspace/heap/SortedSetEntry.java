package io.releve.keyspace.heap;

import io.releve.bytes.Bytes;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.SortedSetValue;
import java.util.random.RandomGenerator;

/** A sorted set. The encoding is a name only: the members are always in a table and in a skip list. */
final class SortedSetEntry extends Entry implements SortedSetValue {
    private final Bytes visited = new Bytes();
    private final KeyTable<Scored> members = new KeyTable<>();
    private final SkipList order = new SkipList();
    /** Whether it once outgrew the limits; it never goes back. */
    private boolean large;
    private long memory;

    SortedSetEntry(HeapDatabase database) {
        super(database);
        large = database.limits().sortedSetEntries() == 0;
    }

    @Override
    Entry duplicate() {
        SortedSetEntry copy = new SortedSetEntry(database);
        copy.large = large;
        for (Scored m = first(); m != null; m = m.after[0]) {
            copy.add(m.key, m.hash, m.score);
        }
        return copy;
    }

    private Scored first() {
        return members.size() == 0 ? null : order.at(0);
    }

    private void add(byte[] key, int hash, double score) {
        Scored member = new Scored(key, hash, score, SkipList.levels(hash));
        members.add(member);
        order.add(member);
        count(member.memory());
    }

    private void remove(Scored member) {
        members.remove(member);
        order.remove(member);
        count(-member.memory());
    }

    private void count(long change) {
        memory += change;
        grow(change);
    }

    @Override
    long contentMemory() {
        return memory;
    }

    @Override
    boolean isVoid() {
        return members.size() == 0;
    }

    @Override
    public String encoding() {
        return large ? "skiplist" : "listpack";
    }

    @Override
    public long size() {
        return members.size();
    }

    private Scored find(Bytes member) {
        return members.find(member, database.hash(member));
    }

    @Override
    public double score(Bytes member) {
        Scored found = find(member);
        return found == null ? Double.NaN : found.score;
    }

    @Override
    public boolean put(Bytes member, double score) {
        beforeChange();
        int hash = database.hash(member);
        Scored found = members.find(member, hash);
        if (found == null) {
            add(kept(member), hash, score);
            EncodingLimits limits = database.limits();
            large |= members.size() > limits.sortedSetEntries() || member.length() > limits.sortedSetValue();
            return true;
        }
        if (found.score != score) {
            order.remove(found);
            found.score = score;
            order.add(found);
        }
        return false;
    }

    @Override
    public boolean remove(Bytes member) {
        beforeChange();
        Scored found = find(member);
        if (found == null) {
            return false;
        }
        remove(found);
        removeIfVoid();
        return true;
    }

    @Override
    public long rank(Bytes member) {
        Scored found = find(member);
        return found == null ? -1 : order.rank(found.score, found.key, 0, found.key.length, false);
    }

    @Override
    public long rank(double score, boolean inclusive) {
        return order.rank(score, inclusive);
    }

    @Override
    public long rank(Bytes member, boolean inclusive) {
        Scored first = first();
        return first == null ? 0
                : order.rank(first.score, member.array(), member.offset(), member.length(), inclusive);
    }

    @Override
    public void visit(long rank, boolean upwards, ScoreVisitor visitor) {
        if (rank < 0 || rank >= members.size()) {
            return;
        }
        Scored member = order.at(rank);
        while (member != null && visitor.member(member.show(visited), member.score)) {
            member = upwards ? member.after[0] : member.before;
        }
    }

    @Override
    public void remove(long rank, long count) {
        beforeChange();
        if (rank < 0 || rank >= members.size() || count <= 0) {
            return;
        }
        Scored member = order.at(rank);
        for (long left = count; left > 0 && member != null; left--) {
            Scored next = member.after[0];
            remove(member);
            member = next;
        }
        removeIfVoid();
    }

    @Override
    public long scan(long cursor, int count, ScoreVisitor visitor) {
        if (large) {
            return members.scan(cursor, count, m -> visitor.member(m.show(visited), m.score));
        }
        for (Scored m = first(); m != null; m = m.after[0]) {
            visitor.member(m.show(visited), m.score);
        }
        return 0;
    }

    @Override
    public double random(RandomGenerator random, Bytes member) {
        Scored chosen = order.at(random.nextInt(members.size()));
        chosen.show(member);
        return chosen.score;
    }
}
