package io.releve.log.ring;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.log.ChangeLog;
import io.releve.log.Entry;
import io.releve.log.History;
import io.releve.log.Subscriber;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The log of one engine: numbers the entries, hands them to the subscribers, knows what they have acknowledged. */
final class OrderedLog implements ChangeLog {
    /** Bytes that are remembered for those who read the stream; who is further behind is cut off sooner, by other limits. */
    private static final long MOST_REMEMBERED = 1L << 30;
    private static final String NO_ID = "0".repeat(40);

    private final List<Place> places = new CopyOnWriteArrayList<>();
    private final List<Runnable> callbacks = new CopyOnWriteArrayList<>();
    private final Current current = new Current();
    private final StreamRendering rendering = new StreamRendering();
    private final Bytes nothing = new Bytes();
    private volatile String replicationId = newId();
    private volatile String secondReplicationId = NO_ID;
    private volatile long secondPosition = -1;
    private Backlog backlog;
    /** Whether what changes while nobody listens is missing in the history. */
    private boolean opened;
    private volatile boolean active;
    private volatile long acknowledged = Long.MAX_VALUE;
    private volatile long position;
    private volatile long changed;

    private static String newId() {
        byte[] id = new byte[NO_ID.length() / 2];
        new SecureRandom().nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    @Override
    public String replicationId() {
        return replicationId;
    }

    @Override
    public String secondReplicationId() {
        return secondReplicationId;
    }

    @Override
    public long secondPosition() {
        return secondPosition;
    }

    @Override
    public void restore(History history) {
        position = history.position();
        changed = position;
        rendering.selected(history.database());
        if (history.clean()) {
            replicationId = history.id();
        } else {
            secondReplicationId = history.id();
            secondPosition = position;
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long changed() {
        return changed;
    }

    @Override
    public History place() {
        return active || !opened ? new History(replicationId, position, true, rendering.selected()) : null;
    }

    @Override
    public boolean active() {
        return active;
    }

    @Override
    public void append(Entry.Kind kind, int database, int remainingInGroup, Arguments effect) {
        Bytes stream = kind == Entry.Kind.REQUEST ? nothing
                : rendering.render(kind, database, remainingInGroup, effect);
        hand(kind, database, remainingInGroup, effect, stream);
    }

    @Override
    public void appendForeign(Entry.Kind kind, int database, int remainingInGroup, Arguments request, Bytes stream) {
        rendering.selected(database);
        hand(kind, database, remainingInGroup, request, stream);
    }

    private void hand(Entry.Kind kind, int database, int remainingInGroup, Arguments effect, Bytes stream) {
        long start = position;
        current.set(kind, start, stream, database, remainingInGroup, effect);
        if (backlog != null) {
            backlog.add(stream);
        }
        for (int i = 0; i < places.size(); i++) {
            places.get(i).subscriber.entry(current);
        }
        position = start + stream.length();
        if (kind == Entry.Kind.EFFECT || kind == Entry.Kind.MESSAGE) {
            changed = position;
        }
    }

    @Override
    public void flush() {
        for (int i = 0; i < places.size(); i++) {
            places.get(i).subscriber.flush(position);
        }
    }

    @Override
    public Subscription subscribe(Subscriber subscriber, boolean acknowledges) {
        Place place = new Place(subscriber, acknowledges, position);
        places.add(place);
        rendering.forgetDatabase();
        recomputeActive();
        recompute();
        return place;
    }

    // Histories

    @Override
    public void opened() {
        opened = true;
    }

    private void recomputeActive() {
        boolean now = !places.isEmpty() || backlog != null;
        if (now && !active && opened) {
            replicationId = newId();
            secondReplicationId = NO_ID;
            secondPosition = -1;
        }
        active = now;
    }

    @Override
    public int selected() {
        return rendering.selected();
    }

    @Override
    public void adopt(String id, long newPosition, int database) {
        replicationId = id;
        secondReplicationId = NO_ID;
        secondPosition = -1;
        position = newPosition;
        changed = newPosition;
        rendering.selected(database);
        if (backlog != null) {
            backlog.forget();
            backlog = new Backlog(backlog.least(), MOST_REMEMBERED, position);
        }
    }

    @Override
    public void fork() {
        rename(newId());
        rendering.forgetDatabase();
    }

    @Override
    public void rename(String id) {
        secondReplicationId = replicationId;
        secondPosition = position;
        replicationId = id;
    }

    // The backlog

    @Override
    public void remember(long bytes) {
        if (bytes == 0 && backlog != null) {
            backlog.forget();
            backlog = null;
        } else if (bytes > 0 && backlog == null) {
            backlog = new Backlog(bytes, MOST_REMEMBERED, position);
        } else if (bytes > 0) {
            backlog.least(bytes);
        }
        recomputeActive();
    }

    @Override
    public long firstRemembered() {
        return backlog == null ? position : backlog.first();
    }

    @Override
    public Reader reader(long from) {
        return backlog.reader(from);
    }

    @Override
    public Reader reader() {
        rendering.forgetDatabase();
        return backlog.reader(position);
    }

    @Override
    public long acknowledged() {
        return acknowledged;
    }

    @Override
    public Runnable onAcknowledged(Runnable callback) {
        callbacks.add(callback);
        return () -> callbacks.remove(callback);
    }

    private void recompute() {
        long lowest;
        synchronized (this) {
            lowest = Long.MAX_VALUE;
            for (Place place : places) {
                if (place.acknowledges) {
                    lowest = Math.min(lowest, place.acknowledgedUpTo);
                }
            }
            if (lowest == acknowledged) {
                return;
            }
            acknowledged = lowest;
        }
        callbacks.forEach(Runnable::run);
    }

    private final class Place implements Subscription {
        private final Subscriber subscriber;
        private volatile boolean acknowledges;
        private volatile long acknowledgedUpTo;

        Place(Subscriber subscriber, boolean acknowledges, long acknowledgedUpTo) {
            this.subscriber = subscriber;
            this.acknowledges = acknowledges;
            this.acknowledgedUpTo = acknowledgedUpTo;
        }

        @Override
        public void acknowledge(long upTo) {
            acknowledgedUpTo = upTo;
            recompute();
        }

        @Override
        public void acknowledges(boolean on) {
            acknowledges = on;
            recompute();
        }

        @Override
        public void close() {
            places.remove(this);
            recomputeActive();
            recompute();
        }
    }

    private static final class Current implements Entry {
        private Kind kind;
        private long start;
        private Bytes stream;
        private int database;
        private int remainingInGroup;
        private Arguments effect;

        void set(Kind newKind, long newStart, Bytes newStream, int newDatabase, int newRemaining, Arguments newEffect) {
            kind = newKind;
            start = newStart;
            stream = newStream;
            database = newDatabase;
            remainingInGroup = newRemaining;
            effect = newEffect;
        }

        @Override
        public Kind kind() {
            return kind;
        }

        @Override
        public long start() {
            return start;
        }

        @Override
        public long position() {
            return start + stream.length();
        }

        @Override
        public Bytes stream() {
            return stream;
        }

        @Override
        public int database() {
            return database;
        }

        @Override
        public int remainingInGroup() {
            return remainingInGroup;
        }

        @Override
        public Arguments effect() {
            return effect;
        }
    }
}
