package io.releve.commands.streams;

import io.releve.bytes.Bytes;
import io.releve.format.stream.StreamId;

/**
 * The id a new entry is to have.
 *
 * @param id what is given of it; null for nothing
 * @param sequenceGiven whether its sequence is
 */
record NewId(StreamId id, boolean sequenceGiven) {
    /** {@code *}, {@code milliseconds-*} or an id. */
    static NewId parse(Bytes text) {
        if (text.length() == 1 && text.byteAt(0) == '*') {
            return new NewId(null, false);
        }
        int length = text.length();
        if (length > 2 && text.byteAt(length - 1) == '*' && text.byteAt(length - 2) == '-') {
            Long milliseconds = Ids.number(text.latin1().substring(0, length - 2));
            if (milliseconds == null) {
                throw Ids.INVALID;
            }
            return new NewId(new StreamId(milliseconds, 0), false);
        }
        return new NewId(Ids.exact(text), true);
    }

    boolean isZero() {
        return sequenceGiven && id.equals(StreamId.MIN);
    }

    /** The whole id, greater than the last one, or null when there is none. */
    StreamId after(StreamId last, long now) {
        if (id == null) {
            return Long.compareUnsigned(now, last.milliseconds()) > 0 ? new StreamId(now, 0) : last.next();
        }
        if (!sequenceGiven && id.milliseconds() == last.milliseconds()) {
            return last.sequence() == -1 ? null : last.next();
        }
        return id.compareTo(last) > 0 ? id : null;
    }
}
