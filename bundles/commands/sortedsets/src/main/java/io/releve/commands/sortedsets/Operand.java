package io.releve.commands.sortedsets;

import io.releve.bytes.Bytes;
import io.releve.keyspace.SetValue;
import io.releve.keyspace.SortedSetValue;
import io.releve.keyspace.Value;

/**
 * One of the sets that are joined: a sorted set, a set, whose members all have the score 1, or nothing, which is an
 * empty set. Equal keys give equal sets, but perhaps not the same view.
 */
final class Operand {
    private final Bytes key;
    private final SortedSetValue sorted;
    private final SetValue plain;
    private final long size;
    private double weight = 1;

    /** @param value a sorted set, a set, or null */
    Operand(Bytes key, Value value) {
        this.key = key;
        sorted = value instanceof SortedSetValue set ? set : null;
        plain = value instanceof SetValue set ? set : null;
        size = sorted != null ? sorted.size() : plain != null ? plain.size() : 0;
    }

    /** Number of members when the command began. */
    long size() {
        return size;
    }

    boolean isSameAs(Operand other) {
        return key.equals(other.key);
    }

    void weight(double factor) {
        weight = factor;
    }

    /** A score of this set multiplied with its weight. */
    double weighted(double score) {
        return score * weight;
    }

    /** The member's score, NaN when it is not there. */
    double score(Bytes member) {
        if (sorted != null) {
            return sorted.score(member);
        }
        return plain != null && plain.contains(member) ? 1 : Double.NaN;
    }

    void visit(SortedSetValue.ScoreVisitor visitor) {
        if (sorted != null) {
            sorted.visit(0, true, visitor);
        } else if (plain != null) {
            plain.visit(member -> visitor.member(member, 1));
        }
    }
}
