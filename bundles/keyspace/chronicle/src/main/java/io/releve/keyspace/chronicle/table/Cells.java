package io.releve.keyspace.chronicle.table;

import io.releve.bytes.Bytes;
import io.releve.keyspace.chronicle.memory.Memory;
import io.releve.keyspace.chronicle.memory.Packed;

/** What the cells of a table are made of; {@link Table} describes them. */
final class Cells {
    private final int values;

    /** @param values as for {@link Table} */
    Cells(int values) {
        this.values = values;
    }

    /** Whether values are strings, which may lie outside. */
    boolean havePackedValues() {
        return values == Table.PACKED;
    }

    static int keySize(long cell) {
        return Packed.isOutside(cell) ? Packed.OUTSIDE_SIZE + Table.HASH : Packed.sizeAt(cell);
    }

    int size(long cell) {
        int key = keySize(cell);
        return key + (values >= 0 ? values : Packed.sizeAt(cell + key));
    }

    static long value(long cell) {
        return cell + keySize(cell);
    }

    static int keySizeOf(Bytes key) {
        return key.length() > Table.MAX_INSIDE ? Packed.OUTSIDE_SIZE + Table.HASH : Packed.size(key.length());
    }

    static int valueSizeOf(Bytes value) {
        return value.length() > Table.MAX_INSIDE ? Packed.OUTSIDE_SIZE : Packed.size(value.length());
    }

    /** Writes a key, with its hash if it is outside; @return the address behind it */
    static long writeKey(long at, Bytes key, long hash, long keyPages) {
        if (keyPages == 0) {
            return Packed.write(at, key.array(), key.offset(), key.length());
        }
        long behind = Packed.writeOutside(at, key.length(), keyPages);
        Memory.putLong(behind, hash);
        return behind + Table.HASH;
    }

    static void writeValue(long at, Bytes value, long valuePages) {
        if (valuePages == 0) {
            Packed.write(at, value.array(), value.offset(), value.length());
        } else {
            Packed.writeOutside(at, value.length(), valuePages);
        }
    }
}
