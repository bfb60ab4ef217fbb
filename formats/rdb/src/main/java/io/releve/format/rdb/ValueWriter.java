package io.releve.format.rdb;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.HashValue;
import io.releve.keyspace.ListValue;
import io.releve.keyspace.SetValue;
import io.releve.keyspace.SortedSetValue;
import io.releve.keyspace.StreamValue;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Value;
import java.util.Arrays;

/**
 * Writes values while it walks through them: of a collection only what makes one packed string is ever copied. What is
 * compact in the keyspace is written in one string, as Redis does.
 */
public final class ValueWriter {
    /** The version that Redis 7.0 reads. */
    public static final int DEFAULT_VERSION = 10;
    /** The version of Redis 7.2. */
    public static final int NEWEST_VERSION = 11;
    /** A larger collection is never packed in one string. */
    private static final int MOST_PACKED = 8192;

    private final RdbOutput output;
    private final EncodingLimits limits;
    private final int version;
    private final ListpackWriter listpack = new ListpackWriter();

    /**
     * @param limits how large the nodes of lists and streams become
     * @param version of RDB, {@link #DEFAULT_VERSION} or {@link #NEWEST_VERSION}
     */
    public ValueWriter(RdbOutput output, EncodingLimits limits, int version) {
        if (version < DEFAULT_VERSION || version > NEWEST_VERSION) {
            throw new IllegalArgumentException("version " + version);
        }
        this.output = output;
        this.limits = limits;
        this.version = version;
    }

    /** How {@link #write} encodes a value. */
    public RdbType type(Value value) {
        switch (value.type()) {
            case STRING:
                return RdbType.STRING;
            case LIST:
                return RdbType.LIST_QUICKLIST_2;
            case SET:
                if (is(value, "intset", ((SetValue) value).size())) {
                    return RdbType.SET_INTSET;
                }
                return version >= NEWEST_VERSION && is(value, "listpack", ((SetValue) value).size())
                        ? RdbType.SET_LISTPACK : RdbType.SET;
            case SORTED_SET:
                return is(value, "listpack", ((SortedSetValue) value).size()) ? RdbType.ZSET_LISTPACK : RdbType.ZSET_2;
            case HASH:
                return is(value, "listpack", ((HashValue) value).size()) ? RdbType.HASH_LISTPACK : RdbType.HASH;
            case STREAM:
                return version >= NEWEST_VERSION ? RdbType.STREAM_LISTPACKS_3 : RdbType.STREAM_LISTPACKS_2;
            default:
                throw new IllegalArgumentException("No encoding for the type " + value.type());
        }
    }

    private static boolean is(Value value, String encoding, long size) {
        return size <= MOST_PACKED && value.encoding().equals(encoding);
    }

    /** Writes a value without its type. */
    public void write(Value value) {
        switch (type(value)) {
            case STRING -> output.writeString((StringValue) value);
            case LIST_QUICKLIST_2 -> new ListWriter(output, limits, listpack).write((ListValue) value);
            case SET -> writeSet((SetValue) value);
            case SET_INTSET -> writeIntegers((SetValue) value);
            case SET_LISTPACK -> {
                listpack.clear();
                ((SetValue) value).visit(member -> listpack.add(member) == listpack);
                listpack.write(output);
            }
            case ZSET_LISTPACK -> writePacked((SortedSetValue) value);
            case ZSET_2 -> writeSortedSet((SortedSetValue) value);
            case HASH_LISTPACK -> {
                listpack.clear();
                ((HashValue) value).visit((field, content) -> listpack.add(field).add(content) == listpack);
                listpack.write(output);
            }
            case HASH -> writeHash((HashValue) value);
            default -> new StreamWriter(output, limits, version >= NEWEST_VERSION).write((StreamValue) value);
        }
    }

    private void writeSet(SetValue set) {
        output.writeLength(set.size());
        set.visit(member -> {
            output.writeString(member);
            return true;
        });
    }

    private void writeIntegers(SetValue set) {
        long[] integers = new long[(int) set.size()];
        int[] count = {0};
        set.visit(member -> {
            integers[count[0]++] = Numbers.integer(member);
            return true;
        });
        Arrays.sort(integers);
        long least = integers[0];
        long greatest = integers[integers.length - 1];
        int width = least == (short) least && greatest == (short) greatest ? Short.BYTES
                : least == (int) least && greatest == (int) greatest ? Integer.BYTES : Long.BYTES;
        byte[] bytes = new byte[IntsetReader.HEADER + integers.length * width];
        LittleEndian.putInt(bytes, 0, width);
        LittleEndian.putInt(bytes, Integer.BYTES, integers.length);
        int at = IntsetReader.HEADER;
        for (long value : integers) {
            for (int i = 0; i < width; i++) {
                bytes[at++] = (byte) (value >>> Byte.SIZE * i);
            }
        }
        output.writeString(bytes, 0, bytes.length);
    }

    private void writePacked(SortedSetValue set) {
        listpack.clear();
        set.visit(0, true, (member, score) -> {
            listpack.add(member);
            if (score == (long) score && (score != 0 || 1 / score > 0)) {
                listpack.add((long) score);
            } else {
                listpack.add(Bytes.of(Numbers.text(score)));
            }
            return true;
        });
        listpack.write(output);
    }

    /** From the greatest on: so Redis inserts faster when it reads it. */
    private void writeSortedSet(SortedSetValue set) {
        long size = set.size();
        output.writeLength(size);
        set.visit(size - 1, false, (member, score) -> {
            output.writeString(member);
            output.writeDouble(score);
            return true;
        });
    }

    private void writeHash(HashValue hash) {
        output.writeLength(hash.size());
        hash.visit((field, content) -> {
            output.writeString(field);
            output.writeString(content);
            return true;
        });
    }
}
