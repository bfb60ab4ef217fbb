package io.releve.commands.keys;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeyPositions.Found;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.commands.keys.Shipment.Parcel;
import io.releve.format.rdb.DumpPayload;
import io.releve.keyspace.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * MIGRATE (redis.io/commands/migrate). Other clients go on while keys are on their way: a key is deleted here only if
 * it still is what was sent, otherwise it is sent again.
 */
final class Migrate extends KeyCommand {
    /** A key that has changed in each of so many rounds stays here. */
    private static final int MOST_ROUNDS = 8;

    Migrate() {
        super(facts("MIGRATE", -6, CommandFlag.WRITE, CommandFlag.MOVABLEKEYS)
                .categories("dangerous")
                .keys(KeySpec.at(3, Flag.RW, Flag.ACCESS, Flag.DELETE),
                        KeySpec.after("KEYS", -2, -1, 1, 0, Flag.RW, Flag.ACCESS, Flag.DELETE, Flag.INCOMPLETE))
                .keyFinder(Migrate::keys)
                .since("2.6.0")
                .complexity("That of DUMP and DEL here and RESTORE there, and O(N) for the transfer.")
                .summary("Moves keys to another server.")
                .syntax("host port:integer <key | \"\"> destination-db:integer timeout:integer [COPY] [REPLACE]"
                        + " [AUTH password | AUTH2 username password] [KEYS key [key ...]]")
                .changed("3.0.0", "Added the options `COPY` and `REPLACE`.")
                .changed("3.0.6", "Added the option `KEYS`.")
                .changed("4.0.7", "Added the option `AUTH`.")
                .changed("6.0.0", "Added the option `AUTH2`.")
                .tips("nondeterministic_output"));
    }

    /** The key, or with an empty one those behind KEYS. */
    private static List<Found> keys(Arguments request) {
        KeySpec spec = KeySpec.at(3, Flag.RW, Flag.ACCESS, Flag.DELETE);
        for (int i = 6; i < request.size() && request.get(3).length() == 0; i++) {
            if (request.is(i, "KEYS")) {
                return IntStream.range(i + 1, request.size()).mapToObj(at -> new Found(at, spec)).toList();
            }
            // a password may look like an option
            i += request.is(i, "AUTH") ? 1 : request.is(i, "AUTH2") ? 2 : 0;
        }
        return List.of(new Found(3, spec));
    }

    @Override
    public void run(Call call) {
        MigrateRequest request = MigrateRequest.parse(call.arguments());
        Call.Outcome outcome = call.outcome();
        if (outcome == null) {
            begin(call, request);
        } else if (outcome.result() == null) {
            call.reply().error("IOERR error or timeout writing to target instance");
        } else {
            goOn(call, request, Shipment.of(outcome.result()));
        }
    }

    private static void begin(Call call, MigrateRequest request) {
        Delivery delivery = delivery(call, request, new Shipment());
        for (int i = 0; i < request.keys().size(); i++) {
            Value value = call.read(request.keys().get(i));
            if (value != null) {
                add(call, delivery, i, request.keys().get(i), value);
            }
        }
        if (delivery.isEmpty()) {
            call.reply().simple("NOKEY");
        } else {
            call.offload(delivery);
        }
    }

    private static Delivery delivery(Call call, MigrateRequest request, Shipment shipment) {
        return new Delivery(request, call.engine()::sessions, shipment);
    }

    private static void add(Call call, Delivery delivery, int index, Bytes key, Value value) {
        DumpPayload payload = value == null ? null : Dump.payload(call, value);
        delivery.add(parcel(index, value, payload), key, payload, call.now());
    }

    private static Parcel parcel(int index, Value value, DumpPayload payload) {
        return value == null ? new Parcel(index, -1, 0, Value.NEVER, false)
                : new Parcel(index, payload.length(), payload.crc(), value.expireAt(), false);
    }

    /** A round is over. */
    private static void goOn(Call call, MigrateRequest request, Shipment shipment) {
        Map<Integer, Parcel> latest = new HashMap<>();
        shipment.parcels().forEach(parcel -> latest.put(parcel.index(), parcel));
        List<Parcel> arrived = new ArrayList<>(latest.values());
        arrived.sort(Comparator.comparing(Parcel::index));
        Delivery again = delivery(call, request, shipment);
        List<Bytes> done = new ArrayList<>();
        if (!request.copy()) {
            for (Parcel parcel : arrived) {
                Bytes key = request.keys().get(parcel.index());
                Value value = call.read(key);
                DumpPayload payload = value == null ? null : Dump.payload(call, value);
                Parcel current = parcel(parcel.index(), value, payload);
                if (!current.sameAs(parcel)) {
                    again.add(current, key, payload, call.now());
                } else if (value != null) {
                    done.add(key);
                }
            }
        }
        if (!again.isEmpty() && shipment.error() == null) {
            if (shipment.rounds() < MOST_ROUNDS) {
                call.offload(again);
                return;
            }
            shipment.error("ERR A key was changed again and again while it was sent: it is at the target as it was, and"
                    + " was not deleted here");
        }
        delete(call, done);
        if (shipment.error() == null) {
            call.reply().ok();
        } else {
            call.reply().error(shipment.error());
        }
    }

    private static void delete(Call call, List<Bytes> keys) {
        List<Object> effect = new ArrayList<>(List.of("DEL"));
        for (Bytes key : keys) {
            // A key may have been named twice.
            if (call.database().remove(key)) {
                call.changed(key, KeyEvent.GENERIC, "del");
                effect.add(key);
            }
        }
        if (effect.size() > 1) {
            call.effect(effect.toArray());
        }
    }
}
