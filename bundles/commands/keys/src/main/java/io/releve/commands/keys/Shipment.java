package io.releve.commands.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What MIGRATE has brought to the target so far; it goes from one run of the command to the next as bytes, as a command
 * keeps nothing.
 */
final class Shipment {
    /** Bytes of a parcel: index and length i32, check, expiry time i64, arrived u8. */
    private static final int PARCEL = 2 * Integer.BYTES + 2 * Long.BYTES + 1;

    /**
     * A key as it was sent.
     *
     * @param index which of the request's keys
     * @param length of the payload, -1: the key was not there any more and was deleted at the target
     * @param check of the payload
     * @param expireAt as the value's
     * @param arrived whether the target has confirmed it
     */
    record Parcel(int index, int length, long check, long expireAt, boolean arrived) {
        /** Whether it is the same content. */
        boolean sameAs(Parcel other) {
            return length == other.length && check == other.check && expireAt == other.expireAt;
        }

        Parcel withArrival() {
            return new Parcel(index, length, check, expireAt, true);
        }
    }

    private final List<Parcel> parcels = new ArrayList<>();
    /** How often parcels were sent. */
    private int rounds;
    private String error;

    List<Parcel> parcels() {
        return parcels;
    }

    int rounds() {
        return rounds;
    }

    void rounds(int count) {
        rounds = count;
    }

    /** The error reply, or null. */
    String error() {
        return error;
    }

    /** The first error counts. */
    void error(String message) {
        if (error == null) {
            error = message;
        }
    }

    byte[] toBytes() {
        byte[] text = error == null ? new byte[0] : error.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(2 * Integer.BYTES + text.length + parcels.size() * PARCEL);
        bytes.putInt(rounds).putInt(error == null ? -1 : text.length).put(text);
        for (Parcel p : parcels) {
            bytes.putInt(p.index).putInt(p.length).putLong(p.check).putLong(p.expireAt)
                    .put((byte) (p.arrived ? 1 : 0));
        }
        return bytes.array();
    }

    static Shipment of(byte[] content) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        Shipment shipment = new Shipment();
        shipment.rounds = bytes.getInt();
        int length = bytes.getInt();
        if (length >= 0) {
            byte[] text = new byte[length];
            bytes.get(text);
            shipment.error = new String(text, StandardCharsets.UTF_8);
        }
        while (bytes.hasRemaining()) {
            shipment.parcels.add(new Parcel(bytes.getInt(), bytes.getInt(), bytes.getLong(), bytes.getLong(),
                    bytes.get() != 0));
        }
        return shipment;
    }
}
