package io.releve.keyspace.chronicle.collection;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Keyspace.FullException;
import io.releve.keyspace.SortedSetValue.ScoreVisitor;
import io.releve.keyspace.chronicle.directory.Record;
import io.releve.keyspace.chronicle.memory.Memory;
import io.releve.keyspace.chronicle.memory.Packed;
import io.releve.keyspace.chronicle.memory.ScoreOrder;

/** The compact content of a sorted set: {@link ScoredKey}s in order, looked for one by one. */
final class CompactOrder {
    private final CollectionView view;
    private final ScoredKey key = new ScoredKey();
    private final byte[] score = new byte[ScoredKey.SCORE];
    private int rank;

    CompactOrder(CollectionView view) {
        this.view = view;
    }

    /** Where a member's key is, or 0. */
    long find(long record, Bytes member) {
        long content = view.content(record);
        long end = content + Record.length(record);
        int length = ScoredKey.SCORE + member.length();
        rank = 0;
        for (long at = content + Compact.FIRST; at < end; at += Packed.sizeAt(at)) {
            if (Packed.length(at) == length && isMember(at, member)) {
                return at;
            }
            rank++;
        }
        return 0;
    }

    private boolean isMember(long at, Bytes member) {
        if (Packed.isOutside(at)) {
            return view.space.contents().compare(Packed.reference(at), ScoredKey.SCORE,
                    ScoredKey.SCORE + member.length(), member, 0) == 0;
        }
        return Memory.equal(at + Packed.header(at) + ScoredKey.SCORE, member.array(),
                Memory.ARRAY + member.offset(), member.length());
    }

    double score(long at) {
        if (Packed.isOutside(at)) {
            view.space.contents().read(Packed.reference(at), 0, score, 0, ScoredKey.SCORE);
        } else {
            Memory.copy(at + Packed.header(at), score, 0, ScoredKey.SCORE);
        }
        return ScoredKey.score(score, 0);
    }

    /** Where the first key is that is not below this one, or the end. */
    long lowerBound(long record, Bytes key) {
        long content = view.content(record);
        long end = content + Record.length(record);
        long at = content + Compact.FIRST;
        rank = 0;
        while (at < end && isBelow(at, key)) {
            at += Packed.sizeAt(at);
            rank++;
        }
        return at;
    }

    private boolean isBelow(long at, Bytes key) {
        if (!Packed.isOutside(at)) {
            return ScoreOrder.compare(at + Packed.header(at), Packed.length(at), key) < 0;
        }
        long kept = ScoredKey.sortable(score(at) + 0.0);
        long other = ScoredKey.sortable(key);
        return kept != other ? Long.compareUnsigned(kept, other) < 0
                : view.space.contents().compare(Packed.reference(at), ScoredKey.SCORE, Packed.length(at), key,
                        ScoredKey.SCORE) < 0;
    }

    /** Rank of what was found last. */
    int rank() {
        return rank;
    }

    /** Puts the key of a new member in its place. */
    void add(long record, double memberScore, Bytes member) {
        Bytes scoredKey = key.place(memberScore, member);
        int position = (int) (lowerBound(record, scoredKey) - view.content(record));
        scoredKey = key.of(memberScore, member);
        long reference = view.outside(scoredKey);
        try {
            long content = view.splice(record, position, 0, Compact.size(scoredKey));
            Compact.count(content, Compact.count(content) + 1);
            view.write(content + position, scoredKey, reference);
        } catch (FullException e) {
            view.free(reference);
            throw e;
        }
    }

    /** Gives the key of a member, which was found, another score and another place. Its length stays. */
    void move(long record, long from, double memberScore, Bytes member) {
        long to = lowerBound(record, key.place(memberScore, member));
        Bytes scoredKey = key.of(memberScore, member);
        int size = Packed.sizeAt(from);
        long reference = Packed.isOutside(from) ? Packed.reference(from) : 0;
        if (reference != 0) {
            view.space.contents().write(reference, 0, scoredKey.array(), scoredKey.offset(), ScoredKey.SCORE);
        }
        if (to > from) {
            Memory.copy(from + size, from, to - from - size);
            view.write(to - size, scoredKey, reference);
        } else {
            Memory.copy(to, to + size, from - to);
            view.write(to, scoredKey, reference);
        }
    }

    /** Removes keys from an address on. */
    void remove(long record, long from, int removed) {
        long content = view.content(record);
        int count = Compact.count(content);
        if (removed == count) {
            view.emptied();
            return;
        }
        long end = from;
        for (int i = 0; i < removed; i++) {
            int size = Packed.sizeAt(end);
            view.freeOutside(end);
            end += size;
        }
        Compact.count(view.splice(record, (int) (from - content), (int) (end - from), 0), count - removed);
    }

    /** Walks from a rank on. */
    void visit(long record, int from, boolean upwards, Visit visit, ScoreVisitor visitor) {
        int count = Compact.count(view.content(record));
        byte[] content = view.load(record, visit);
        int[] positions = upwards ? null : new int[from + 1];
        int at = Compact.FIRST;
        for (int i = 0; i < from || !upwards && i <= from; i++) {
            if (!upwards) {
                positions[i] = at;
            }
            at = visit.first.read(content, at, visit.key);
        }
        for (int i = from; upwards ? i < count : i >= 0; i += upwards ? 1 : -1) {
            at = visit.first.read(content, upwards ? at : positions[i], visit.key);
            double memberScore = ScoredKey.split(visit.key, visit.value);
            if (!visitor.member(visit.value, memberScore)) {
                return;
            }
        }
    }
}
