package io.releve.commands.sortedsets;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.KeyEvent;
import io.releve.keyspace.SortedSetValue;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;

/** Builds the results of the ...STORE commands, which are made completely before the destination is touched. */
public final class Result {
    private Result() {
    }

    /** An empty sorted set under no key. */
    public static SortedSetValue begin(Call call) {
        return (SortedSetValue) call.database().detached(Type.SORTED_SET);
    }

    /**
     * Gives a member a score. As in Redis, a compact set has no negative zero, since it holds integers as such; the
     * member that makes a set one of the other kind keeps its sign.
     */
    static void put(SortedSetValue set, Bytes member, double score) {
        if (!isNegativeZero(score) || !isCompact(set)) {
            set.put(member, score);
            return;
        }
        set.put(member, 0);
        if (!isCompact(set)) {
            // both zeros are the same score: it takes another one between them
            set.put(member, 1);
            set.put(member, score);
        }
    }

    private static boolean isNegativeZero(double score) {
        return score == 0 && 1 / score < 0;
    }

    private static boolean isCompact(SortedSetValue set) {
        return set.encoding().equals("listpack");
    }

    /** The result as it is kept: whether it is compact is known in the end only. */
    private static SortedSetValue kept(Call call, SortedSetValue result) {
        if (!isCompact(result)) {
            return result;
        }
        boolean[] negativeZeros = {false};
        new Span(result.rank(0, false), result.rank(0, true)).visit(result, true, (member, score) -> {
            negativeZeros[0] |= isNegativeZero(score);
            return true;
        });
        if (!negativeZeros[0]) {
            return result;
        }
        SortedSetValue copy = begin(call);
        result.visit(0, true, (member, score) -> {
            put(copy, member, score);
            return true;
        });
        return copy;
    }

    /**
     * Puts a result in the place of whatever a key holds, or removes the key when the result is empty, and reports it.
     *
     * @param event the event of a key that was set
     */
    public static void store(Call call, Bytes key, SortedSetValue result, String event) {
        boolean replaces = call.write(key) != null;
        if (result.size() > 0) {
            call.database().attach(key, kept(call, result), Value.NEVER, call.engine().accessClock());
            if (!replaces) {
                call.event(key, KeyEvent.NEW, "new");
            }
            call.changed(key, KeyEvent.SORTED_SET, event);
        } else if (replaces) {
            call.database().remove(key);
            call.changed(key, KeyEvent.GENERIC, "del");
        }
    }
}
