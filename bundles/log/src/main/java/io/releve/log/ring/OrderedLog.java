package io.releve.log.ring;

import io.releve.bytes.Numbers;
import io.releve.command.Arguments;
import io.releve.log.ChangeLog;
import io.releve.log.Entry;
import io.releve.log.Subscriber;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The log of one engine: numbers the entries, hands them to the subscribers, knows what they have acknowledged. */
final class OrderedLog implements ChangeLog {
    private final String replicationId;
    private final List<Place> places = new CopyOnWriteArrayList<>();
    private final List<Runnable> callbacks = new CopyOnWriteArrayList<>();
    private final Current current = new Current();
    private volatile boolean active;
    private volatile long acknowledged = Long.MAX_VALUE;
    private volatile long position;

    OrderedLog() {
        byte[] id = new byte[20];
        new SecureRandom().nextBytes(id);
        replicationId = HexFormat.of().formatHex(id);
    }

    @Override
    public String replicationId() {
        return replicationId;
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
        long end = position + (kind == Entry.Kind.REQUEST ? 0 : length(effect));
        current.set(kind, end, database, remainingInGroup, effect);
        for (Place place : places) {
            place.subscriber.entry(current);
        }
        position = end;
    }

    @Override
    public void flush() {
        for (Place place : places) {
            place.subscriber.flush(position);
        }
    }

    @Override
    public Subscription subscribe(Subscriber subscriber, boolean acknowledges) {
        Place place = new Place(subscriber, acknowledges, position);
        places.add(place);
        active = true;
        recompute();
        return place;
    }

    @Override
    public long acknowledged() {
        return acknowledged;
    }

    @Override
    public void onAcknowledged(Runnable callback) {
        callbacks.add(callback);
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

    /** Length of a request with these arguments. */
    static long length(Arguments request) {
        long sum = 3L + Numbers.length(request.size());
        for (int i = 0; i < request.size(); i++) {
            int bytes = request.get(i).length();
            sum += 5L + Numbers.length(bytes) + bytes;
        }
        return sum;
    }

    private final class Place implements Subscription {
        private final Subscriber subscriber;
        private final boolean acknowledges;
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
        public void close() {
            places.remove(this);
            active = !places.isEmpty();
            recompute();
        }
    }

    private static final class Current implements Entry {
        private Kind kind;
        private long position;
        private int database;
        private int remainingInGroup;
        private Arguments effect;

        void set(Kind newKind, long newPosition, int newDatabase, int newRemaining, Arguments newEffect) {
            kind = newKind;
            position = newPosition;
            database = newDatabase;
            remainingInGroup = newRemaining;
            effect = newEffect;
        }

        @Override
        public Kind kind() {
            return kind;
        }

        @Override
        public long position() {
            return position;
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
