package io.releve.commands.streams;

import io.releve.format.stream.Group;
import io.releve.format.stream.StreamId;
import io.releve.format.stream.StreamState;
import io.releve.keyspace.StreamValue;
import java.util.OptionalLong;

/** What can be told of entries that were there once (redis.io/commands/xinfo-groups, "Consumer group lag"). */
final class History {
    static final long UNKNOWN = -1;

    private History() {
    }

    /** Whether an entry after {@code start} may have been deleted by itself. */
    static boolean hasTombstones(StreamValue stream, StreamState state, StreamId start) {
        return stream.length() > 0 && !state.maxDeleted().equals(StreamId.MIN) && start.compareTo(state.maxDeleted()) <= 0
                && StreamCommand.end(stream, true).compareTo(state.maxDeleted()) <= 0;
    }

    /** How many entries were ever added up to an id, or {@link #UNKNOWN}. */
    static long entriesUpTo(StreamValue stream, StreamState state, StreamId id) {
        if (state.added() == 0) {
            return 0;
        }
        if (stream.length() == 0 && id.compareTo(state.last()) <= 0) {
            return state.added();
        }
        int toLast = id.compareTo(state.last());
        if (toLast >= 0) {
            return toLast == 0 ? state.added() : UNKNOWN;
        }
        StreamId first = StreamCommand.end(stream, true);
        if (state.maxDeleted().equals(StreamId.MIN) || state.maxDeleted().compareTo(first) < 0) {
            int toFirst = id.compareTo(first);
            if (toFirst <= 0) {
                return state.added() - stream.length() + (toFirst == 0 ? 1 : 0);
            }
        }
        return UNKNOWN;
    }

    /** How many entries a group has not been given yet; empty when that is not known. */
    static OptionalLong lag(StreamValue stream, StreamState state, Group group) {
        if (state.added() == 0) {
            return OptionalLong.of(0);
        }
        boolean counted = group.entriesRead() != UNKNOWN && !hasTombstones(stream, state, group.last());
        long read = counted ? group.entriesRead() : entriesUpTo(stream, state, group.last());
        return read == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(state.added() - read);
    }

    /** A group is given an entry that is new to it. */
    static void deliver(StreamValue stream, StreamState state, Group group, StreamId id) {
        if (group.entriesRead() != UNKNOWN && !hasTombstones(stream, state, id)) {
            group.entriesRead(group.entriesRead() + 1);
        } else if (state.added() > 0) {
            group.entriesRead(entriesUpTo(stream, state, id));
        }
        group.last(id);
    }
}
