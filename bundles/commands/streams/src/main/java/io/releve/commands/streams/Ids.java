package io.releve.commands.streams;

import io.releve.bytes.Bytes;
import io.releve.command.CommandException;
import io.releve.format.stream.StreamId;

/** Ids as clients write them. */
final class Ids {
    static final CommandException INVALID =
            new CommandException("ERR Invalid stream ID specified as stream command argument");
    private static final CommandException INVALID_START = new CommandException("ERR invalid start ID for the interval");
    private static final CommandException INVALID_END = new CommandException("ERR invalid end ID for the interval");
    /** Longest text of an id; longer ones are none, whatever they say. */
    private static final int LONGEST = 127;

    private Ids() {
    }

    /** An id {@code milliseconds[-sequence]}, or null when it is none. */
    static StreamId parse(Bytes text, long missingSequence) {
        if (text.length() > LONGEST) {
            return null;
        }
        String all = text.latin1();
        int dash = all.indexOf('-');
        Long milliseconds = number(dash < 0 ? all : all.substring(0, dash));
        Long sequence = dash < 0 ? Long.valueOf(missingSequence) : number(all.substring(dash + 1));
        return milliseconds == null || sequence == null ? null : new StreamId(milliseconds, sequence);
    }

    /** An unsigned number as C's strtoull reads it; null when it is none. */
    static Long number(String text) {
        String digits = text.startsWith("+") ? text.substring(1) : text;
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        try {
            return Long.parseUnsignedLong(digits);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** An id of one entry. */
    static StreamId exact(Bytes text) {
        StreamId id = parse(text, 0);
        if (id == null) {
            throw INVALID;
        }
        return id;
    }

    /** An id of one entry, or {@code -} or {@code +} for the smallest and the greatest. */
    static StreamId exactOrEnd(Bytes text) {
        boolean minus = text.length() == 1 && text.byteAt(0) == '-';
        return minus || text.length() == 1 && text.byteAt(0) == '+' ? minus ? StreamId.MIN : StreamId.MAX : exact(text);
    }

    /** The start of a range: {@code -}, {@code +}, an id, or {@code (} and an id that does not belong to it. */
    static StreamId start(Bytes text) {
        StreamId id = bound(text, 0);
        if (!isExclusive(text)) {
            return id;
        }
        if (id.next() == null) {
            throw INVALID_START;
        }
        return id.next();
    }

    /** The end of a range, likewise. */
    static StreamId end(Bytes text) {
        StreamId id = bound(text, -1);
        if (!isExclusive(text)) {
            return id;
        }
        if (id.previous() == null) {
            throw INVALID_END;
        }
        return id.previous();
    }

    private static boolean isExclusive(Bytes text) {
        return text.length() > 1 && text.byteAt(0) == '(';
    }

    private static StreamId bound(Bytes text, long missingSequence) {
        if (text.length() == 1 && text.byteAt(0) == '-') {
            return StreamId.MIN;
        }
        if (text.length() == 1 && text.byteAt(0) == '+') {
            return StreamId.MAX;
        }
        Bytes digits = isExclusive(text) ? new Bytes(text.array(), text.offset() + 1, text.length() - 1) : text;
        StreamId id = parse(digits, missingSequence);
        if (id == null) {
            throw INVALID;
        }
        return id;
    }
}
