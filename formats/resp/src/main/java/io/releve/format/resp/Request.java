package io.releve.format.resp;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.bytes.QuotedWords;
import io.releve.command.Arguments;
import java.util.Arrays;
import java.util.List;

/**
 * One request, parsed from a byte array: positions in it, no copies. The object is used again and again. A request that
 * is not complete yet leaves its progress here, so that {@link #parse} goes on where it stopped when more has arrived.
 */
public final class Request implements Arguments {
    private static final int KEPT_ARGUMENTS = 1024;

    private Bytes[] views = newViews(16, new Bytes[0]);
    private int size;

    /** Number of arguments announced and not parsed yet; -1 before the announcement. */
    private int missing = -1;
    /** Where to go on, relative to the start of the request. */
    private int resumeAt;
    /** Bytes the request needs at least, relative to its start; 0 when unknown. */
    private int needed;

    /** Offsets and lengths of the arguments parsed so far, relative to the start of the request. */
    private int[] places = new int[32];

    /**
     * Parses one request that starts at {@code start}.
     *
     * @return the position after it, or -1 when it is not complete: then the same bytes, with more behind them, are to be
     *         given again, possibly in another array
     * @throws ProtocolException when this can never become a request
     */
    public int parse(byte[] buffer, int start, int limit, RequestLimits limits) {
        needed = 0;
        if (missing < 0) {
            size = 0;
            if (start >= limit) {
                return -1;
            }
            if (buffer[start] != '*') {
                return parseInline(buffer, start, limit);
            }
            int end = lineEnd(buffer, start + 1, limit, "too big mbulk count string");
            if (end < 0) {
                return -1;
            }
            long count = number(buffer, start + 1, end);
            if (count == NOT_A_NUMBER || count > Integer.MAX_VALUE) {
                throw new ProtocolException("invalid multibulk length");
            }
            if (count > limits.arguments()) {
                throw new ProtocolException("unauthenticated multibulk length");
            }
            if (count <= 0) {
                return end + 2;
            }
            missing = (int) count;
            resumeAt = end + 2 - start;
        }
        int at = start + resumeAt;
        while (missing > 0) {
            if (at >= limit) {
                resumeAt = at - start;
                return -1;
            }
            if (buffer[at] != '$') {
                throw new ProtocolException("expected '$', got '" + printable(buffer[at]) + "'");
            }
            int end = lineEnd(buffer, at + 1, limit, "too big bulk count string");
            if (end < 0) {
                resumeAt = at - start;
                return -1;
            }
            long length = number(buffer, at + 1, end);
            if (length < 0 || length > limits.bulk()) {
                throw new ProtocolException(
                        limits.unauthenticated() && length >= 0 ? "unauthenticated bulk length" : "invalid bulk length");
            }
            int data = end + 2;
            int next = data + (int) length + 2;
            if (next > limit || next < 0) {
                needed = next < 0 ? Integer.MAX_VALUE : next - start;
                resumeAt = at - start;
                return -1;
            }
            add(data - start, (int) length);
            at = next;
            missing--;
        }
        finish(buffer, start);
        return at;
    }

    /** Bytes an incomplete request needs at least, counted from its start; 0 when that is not known. */
    public int needed() {
        return needed;
    }

    /** Forgets an incomplete request. */
    public void reset() {
        missing = -1;
        size = 0;
        needed = 0;
    }

    /** Takes over the progress of another request object, which is reset. */
    public void takeOver(Request other) {
        missing = other.missing;
        resumeAt = other.resumeAt;
        needed = other.needed;
        size = other.size;
        if (places.length < 2 * size) {
            places = new int[other.places.length];
        }
        System.arraycopy(other.places, 0, places, 0, 2 * size);
        other.reset();
    }

    /** Makes this the request of these words. */
    public Request words(List<byte[]> words) {
        reset();
        size = words.size();
        growViews();
        for (int i = 0; i < size; i++) {
            views[i].set(words.get(i), 0, words.get(i).length);
        }
        return this;
    }

    /** Makes this a request without words; {@link #word} adds them. */
    public Request begin() {
        reset();
        return this;
    }

    /** Adds a word to what {@link #begin} has begun; of its bytes no copy is made. */
    public void word(byte[] array, int offset, int length) {
        size++;
        growViews();
        Bytes view = views[size - 1];
        if (view.array() == array) {
            view.set(offset, length);
        } else {
            view.set(array, offset, length);
        }
    }

    private void add(int offset, int length) {
        if (2 * size == places.length) {
            places = Arrays.copyOf(places, places.length * 2);
        }
        places[2 * size] = offset;
        places[2 * size + 1] = length;
        size++;
    }

    private void finish(byte[] buffer, int start) {
        missing = -1;
        growViews();
        for (int i = 0; i < size; i++) {
            views[i].set(buffer, start + places[2 * i], places[2 * i + 1]);
        }
        if (places.length > 2 * KEPT_ARGUMENTS && size < KEPT_ARGUMENTS) {
            places = Arrays.copyOf(places, 2 * KEPT_ARGUMENTS);
        }
    }

    private void growViews() {
        if (size > views.length) {
            views = newViews(Math.max(size, views.length * 2), views);
        } else if (views.length > KEPT_ARGUMENTS && size < KEPT_ARGUMENTS) {
            views = Arrays.copyOf(views, KEPT_ARGUMENTS);
        }
    }

    private static Bytes[] newViews(int length, Bytes[] old) {
        Bytes[] grown = Arrays.copyOf(old, length);
        for (int i = old.length; i < length; i++) {
            grown[i] = new Bytes();
        }
        return grown;
    }

    private int parseInline(byte[] buffer, int start, int limit) {
        int end = start;
        while (end < limit && buffer[end] != '\n') {
            end++;
        }
        if (end == limit) {
            if (limit - start > RequestLimits.LINE) {
                throw new ProtocolException("too big inline request");
            }
            return -1;
        }
        int lineEnd = end > start && buffer[end - 1] == '\r' ? end - 1 : end;
        List<byte[]> words = QuotedWords.split(buffer, start, lineEnd);
        if (words == null) {
            throw new ProtocolException("unbalanced quotes in request");
        }
        words(words);
        return end + 1;
    }

    /** Position of the carriage return, or -1 when it (or the line feed after it) has not arrived. */
    private static int lineEnd(byte[] buffer, int from, int limit, String tooLong) {
        for (int i = from; i < limit - 1; i++) {
            if (buffer[i] == '\r') {
                return i;
            }
        }
        if (limit - from > RequestLimits.LINE) {
            throw new ProtocolException(tooLong);
        }
        return -1;
    }

    private static final long NOT_A_NUMBER = Long.MIN_VALUE;

    private static long number(byte[] buffer, int from, int end) {
        int length = end - from;
        if (length > 0 && length <= 9) {
            int value = 0;
            int i = from;
            for (; i < end; i++) {
                int digit = buffer[i] - '0';
                if (digit < 0 || digit > 9) {
                    break;
                }
                value = value * 10 + digit;
            }
            if (i == end && (buffer[from] != '0' || length == 1)) {
                return value;
            }
        }
        return Numbers.isInteger(buffer, from, length) ? Numbers.integer(buffer, from, length) : NOT_A_NUMBER;
    }

    private static char printable(byte b) {
        return (char) (b & 0xff);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Bytes get(int i) {
        if (i >= size) {
            throw new IndexOutOfBoundsException(i);
        }
        return views[i];
    }
}
