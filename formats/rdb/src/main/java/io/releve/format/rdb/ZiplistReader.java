package io.releve.format.rdb;

import io.releve.bytes.Bytes;

/**
 * Reads a ziplist, the packed list before Redis 7: length u32, position of the last element u32, number of elements u16
 * (65535 when it is not known), the elements, 0xff. Before an element stands the length of the one before: a byte, or
 * 254 and u32.
 */
final class ZiplistReader extends PackedReader {
    private static final int HEADER = 10;
    private static final int END = 0xff;
    private static final int LONG_BEFORE = 254;
    private static final int UNKNOWN_COUNT = 0xffff;

    private int first;
    private long tail;
    private int announced;
    private long count;
    /** Where the last element begins, and its length. */
    private int last;
    private int lastSize;

    @Override
    void open(Bytes string) {
        begin(string);
        room(at, HEADER + 1);
        if (LittleEndian.getInt(bytes, at) != string.length()) {
            throw damaged("is not as long as it says");
        }
        first = at;
        tail = LittleEndian.getInt(bytes, at + Integer.BYTES) & 0xffff_ffffL;
        announced = LittleEndian.getShort(bytes, at + 2 * Integer.BYTES) & 0xffff;
        count = 0;
        at += HEADER;
        last = at;
        lastSize = 0;
    }

    @Override
    boolean advance() {
        room(at, 1);
        int before = bytes[at] & 0xff;
        if (before == END) {
            if (at != end - 1 || announced != UNKNOWN_COUNT && announced != count || tail != last - first) {
                throw damaged("does not end where it should");
            }
            return false;
        }
        int head = 1;
        long size = before;
        if (before == LONG_BEFORE) {
            room(at, 1 + Integer.BYTES);
            size = LittleEndian.getInt(bytes, at + 1) & 0xffff_ffffL;
            head += Integer.BYTES;
        }
        if (size != lastSize) {
            throw damaged("has an element with a wrong length before it");
        }
        last = at;
        lastSize = head + element(at + head);
        at += lastSize;
        count++;
        return true;
    }

    /** Takes in the element whose encoding stands at a position; @return its bytes from there on */
    private int element(int from) {
        room(from, 1);
        int encoding = bytes[from] & 0xff;
        switch (encoding >>> 6) {
            case 0:
                isText(from + 1, encoding);
                return 1 + length;
            case 1:
                room(from, 2);
                isText(from + 2, (encoding & 0x3f) << 8 | bytes[from + 1] & 0xff);
                return 2 + length;
            case 2:
                room(from, 5);
                isText(from + 5, Integer.reverseBytes(LittleEndian.getInt(bytes, from + 1)) & 0xffff_ffffL);
                return 5 + length;
            default:
                return integer(from, encoding);
        }
    }

    private int integer(int from, int encoding) {
        if (encoding > 0xf0 && encoding < 0xfe) {
            isNumber((encoding & 0x0f) - 1);
            return 1;
        }
        switch (encoding) {
            case 0xc0:
                room(from, 3);
                isNumber(LittleEndian.getShort(bytes, from + 1));
                return 3;
            case 0xd0:
                room(from, 5);
                isNumber(LittleEndian.getInt(bytes, from + 1));
                return 5;
            case 0xe0:
                room(from, 9);
                isNumber(LittleEndian.getLong(bytes, from + 1));
                return 9;
            case 0xf0:
                room(from, 4);
                isNumber(LittleEndian.getMedium(bytes, from + 1));
                return 4;
            case 0xfe:
                room(from, 2);
                isNumber(bytes[from + 1]);
                return 2;
            default:
                throw damaged("has an element of no known encoding");
        }
    }

    @Override
    RdbException damaged(String how) {
        return new RdbException("A ziplist " + how);
    }
}
