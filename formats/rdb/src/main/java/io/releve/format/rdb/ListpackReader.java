package io.releve.format.rdb;

import io.releve.bytes.Bytes;

/**
 * Reads a listpack (S. Sanfilippo, "Listpack specification", 2017): length u32, number of elements u16 (65535 when it
 * is not known), the elements, 0xff. An element is followed by its own length, in groups of seven bits.
 */
final class ListpackReader extends PackedReader {
    static final int HEADER = 6;
    static final int END = 0xff;
    static final int UNKNOWN_COUNT = 0xffff;
    /** Elements shorter than this have their length behind them in one byte. */
    static final int ONE_BYTE = 128;

    private int announced;
    private long count;

    @Override
    void open(Bytes string) {
        begin(string);
        room(at, HEADER + 1);
        if (LittleEndian.getInt(bytes, at) != string.length()) {
            throw damaged("is not as long as it says");
        }
        announced = LittleEndian.getShort(bytes, at + Integer.BYTES) & 0xffff;
        count = 0;
        at += HEADER;
    }

    @Override
    boolean advance() {
        room(at, 1);
        int first = bytes[at] & 0xff;
        if ((first & 0xc0) == 0x80 && isShortText(first & 0x3f)) {
            return true;
        }
        if (first == END) {
            if (at != end - 1 || announced != UNKNOWN_COUNT && announced != count) {
                throw damaged("does not end where it should");
            }
            return false;
        }
        int size = element(first);
        if (size >= ONE_BYTE) {
            checkLength(size);
        } else if (size >= end - at || bytes[at + size] != size) {
            throw wrongLength();
        } else {
            at += size + 1;
        }
        count++;
        return true;
    }

    /** Goes over an element and its length behind it, which takes several bytes. */
    private void checkLength(int size) {
        int behind = lengthBytes(size);
        room(at + size, behind);
        long repeated = 0;
        for (int i = 0; i < behind; i++) {
            int part = bytes[at + size + i] & 0xff;
            if (part > 127 != i > 0) {
                throw wrongLength();
            }
            repeated = repeated << 7 | part & 0x7f;
        }
        if (repeated != size) {
            throw wrongLength();
        }
        at += size + behind;
    }

    private RdbException wrongLength() {
        return damaged("has an element with a wrong length behind it");
    }

    /** Takes in a text of less than 64 bytes; @return false, having done nothing, when it is not sound */
    private boolean isShortText(int size) {
        if (size + 1 >= end - at || bytes[at + 1 + size] != size + 1) {
            return false;
        }
        integer = false;
        start = at + 1;
        length = size;
        at += size + 2;
        count++;
        return true;
    }

    /** Takes in the element at {@link #at}; @return its bytes without the length behind it */
    private int element(int first) {
        if (first < 0x80) {
            isNumber(first);
            return 1;
        }
        if (first < 0xc0) {
            isText(at + 1, first & 0x3f);
            return 1 + length;
        }
        if (first < 0xe0) {
            room(at, 2);
            int value = (first & 0x1f) << 8 | bytes[at + 1] & 0xff;
            isNumber(value < 1 << 12 ? value : value - (1 << 13));
            return 2;
        }
        if (first < 0xf0) {
            room(at, 2);
            isText(at + 2, (first & 0x0f) << 8 | bytes[at + 1] & 0xff);
            return 2 + length;
        }
        switch (first) {
            case 0xf0:
                room(at, 5);
                isText(at + 5, LittleEndian.getInt(bytes, at + 1) & 0xffff_ffffL);
                return 5 + length;
            case 0xf1:
                room(at, 3);
                isNumber(LittleEndian.getShort(bytes, at + 1));
                return 3;
            case 0xf2:
                room(at, 4);
                isNumber(LittleEndian.getMedium(bytes, at + 1));
                return 4;
            case 0xf3:
                room(at, 5);
                isNumber(LittleEndian.getInt(bytes, at + 1));
                return 5;
            case 0xf4:
                room(at, 9);
                isNumber(LittleEndian.getLong(bytes, at + 1));
                return 9;
            default:
                throw damaged("has an element of no known encoding");
        }
    }

    /** Bytes that the length behind an element takes; the borders are those of Redis. */
    static int lengthBytes(int size) {
        if (size < ONE_BYTE) {
            return 1;
        }
        if (size < 16_383) {
            return 2;
        }
        if (size < 2_097_151) {
            return 3;
        }
        return size < 268_435_455 ? 4 : 5;
    }

    @Override
    RdbException damaged(String how) {
        return new RdbException("A listpack " + how);
    }
}
