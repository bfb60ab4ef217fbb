package io.releve.acl.core;

import io.releve.command.Reply;
import io.releve.security.Authorizer.Context;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/** What was refused, the latest first (redis.io, ACL LOG). The same again within a minute counts up the entry that is there. */
final class AccessLog {
    /** What was missing; the names are those of ACL LOG. */
    enum Reason {
        AUTH, COMMAND, KEY, CHANNEL
    }

    private static final long SAME_MS = 60_000;
    /** How many entries are compared. */
    private static final int COMPARED = 10;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private final long[] counts = new long[Reason.values().length];
    private long nextId;
    private long limit = 128;

    private static final class Entry {
        private final long id;
        private final Reason reason;
        private final Context context;
        private final String object;
        private final String user;
        private final long created;
        private long updated;
        private long count = 1;
        private String client;

        Entry(long id, Reason reason, Context context, String object, String user, String client, long now) {
            this.id = id;
            this.reason = reason;
            this.context = context;
            this.object = object;
            this.user = user;
            this.client = client;
            created = now;
            updated = now;
        }

        boolean isSame(Entry other) {
            return reason == other.reason && context == other.context && object.equals(other.object)
                    && user.equals(other.user) && other.created - updated <= SAME_MS;
        }

        void write(Reply reply, long now) {
            reply.map(10);
            reply.bulk("count");
            reply.integer(count);
            reply.bulk("reason");
            reply.bulk(reason.name().toLowerCase(Locale.ROOT));
            reply.bulk("context");
            reply.bulk(context.name().toLowerCase(Locale.ROOT));
            reply.bulk("object");
            reply.bulk(Names.bytes(object));
            reply.bulk("username");
            reply.bulk(Names.bytes(user));
            reply.bulk("age-seconds");
            reply.decimal((now - updated) / 1000.0);
            reply.bulk("client-info");
            reply.bulk(client);
            reply.bulk("entry-id");
            reply.integer(id);
            reply.bulk("timestamp-created");
            reply.integer(created);
            reply.bulk("timestamp-last-updated");
            reply.integer(updated);
        }
    }

    /** {@code acllog-max-len} was set. */
    void limit(long most) {
        limit = most;
        trim();
    }

    /** @param client the line that CLIENT LIST shows of it */
    void add(Reason reason, Context context, String object, String user, String client, long now) {
        counts[reason.ordinal()]++;
        if (limit == 0) {
            return;
        }
        Entry entry = new Entry(nextId, reason, context, object, user, client, now);
        Iterator<Entry> recent = entries.iterator();
        for (int i = 0; i < COMPARED && recent.hasNext(); i++) {
            Entry known = recent.next();
            if (known.isSame(entry)) {
                recent.remove();
                known.count++;
                known.updated = now;
                known.client = client;
                entries.addFirst(known);
                return;
            }
        }
        nextId++;
        entries.addFirst(entry);
        trim();
    }

    private void trim() {
        while (entries.size() > limit) {
            entries.removeLast();
        }
    }

    void clear() {
        entries.clear();
    }

    /** Writes so many of the latest entries. */
    void write(Reply reply, long most, long now) {
        int size = (int) Math.min(entries.size(), Math.max(0, most));
        reply.array(size);
        List<Entry> first = new ArrayList<>(entries).subList(0, size);
        first.forEach(entry -> entry.write(reply, now));
    }

    /** How often this was the reason, since the start. */
    long count(Reason reason) {
        return counts[reason.ordinal()];
    }
}
