package io.releve.format.resp;

import io.releve.bytes.ByteSource;
import io.releve.bytes.Numbers;
import io.releve.command.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Replies as bytes, gathered in one array that is used again. When it has grown past {@link #SPILL} and no size is
 * outstanding, what is there goes to the {@link Spill}, so that a long answer needs no long array.
 */
public final class ReplyBuffer implements Reply {
    /** From here on the buffer is emptied between replies. */
    public static final int SPILL = 256 * 1024;
    private static final int INITIAL = 16 * 1024;
    private static final int PIECE = 64 * 1024;
    /** Bulk strings below this length have one or two digits of it, and seven bytes at most beside their content. */
    private static final int SHORT = 100;
    private static final int SHORT_FRAME = 7;
    /** Bytes put aside for a size that is not known yet: type, ten digits, line end. */
    private static final int SIZE_GAP = 13;

    private static final byte[] OK = ascii("+OK\r\n");
    private static final byte[] NULL_BULK = ascii("$-1\r\n");
    private static final byte[] NULL_ARRAY = ascii("*-1\r\n");
    private static final byte[] NULL = ascii("_\r\n");

    /** Takes bytes out of a buffer that has become long. */
    @FunctionalInterface
    public interface Spill {
        void take(byte[] bytes, int length);
    }

    private final Spill spill;
    private byte[] bytes = new byte[INITIAL];
    private int length;
    private int open;
    private boolean resp3;
    /** Bytes given to the spill. */
    private long spilled;
    private boolean muted;
    /** Position at which the muted part begins. */
    private long mutedFrom;
    private long errors;
    private String lastError;

    public ReplyBuffer(Spill spill) {
        this.spill = spill;
    }

    @Override
    public void protocol(int version) {
        resp3 = version >= 3;
    }

    @Override
    public int protocol() {
        return resp3 ? 3 : 2;
    }

    public byte[] array() {
        return bytes;
    }

    public int length() {
        return length;
    }

    @Override
    public long position() {
        return spilled + length;
    }

    @Override
    public void rollback(long position) {
        if (position < spilled) {
            throw new IllegalStateException("a part of the reply has been sent");
        }
        length = (int) (position - spilled);
        open = 0;
    }

    @Override
    public void mute(boolean on) {
        if (on == muted) {
            return;
        }
        muted = on;
        if (on) {
            mutedFrom = position();
        } else {
            length = (int) Math.max(0, mutedFrom - spilled);
            open = 0;
        }
    }

    @Override
    public long errors() {
        return errors;
    }

    @Override
    public String lastError() {
        return lastError;
    }

    private void spill() {
        int kept = muted ? (int) Math.max(0, Math.min(length, mutedFrom - spilled)) : length;
        if (kept > 0) {
            spill.take(bytes, kept);
        }
        spilled += length;
        if (muted) {
            mutedFrom = spilled;
        }
        length = 0;
    }

    /** Empties the buffer, and gives a very large array back. */
    public void clear() {
        spilled += length;
        length = 0;
        open = 0;
        if (bytes.length > 4 * SPILL) {
            bytes = new byte[INITIAL];
        }
    }

    /** Room for {@code count} more bytes. */
    private byte[] room(int count) {
        byte[] b = bytes;
        if (b.length - length < count) {
            b = grow(count);
        }
        return b;
    }

    private byte[] grow(int count) {
        if (length >= SPILL && open == 0) {
            spill();
        }
        if (bytes.length - length < count) {
            long wanted = Math.max((long) length + count, bytes.length * 2L);
            bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 16));
        }
        return bytes;
    }

    private void raw(byte[] text) {
        byte[] b = room(text.length);
        System.arraycopy(text, 0, b, length, text.length);
        length += text.length;
    }

    private void head(int type, long number) {
        byte[] b = room(Numbers.MAX_INTEGER_LENGTH + 3);
        int at = length;
        b[at++] = (byte) type;
        if (number >= 0 && number < 10) {
            b[at++] = (byte) ('0' + number);
        } else {
            at = Numbers.write(b, at, number);
        }
        b[at] = '\r';
        b[at + 1] = '\n';
        length = at + 2;
    }

    private void line(int type, String text) {
        int count = text.length();
        byte[] b = room(count + 3);
        int at = length;
        b[at++] = (byte) type;
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                lineOfUtf8(type, text);
                return;
            }
            b[at++] = withoutBreak((byte) c);
        }
        b[at] = '\r';
        b[at + 1] = '\n';
        length = at + 2;
    }

    private void lineOfUtf8(int type, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] b = room(utf8.length + 3);
        b[length++] = (byte) type;
        for (byte c : utf8) {
            b[length++] = withoutBreak(c);
        }
        lineEnd();
    }

    private static byte withoutBreak(byte c) {
        return c == '\r' || c == '\n' ? (byte) ' ' : c;
    }

    @Override
    public void ok() {
        raw(OK);
    }

    @Override
    public void simple(String text) {
        line('+', text);
    }

    @Override
    public void error(String message) {
        errors++;
        lastError = message;
        line('-', message);
    }

    @Override
    public void integer(long value) {
        head(':', value);
    }

    @Override
    public void bulk(byte[] array, int offset, int count) {
        if (count < SHORT) {
            int at = beginShort(count);
            System.arraycopy(array, offset, bytes, at, count);
            endShort(at + count);
            return;
        }
        head('$', count);
        if (count > PIECE && open == 0) {
            for (int done = 0; done < count; done += PIECE) {
                int piece = Math.min(PIECE, count - done);
                System.arraycopy(array, offset + done, spillingRoom(piece), length, piece);
                length += piece;
            }
            lineEnd();
            return;
        }
        byte[] b = room(count + 2);
        System.arraycopy(array, offset, b, length, count);
        length += count;
        lineEnd();
    }

    @Override
    public void bulk(ByteSource source) {
        int count = source.length();
        if (count < SHORT) {
            int at = beginShort(count);
            source.copyTo(0, bytes, at, count);
            endShort(at + count);
            return;
        }
        head('$', count);
        if (count > PIECE && open == 0) {
            for (int done = 0; done < count; done += PIECE) {
                int piece = Math.min(PIECE, count - done);
                source.copyTo(done, spillingRoom(piece), length, piece);
                length += piece;
            }
            lineEnd();
            return;
        }
        byte[] b = room(count + 2);
        source.copyTo(0, b, length, count);
        length += count;
        lineEnd();
    }

    /** Makes room for the whole of a short string at once; @return where its content goes */
    private int beginShort(int count) {
        byte[] b = room(count + SHORT_FRAME);
        int at = length;
        b[at++] = '$';
        if (count >= 10) {
            b[at++] = (byte) ('0' + count / 10);
        }
        b[at++] = (byte) ('0' + count % 10);
        b[at] = '\r';
        b[at + 1] = '\n';
        return at + 2;
    }

    private void endShort(int end) {
        bytes[end] = '\r';
        bytes[end + 1] = '\n';
        length = end + 2;
    }

    private byte[] spillingRoom(int count) {
        if (length >= SPILL) {
            spill();
        }
        return room(count);
    }

    private void lineEnd() {
        byte[] b = room(2);
        b[length] = '\r';
        b[length + 1] = '\n';
        length += 2;
    }

    @Override
    public void bulk(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        bulk(utf8, 0, utf8.length);
    }

    @Override
    public void bulkInteger(long value) {
        head('$', Numbers.length(value));
        byte[] b = room(Numbers.MAX_INTEGER_LENGTH + 2);
        length = Numbers.write(b, length, value);
        lineEnd();
    }

    @Override
    public void nil() {
        raw(resp3 ? NULL : NULL_BULK);
    }

    @Override
    public void nilArray() {
        raw(resp3 ? NULL : NULL_ARRAY);
    }

    @Override
    public void array(int size) {
        head('*', size);
    }

    @Override
    public void map(int pairs) {
        if (resp3) {
            head('%', pairs);
        } else {
            head('*', pairs * 2L);
        }
    }

    @Override
    public void set(int size) {
        head(resp3 ? '~' : '*', size);
    }

    @Override
    public void push(int size) {
        head(resp3 ? '>' : '*', size);
    }

    @Override
    public void attribute(int pairs) {
        head('|', pairs);
    }

    @Override
    public void decimal(double value) {
        if (resp3) {
            line(',', Numbers.text(value));
        } else if (value == (int) value && (value != 0 || 1 / value > 0)) {
            bulkInteger((int) value);
        } else {
            bulk(Numbers.text(value));
        }
    }

    @Override
    public void decimal(double value, String text) {
        if (resp3) {
            line(',', text);
        } else {
            bulk(text);
        }
    }

    @Override
    public void bool(boolean value) {
        if (resp3) {
            line('#', value ? "t" : "f");
        } else {
            integer(value ? 1 : 0);
        }
    }

    @Override
    public void bigNumber(String digits) {
        if (resp3) {
            line('(', digits);
        } else {
            bulk(digits);
        }
    }

    @Override
    public void verbatim(String format, byte[] text) {
        if (!resp3) {
            bulk(text, 0, text.length);
            return;
        }
        head('=', text.length + 4L);
        raw(ascii(format + ":"));
        raw(text);
        lineEnd();
    }

    @Override
    public int openArray() {
        room(SIZE_GAP);
        int mark = length;
        length += SIZE_GAP;
        open++;
        return mark;
    }

    @Override
    public void closeArray(int mark, int size) {
        close('*', mark, size);
    }

    @Override
    public int openMap() {
        return openArray();
    }

    @Override
    public void closeMap(int mark, int pairs) {
        if (resp3) {
            close('%', mark, pairs);
        } else {
            close('*', mark, pairs * 2);
        }
    }

    @Override
    public int openSet() {
        return openArray();
    }

    @Override
    public void closeSet(int mark, int size) {
        close(resp3 ? '~' : '*', mark, size);
    }

    private void close(int type, int mark, int size) {
        int gap = SIZE_GAP - 3 - Numbers.length(size);
        if (gap > 0) {
            System.arraycopy(bytes, mark + SIZE_GAP, bytes, mark + SIZE_GAP - gap, length - mark - SIZE_GAP);
        }
        int end = length - gap;
        length = mark;
        head(type, size);
        length = end;
        open--;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
