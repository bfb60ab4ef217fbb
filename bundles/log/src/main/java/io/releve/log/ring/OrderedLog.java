package io.releve.log.ring;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.log.ChangeLog;
import io.releve.log.Entry;
import io.releve.log.History;
import io.releve.log.Subscriber;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The log of one engine: numbers the entries, hands them to the subscribers, knows what they have acknowledged. */
final class OrderedLog implements ChangeLog {
    private static final long MOST_REMEMBERED = Integer.MAX_VALUE - 16;
    private static final String NO_ID = "0".repeat(40);

    private final List<Place> places = new CopyOnWriteArrayList<>();
    private final List<Runnable> callbacks = new CopyOnWriteArrayList<>();
    private final Current current = new Current();
    private final StreamRendering rendering = new StreamRendering();
    private final Bytes nothing = new Bytes();
    private volatile String replicationId = newId();
    private volatile String secondReplicationId = NO_ID;
    private volatile long secondPosition = -1;
    private Ring ring;
    private volatile boolean active;
    private volatile long acknowledged = Long.MAX_VALUE;
    private volatile long position;

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
    public boolean active() {
        return active;
    }

    @Override
    public void append(Entry.Kind kind, int database, int remainingInGroup, Arguments effect) {
        Bytes stream = kind == Entry.Kind.REQUEST ? nothing
                : rendering.render(kind, database, remainingInGroup, effect);
        long start = position;
        long end = start + stream.length();
        current.set(kind, start, stream, database, remainingInGroup, effect);
        if (ring != null) {
            ring.add(stream);
        }
        for (int i = 0; i < places.size(); i++) {
            places.get(i).subscriber.entry(current);
        }
        position = end;
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
        active = true;
        recompute();
        return place;
    }

    @Override
    public void remember(long bytes) {
        ring = bytes == 0 ? null : new Ring((int) Math.min(bytes, MOST_REMEMBERED), position);
        rendering.forgetDatabase();
        active = !places.isEmpty() || ring != null;
    }

    @Override
    public long firstRemembered() {
        return ring == null ? position : ring.first();
    }

    @Override
    public int read(long from, ByteBuffer target) {
        return ring == null ? 0 : ring.read(from, target);
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
            active = !places.isEmpty() || ring != null;
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
