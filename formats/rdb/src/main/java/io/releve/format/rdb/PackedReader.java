package io.releve.format.rdb;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.keyspace.ListValue;

/**
 * Walks through the elements of a collection that is packed in one string. The walk checks everything; that it came to
 * the end without an {@link RdbException} means that the string is sound.
 */
abstract class PackedReader implements ListValue.ElementSource {
    byte[] bytes;
    int at;
    /** The position behind the string. */
    int end;
    /** Whether the element is a number; otherwise it stands at {@link #start}. */
    boolean integer;
    long number;
    int start;
    int length;

    private final byte[][] digits = new byte[2][Numbers.MAX_INTEGER_LENGTH];
    private int turn;

    /** Begins with another string, which must stay as it is meanwhile. */
    abstract void open(Bytes string);

    /** Goes to the next element; @return false when there is none */
    abstract boolean advance();

    /** Moves {@code target} onto the next element, as text. It stays valid while one more is read. */
    @Override
    public final boolean next(Bytes target) {
        if (!advance()) {
            return false;
        }
        if (integer) {
            turn ^= 1;
            target.set(digits[turn], 0, Numbers.write(digits[turn], 0, number));
        } else {
            target.set(bytes, start, length);
        }
        return true;
    }

    /** The same where there must be one. */
    final void need(Bytes target) {
        if (!next(target)) {
            throw damaged("ends too early");
        }
    }

    /** The next element, which must be an integer. */
    final long needInteger() {
        if (!advance()) {
            throw damaged("ends too early");
        }
        if (integer) {
            return number;
        }
        if (!Numbers.isInteger(bytes, start, length)) {
            throw damaged("has a text where a number should be");
        }
        return Numbers.integer(bytes, start, length);
    }

    final void begin(Bytes string) {
        bytes = string.array();
        at = string.offset();
        end = at + string.length();
    }

    final void isNumber(long value) {
        integer = true;
        number = value;
    }

    /** The element is the text at {@code from}. */
    final void isText(int from, long size) {
        room(from, size);
        integer = false;
        start = from;
        length = (int) size;
    }

    /** Sees to it that there are so many bytes from a position on. */
    final void room(int from, long size) {
        if (size < 0 || size > end - from) {
            throw damaged("ends too early");
        }
    }

    abstract RdbException damaged(String how);
}
