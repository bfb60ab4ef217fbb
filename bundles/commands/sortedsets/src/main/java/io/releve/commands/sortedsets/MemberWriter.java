package io.releve.commands.sortedsets;

import io.releve.bytes.Bytes;
import io.releve.command.Reply;
import io.releve.keyspace.SortedSetValue;

/** Writes members, with scores beside them or in pairs. */
final class MemberWriter implements SortedSetValue.ScoreVisitor {
    private final Reply reply;
    private final boolean withScores;
    private final boolean pairs;

    private MemberWriter(Reply reply, boolean withScores, boolean pairs) {
        this.reply = reply;
        this.withScores = withScores;
        this.pairs = pairs;
    }

    /** Writes scores, if at all, in pairs with the members in RESP3 and beside them in RESP2. */
    static MemberWriter of(Reply reply, boolean withScores) {
        return new MemberWriter(reply, withScores, withScores && reply.protocol() >= 3);
    }

    /** Writes scores beside the members. */
    static MemberWriter flat(Reply reply) {
        return new MemberWriter(reply, true, false);
    }

    /** Writes pairs of members and scores. */
    static MemberWriter pairs(Reply reply) {
        return new MemberWriter(reply, true, true);
    }

    /** Begins an array of so many members. */
    void begin(long members) {
        reply.array(Math.toIntExact(withScores && !pairs ? Math.multiplyExact(members, 2L) : members));
    }

    @Override
    public boolean member(Bytes member, double score) {
        if (pairs) {
            reply.array(2);
        }
        reply.bulk(member);
        if (withScores) {
            reply.decimal(score);
        }
        return true;
    }
}
