package io.releve.commands.keys;

import io.releve.bytes.ByteSource;
import io.releve.bytes.Bytes;
import io.releve.commands.keys.Shipment.Parcel;
import io.releve.engine.Session;
import io.releve.keyspace.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One round of MIGRATE on another thread: the payloads of some keys are brought to the target. */
final class Delivery implements Callable<byte[]> {

    /**
     * Something to send.
     *
     * @param key a copy
     * @param payload null: the key is to be deleted
     * @param remaining life of the key in ms at the time of {@link Delivery#since}, 0 for ever
     */
    private record Item(Parcel parcel, Bytes key, ByteSource payload, long remaining) {
    }

    private final MigrateRequest request;
    private final Supplier<Collection<Session>> sessions;
    /** {@link System#nanoTime} of the moment in which the values were read. */
    private final long since = System.nanoTime();
    private final List<Item> items = new ArrayList<>();
    private final Shipment shipment;

    /**
     * @param sessions those of this server: one that is our own connection means that the target is this server
     * @param shipment of the rounds before; what arrived stays in it
     */
    Delivery(MigrateRequest request, Supplier<Collection<Session>> sessions, Shipment shipment) {
        this.request = request;
        this.sessions = sessions;
        this.shipment = shipment;
    }

    void add(Parcel parcel, Bytes key, ByteSource payload, long now) {
        long remaining = parcel.expireAt() == Value.NEVER ? 0 : Math.max(1, parcel.expireAt() - now);
        items.add(new Item(parcel, key.copy(), payload, remaining));
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    @Override
    public byte[] call() {
        shipment.rounds(shipment.rounds() + 1);
        try (TargetConnection target = TargetConnection.open(request.host(), request.port(), request.timeout())) {
            if (greet(target)) {
                deliver(target);
            }
        } catch (TargetConnection.FailedException e) {
            shipment.error(e.getMessage());
        }
        return shipment.toBytes();
    }

    /** Logs in and chooses the database; keys must not arrive in another one. */
    private boolean greet(TargetConnection target) throws TargetConnection.FailedException {
        if (!request.login().isEmpty()) {
            List<Object> words = new ArrayList<>(List.of("AUTH"));
            request.login().forEach(word -> words.add(new Bytes(word)));
            target.send(words.toArray());
            target.flush();
            if (!succeeded(target.readLine())) {
                return false;
            }
        }
        target.send("SELECT", request.database());
        target.flush();
        if (!succeeded(target.readLine())) {
            return false;
        }
        String own = target.localAddress();
        for (Session session : sessions.get()) {
            if (session.connection().remoteAddress().equals(own)) {
                // A key that is restored over itself must not be deleted afterwards. Redis, too, cannot talk to itself.
                shipment.error("IOERR error or timeout reading to target instance");
                return false;
            }
        }
        return true;
    }

    private boolean succeeded(String reply) {
        if (reply.startsWith("-")) {
            shipment.error("ERR Target instance replied with error: " + reply.substring(1));
            return false;
        }
        return true;
    }

    private void deliver(TargetConnection target) throws TargetConnection.FailedException {
        long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
        // A key that came in an earlier round is ours to replace.
        boolean replace = request.replace() || shipment.rounds() > 1;
        int sent = 0;
        int answered = 0;
        for (Item item : items) {
            if (item.payload() == null) {
                target.send("DEL", item.key());
            } else {
                long remaining = item.remaining() == 0 ? 0 : Math.max(1, item.remaining() - passed);
                if (replace) {
                    target.send("RESTORE", item.key(), remaining, item.payload(), "REPLACE");
                } else {
                    target.send("RESTORE", item.key(), remaining, item.payload());
                }
            }
            sent++;
            // So many unread replies fit into the buffers in between, whatever they are.
            if (sent - answered == 64) {
                target.flush();
                answered = take(target, answered, sent);
            }
        }
        target.flush();
        take(target, answered, sent);
    }

    private int take(TargetConnection target, int from, int to) throws TargetConnection.FailedException {
        for (int i = from; i < to; i++) {
            Parcel parcel = items.get(i).parcel();
            if (succeeded(target.readLine())) {
                shipment.parcels().add(parcel.withArrival());
            }
        }
        return to;
    }
}
