package io.releve.keyspace.chronicle.collection;

import io.releve.bytes.Bytes;
import io.releve.keyspace.chronicle.directory.Record;
import io.releve.keyspace.chronicle.memory.Memory;
import io.releve.keyspace.chronicle.memory.Packed;

/** The compact content of a sorted set: {@link ScoredKey}s in order. */
final class CompactOrder {
    private final CollectionView view;
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
        if (Packed.isOutside(at)) {
            return view.space.contents().compare(Packed.reference(at), 0, Packed.length(at), key, 0) < 0;
        }
        return Memory.compare(at + Packed.header(at), Packed.length(at), key.array(), Memory.ARRAY + key.offset(),
                key.length()) < 0;
    }

    /** Rank of what was found last. */
    int rank() {
        return rank;
    }
}
