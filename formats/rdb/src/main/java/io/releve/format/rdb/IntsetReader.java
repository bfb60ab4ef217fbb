package io.releve.format.rdb;

import io.releve.bytes.Bytes;

/** Reads a set of integers: bytes of each u32 (2, 4 or 8), number of them u32, the integers in ascending order. */
final class IntsetReader extends PackedReader {
    static final int HEADER = 2 * Integer.BYTES;

    private int width;
    private boolean any;

    @Override
    void open(Bytes string) {
        begin(string);
        room(at, HEADER);
        width = LittleEndian.getInt(bytes, at);
        long count = LittleEndian.getInt(bytes, at + Integer.BYTES) & 0xffff_ffffL;
        if (width != Short.BYTES && width != Integer.BYTES && width != Long.BYTES) {
            throw damaged("has integers of no known width");
        }
        if (count * width != string.length() - HEADER) {
            throw damaged("is not as long as it says");
        }
        at += HEADER;
        any = false;
    }

    @Override
    boolean advance() {
        if (at == end) {
            return false;
        }
        long value = width == Short.BYTES ? LittleEndian.getShort(bytes, at)
                : width == Integer.BYTES ? LittleEndian.getInt(bytes, at) : LittleEndian.getLong(bytes, at);
        if (any && value <= number) {
            throw damaged("is not in order");
        }
        any = true;
        isNumber(value);
        at += width;
        return true;
    }

    @Override
    RdbException damaged(String how) {
        return new RdbException("A set of integers " + how);
    }
}
