package io.releve.format.rdb;

import io.releve.bytes.Bytes;

/**
 * Reads a zipmap, the packed hash before Redis 2.6: number of fields u8 (254 and more: not known); for each field its
 * length and text, the length of the value, a number of unused bytes u8, the text of the value and the unused bytes;
 * 0xff. A length is a byte, or 254 and u32.
 */
final class ZipmapReader extends PackedReader {
    private static final int END = 0xff;
    private static final int LONG_LENGTH = 254;

    private int announced;
    private long count;
    private boolean value;

    @Override
    void open(Bytes string) {
        begin(string);
        room(at, 2);
        announced = bytes[at++] & 0xff;
        count = 0;
        value = false;
    }

    @Override
    boolean advance() {
        room(at, 1);
        int size = bytes[at] & 0xff;
        if (size == END) {
            if (value || at != end - 1 || announced < LONG_LENGTH && announced != count) {
                throw damaged("does not end where it should");
            }
            return false;
        }
        at++;
        long textLength = size;
        if (size == LONG_LENGTH) {
            room(at, Integer.BYTES);
            textLength = LittleEndian.getInt(bytes, at) & 0xffff_ffffL;
            at += Integer.BYTES;
        }
        int unused = 0;
        if (value) {
            room(at, 1);
            unused = bytes[at++] & 0xff;
            count++;
        }
        isText(at, textLength);
        room(at + length, unused);
        at += length + unused;
        value = !value;
        return true;
    }

    @Override
    RdbException damaged(String how) {
        return new RdbException("A zipmap " + how);
    }
}
