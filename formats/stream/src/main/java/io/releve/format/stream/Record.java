package io.releve.format.stream;

import io.releve.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Puts together and takes apart the names and contents of records: numbers big-endian, names last. */
final class Record {
    /** A longer name stands in the name of a record as its SHA-256. */
    private static final int LONGEST_NAME = 512;

    private byte[] bytes = new byte[64];
    private int at;
    private int end;

    /** Begins a new one. */
    Record clear() {
        at = 0;
        end = 0;
        return this;
    }

    /** Takes a copy of one that is to be read. */
    Record read(Bytes content) {
        clear();
        room(content.length());
        content.copyTo(0, bytes, 0, content.length());
        end = content.length();
        return this;
    }

    private void room(int more) {
        if (bytes.length - end < more) {
            bytes = Arrays.copyOf(bytes, Math.max(end + more, 2 * bytes.length));
        }
    }

    Record putByte(int value) {
        room(1);
        bytes[end++] = (byte) value;
        return this;
    }

    Record putInt(int value) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            putByte(value >>> shift);
        }
        return this;
    }

    Record putLong(long value) {
        return putInt((int) (value >>> 32)).putInt((int) value);
    }

    Record putBytes(Bytes value) {
        room(value.length());
        value.copyTo(0, bytes, end, value.length());
        end += value.length();
        return this;
    }

    /** A name of any length, as a part of a record's name. */
    Record putName(Bytes name) {
        if (name.length() <= LONGEST_NAME) {
            return putByte('=').putBytes(name);
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(name.array(), name.offset(), name.length());
            return putByte('~').putBytes(new Bytes(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    int getInt() {
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value = value << 8 | bytes[at++] & 0xff;
        }
        return value;
    }

    long getLong() {
        return (long) getInt() << 32 | getInt() & 0xffff_ffffL;
    }

    /** The rest, copied. */
    Bytes getRest() {
        byte[] rest = Arrays.copyOfRange(bytes, at, end);
        at = end;
        return new Bytes(rest);
    }

    Record skip(int count) {
        at += count;
        return this;
    }

    /** What was put, valid until this object is used again. */
    Bytes view() {
        return new Bytes(bytes, 0, end);
    }

    /** Whether a record's name begins with this. */
    boolean begins(Bytes name) {
        return name.length() >= end && Arrays.equals(bytes, 0, end, name.array(), name.offset(), name.offset() + end);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
    }
}
