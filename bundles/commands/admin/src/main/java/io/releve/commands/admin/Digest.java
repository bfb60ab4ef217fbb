package io.releve.commands.admin;

import io.releve.bytes.ByteSource;
import io.releve.bytes.Bytes;
import io.releve.engine.Engine;
import io.releve.keyspace.Database;
import io.releve.keyspace.HashValue;
import io.releve.keyspace.ListValue;
import io.releve.keyspace.SetValue;
import io.releve.keyspace.SortedSetValue;
import io.releve.keyspace.StreamValue;
import io.releve.keyspace.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The hash of DEBUG DIGEST: 20 bytes that do not depend on the order of keys, and equal those of Redis for the same data,
 * so that two servers can be compared. The digests of all keys are combined by exclusive or; within a key one is mixed
 * with the next by hashing.
 */
final class Digest {
    private static final int LENGTH = 20;
    private static final int DIGITS = 17;

    private final MessageDigest sha1;
    private final byte[] bytes = new byte[LENGTH];

    private Digest() {
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String ofEverything(Engine engine) {
        Digest all = new Digest();
        for (int i = 0; i < engine.databases(); i++) {
            Database database = engine.databaseInUse(i);
            if (database != null) {
                all.addDatabase(database);
            }
        }
        return all.toString();
    }

    /** The digest of a value alone; all zeros for null. */
    static String ofValue(Value value) {
        Digest digest = new Digest();
        if (value != null) {
            digest.addValue(value);
        }
        return digest.toString();
    }

    private void addDatabase(Database database) {
        if (database.size() == 0) {
            return;
        }
        mix(number(database.index()));
        long cursor = 0;
        java.util.Set<Bytes> seen = new java.util.HashSet<>();
        do {
            cursor = database.scan(cursor, 1000, (key, value) -> {
                if (seen.add(key.copy())) {
                    Digest one = new Digest();
                    one.mix(key.toByteArray());
                    one.addValue(value);
                    xor(sha1.digest(one.bytes));
                }
            });
        } while (cursor != 0);
    }

    private void addValue(Value value) {
        mix(number(redisType(value)));
        switch (value.type()) {
            case STRING -> mix(((ByteSource) value).toByteArray());
            case LIST -> ((ListValue) value).visit(0, true, (index, element) -> {
                mix(element.toByteArray());
                return true;
            });
            case SET -> ((SetValue) value).visit(member -> {
                xor(sha1.digest(member.toByteArray()));
                return true;
            });
            case HASH -> ((HashValue) value).visit((field, content) -> {
                addPair(field.toByteArray(), content.toByteArray());
                return true;
            });
            case SORTED_SET -> ((SortedSetValue) value).visit(0, true, (member, score) -> {
                addPair(member.toByteArray(), seventeenDigits(score).getBytes(StandardCharsets.US_ASCII));
                return true;
            });
            case STREAM -> ((StreamValue) value).visit(0, 0, true, (milliseconds, sequence, body) -> {
                mix((Long.toUnsignedString(milliseconds) + "." + Long.toUnsignedString(sequence))
                        .getBytes(StandardCharsets.US_ASCII));
                mixFields(ByteBuffer.wrap(body.toByteArray()));
                return true;
            });
        }
        if (value.expireAt() != Value.NEVER) {
            xor(sha1.digest("!!expire!!".getBytes(StandardCharsets.US_ASCII)));
        }
    }

    /** The order of what is added so does not matter. */
    private void addPair(byte[] first, byte[] second) {
        Digest pair = new Digest();
        pair.mix(first);
        pair.mix(second);
        xor(sha1.digest(pair.bytes));
    }

    /** Fields and values in turn, each behind its length. */
    private void mixFields(ByteBuffer body) {
        while (body.hasRemaining()) {
            byte[] word = new byte[body.getInt()];
            body.get(word);
            mix(word);
        }
    }

    /** As {@code %.17g} of C prints it: Redis 7.0 does so here, whatever its replies look like. */
    static String seventeenDigits(double score) {
        if (Double.isInfinite(score)) {
            return score > 0 ? "inf" : "-inf";
        }
        if (score == 0) {
            return 1 / score < 0 ? "-0" : "0";
        }
        BigDecimal rounded = new BigDecimal(score).round(new MathContext(DIGITS, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent < DIGITS) {
            return rounded.toPlainString();
        }
        String digits = rounded.unscaledValue().abs().toString();
        return (score < 0 ? "-" : "") + digits.charAt(0) + (digits.length() > 1 ? "." + digits.substring(1) : "") + 'e'
                + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    /** Redis numbers its types string, list, set, sorted set, hash, module, stream. */
    private static int redisType(Value value) {
        return switch (value.type()) {
            case STRING -> 0;
            case LIST -> 1;
            case SET -> 2;
            case SORTED_SET -> 3;
            case HASH -> 4;
            case STREAM -> 6;
        };
    }

    private void mix(byte[] content) {
        xor(sha1.digest(content));
        System.arraycopy(sha1.digest(bytes), 0, bytes, 0, LENGTH);
    }

    private void xor(byte[] other) {
        for (int i = 0; i < LENGTH; i++) {
            bytes[i] ^= other[i];
        }
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
