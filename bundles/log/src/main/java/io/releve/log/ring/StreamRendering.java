package io.releve.log.ring;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.command.Arguments;
import io.releve.log.Entry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Renders entries as they stand in the stream that replicas read: requests in RESP, SELECT where the database changes,
 * MULTI and EXEC around a group (redis.io, Replication).
 */
final class StreamRendering {
    private static final byte[] MULTI = "*1\r\n$5\r\nMULTI\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EXEC = "*1\r\n$4\r\nEXEC\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SELECT = "*2\r\n$6\r\nSELECT\r\n$".getBytes(StandardCharsets.US_ASCII);
    /** Most that the head of an argument takes: sign, length, line break, and one line break behind it. */
    private static final int ARGUMENT_HEAD = 1 + Numbers.MAX_INTEGER_LENGTH + 4;
    private static final int FIRST = 512;
    /** A larger array is given back. */
    private static final int KEPT = 1 << 20;
    /** It is not known which is selected. */
    static final int NONE = -1;

    private final Bytes rendered = new Bytes();
    private byte[] bytes = new byte[FIRST];
    private int length;
    private int selected = NONE;
    private boolean selects = true;
    private boolean inGroup;

    /** The next change is preceded by a SELECT. */
    void forgetDatabase() {
        selects = true;
    }

    /** This database is selected at the end of the stream, or {@link #NONE}. */
    void selected(int database) {
        selected = database;
    }

    int selected() {
        return selected;
    }

    /** Good until the next call. */
    Bytes render(Entry.Kind kind, int database, int remainingInGroup, Arguments request) {
        if (bytes.length > KEPT) {
            bytes = new byte[FIRST];
        }
        length = 0;
        if (kind == Entry.Kind.EFFECT && (selects || database != selected)) {
            select(database);
        }
        if (remainingInGroup > 0 && !inGroup) {
            inGroup = true;
            put(MULTI);
        }
        request(request);
        if (remainingInGroup == 0 && inGroup) {
            inGroup = false;
            put(EXEC);
        }
        return rendered.set(bytes, 0, length);
    }

    private void select(int database) {
        selected = database;
        selects = false;
        put(SELECT);
        int digits = Numbers.length(database);
        room(2 * ARGUMENT_HEAD);
        number(digits);
        number(database);
    }

    private void request(Arguments request) {
        int size = request.size();
        room(ARGUMENT_HEAD);
        bytes[length++] = '*';
        number(size);
        for (int i = 0; i < size; i++) {
            Bytes argument = request.get(i);
            int count = argument.length();
            room(ARGUMENT_HEAD + (long) count);
            bytes[length++] = '$';
            number(count);
            System.arraycopy(argument.array(), argument.offset(), bytes, length, count);
            length += count;
            lineBreak();
        }
    }

    private void number(int value) {
        if (value < 10) {
            bytes[length++] = (byte) ('0' + value);
        } else {
            length = Numbers.write(bytes, length, value);
        }
        lineBreak();
    }

    private void lineBreak() {
        bytes[length++] = '\r';
        bytes[length++] = '\n';
    }

    private void put(byte[] text) {
        room(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
    }

    private void room(long more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 16L, Math.max(length + more, 2L * bytes.length)));
        }
    }
}
