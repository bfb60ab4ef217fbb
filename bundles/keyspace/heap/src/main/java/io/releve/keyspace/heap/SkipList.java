package io.releve.keyspace.heap;

import java.util.Arrays;

/**
 * Members in order of score and name, with ranks: a skip list (Pugh, "Skip lists: a probabilistic alternative to
 * balanced trees", 1990) whose links know how many members they skip.
 */
final class SkipList {
    private static final int LEVELS = 24;
    private static final byte[] NO_NAME = {};

    /** Stands before the first member. */
    private final Scored head = new Scored(NO_NAME, 0, Double.NEGATIVE_INFINITY, LEVELS);
    /** The last link of each level before the place looked for, and its rank; filled by {@link #seek}. */
    private final Scored[] path = new Scored[LEVELS];
    private final int[] ranks = new int[LEVELS];
    private int levels = 1;
    private int size;

    int size() {
        return size;
    }

    /** Levels of a member with this hash: each next one with a chance of a quarter, nobody outside can choose it. */
    static int levels(int hash) {
        int mixed = hash * 0x9e3779b9;
        mixed ^= mixed >>> 15;
        mixed *= 0x85ebca6b;
        return Math.min(LEVELS, 1 + Integer.numberOfTrailingZeros(mixed ^ mixed >>> 13) / 2);
    }

    /** Fills the path to the place of a member and returns the number of members before it. */
    private int seek(double score, byte[] name) {
        Scored at = head;
        int rank = 0;
        for (int level = levels - 1; level >= 0; level--) {
            for (Scored next; (next = at.after[level]) != null
                    && next.isBefore(score, name, 0, name.length); at = next) {
                rank += at.spans[level];
            }
            path[level] = at;
            ranks[level] = rank;
        }
        return rank;
    }

    /** Adds a member that is not in the list. */
    void add(Scored member) {
        int rank = seek(member.score, member.key);
        for (; levels < member.after.length; levels++) {
            path[levels] = head;
            ranks[levels] = 0;
            head.after[levels] = null;
            head.spans[levels] = size;
        }
        for (int level = 0; level < levels; level++) {
            Scored previous = path[level];
            if (level >= member.after.length) {
                previous.spans[level]++;
                continue;
            }
            member.after[level] = previous.after[level];
            previous.after[level] = member;
            int distance = rank - ranks[level];
            member.spans[level] = previous.spans[level] - distance;
            previous.spans[level] = distance + 1;
        }
        member.before = path[0] == head ? null : path[0];
        if (member.after[0] != null) {
            member.after[0].before = member;
        }
        size++;
    }

    /** Removes a member that is in the list. */
    void remove(Scored member) {
        seek(member.score, member.key);
        for (int level = 0; level < levels; level++) {
            Scored previous = path[level];
            if (previous.after[level] == member) {
                previous.after[level] = member.after[level];
                previous.spans[level] += member.spans[level] - 1;
            } else {
                previous.spans[level]--;
            }
        }
        if (member.after[0] != null) {
            member.after[0].before = member.before;
        }
        size--;
        while (levels > 1 && head.after[levels - 1] == null) {
            levels--;
        }
    }

    /** The member at a rank from 0 to the size less one. */
    Scored at(long rank) {
        Scored at = head;
        long left = rank + 1;
        for (int level = levels - 1; level >= 0 && left > 0; level--) {
            while (at.after[level] != null && at.spans[level] <= left) {
                left -= at.spans[level];
                at = at.after[level];
            }
        }
        return at;
    }

    /** Number of members before the place of this score and name, or up to it. */
    int rank(double score, byte[] name, int from, int length, boolean inclusive) {
        Scored at = head;
        int rank = 0;
        for (int level = levels - 1; level >= 0; level--) {
            for (Scored next; (next = at.after[level]) != null && next.isBefore(score, name, from, length); at = next) {
                rank += at.spans[level];
            }
        }
        Scored next = at.after[0];
        boolean there = inclusive && next != null && next.score == score && next.key.length == length
                && Arrays.equals(next.key, 0, length, name, from, from + length);
        return there ? rank + 1 : rank;
    }

    /** Number of members with a score below this one, or not above it. */
    int rank(double score, boolean inclusive) {
        Scored at = head;
        int rank = 0;
        for (int level = levels - 1; level >= 0; level--) {
            for (Scored next; (next = at.after[level]) != null
                    && (next.score < score || inclusive && next.score == score); at = next) {
                rank += at.spans[level];
            }
        }
        return rank;
    }
}
