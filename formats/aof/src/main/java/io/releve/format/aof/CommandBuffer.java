package io.releve.format.aof;

import io.releve.bytes.ByteSource;
import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.command.Arguments;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Commands as bytes, as they stand in an append-only file and in a replication stream: {@code *ARGUMENTS\r\n}, and each
 * as {@code $LENGTH\r\n...\r\n}. They are gathered in one array; with a sink it goes there whenever it has become long,
 * also in the middle of a command. Not for several threads.
 */
public final class CommandBuffer {
    private static final int FIRST = 4096;
    /** As much is gathered before it goes to the sink. */
    private static final int LONG = 64 * 1024;
    /** A larger array is given back when it is empty. */
    private static final int KEPT = 1 << 20;
    /** A type, a number of up to 20 characters, a line end. */
    private static final int HEAD = 1 + Numbers.MAX_INTEGER_LENGTH + 2;

    private static final byte[] SELECT = ascii("*2\r\n$6\r\nSELECT\r\n");
    private static final byte[] MULTI = ascii("*1\r\n$5\r\nMULTI\r\n");
    private static final byte[] EXEC = ascii("*1\r\n$4\r\nEXEC\r\n");

    /** Takes bytes. */
    @FunctionalInterface
    public interface Sink {
        void write(byte[] bytes, int from, int length);
    }

    private final Sink sink;
    private byte[] bytes = new byte[FIRST];
    private int length;
    /** Bytes that are not here any more. */
    private long gone;

    /** Everything stays until {@link #clear}. */
    public CommandBuffer() {
        this(null);
    }

    /** @param sink takes what has become long, and the rest with {@link #flush} */
    public CommandBuffer(Sink sink) {
        this.sink = sink;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** What is there, from 0 to {@link #length}. */
    public byte[] array() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /** Bytes written since it was made. */
    public long position() {
        return gone + length;
    }

    /** Forgets what is there. */
    public void clear() {
        gone += length;
        length = 0;
        if (bytes.length > KEPT) {
            bytes = new byte[FIRST];
        }
    }

    /** Gives what is there to the sink. */
    public void flush() {
        if (length > 0) {
            sink.write(bytes, 0, length);
            clear();
        }
    }

    private void room(int count) {
        if (sink != null && length >= LONG) {
            flush();
        }
        if (bytes.length - length < count) {
            long wanted = Math.max((long) length + count, 2L * bytes.length);
            if ((long) length + count > Integer.MAX_VALUE - 16) {
                throw new OutOfMemoryError("2 GiB of commands are not written");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 16));
        }
    }

    private CommandBuffer head(int type, long number) {
        room(HEAD);
        bytes[length] = (byte) type;
        length = Numbers.write(bytes, length + 1, number);
        return lineEnd();
    }

    private CommandBuffer lineEnd() {
        bytes[length] = '\r';
        bytes[length + 1] = '\n';
        length += 2;
        return this;
    }

    private CommandBuffer raw(byte[] text) {
        room(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
        return this;
    }

    /** Begins a command of so many arguments, its name included; they must follow. */
    public CommandBuffer begin(int arguments) {
        return head('*', arguments);
    }

    public CommandBuffer argument(byte[] array, int from, int count) {
        head('$', count);
        int done = 0;
        while (count - done > LONG && sink != null) {
            room(LONG);
            System.arraycopy(array, from + done, bytes, length, LONG);
            length += LONG;
            done += LONG;
        }
        room(count - done + 2);
        System.arraycopy(array, from + done, bytes, length, count - done);
        length += count - done;
        return lineEnd();
    }

    public CommandBuffer argument(byte[] array) {
        return argument(array, 0, array.length);
    }

    public CommandBuffer argument(Bytes argument) {
        return argument(argument.array(), argument.offset(), argument.length());
    }

    /** An argument that may lie anywhere; a long one is copied in pieces where there is a sink. */
    public CommandBuffer argument(ByteSource argument) {
        int count = argument.length();
        head('$', count);
        int done = 0;
        do {
            int piece = sink == null ? count : Math.min(LONG, count - done);
            room(piece + 2);
            argument.copyTo(done, bytes, length, piece);
            length += piece;
            done += piece;
        } while (done < count);
        return lineEnd();
    }

    /** An ASCII word. */
    public CommandBuffer argument(String word) {
        int count = word.length();
        head('$', count);
        room(count + 2);
        for (int i = 0; i < count; i++) {
            bytes[length++] = (byte) word.charAt(i);
        }
        return lineEnd();
    }

    /** A number as its decimal text. */
    public CommandBuffer argument(long number) {
        head('$', Numbers.length(number));
        room(Numbers.MAX_INTEGER_LENGTH + 2);
        length = Numbers.write(bytes, length, number);
        return lineEnd();
    }

    /** A whole command. */
    public CommandBuffer command(Arguments arguments) {
        int size = arguments.size();
        begin(size);
        for (int i = 0; i < size; i++) {
            argument(arguments.get(i));
        }
        return this;
    }

    /** SELECT. */
    public CommandBuffer select(int database) {
        return raw(SELECT).argument(database);
    }

    /** MULTI. */
    public CommandBuffer multi() {
        return raw(MULTI);
    }

    /** EXEC. */
    public CommandBuffer exec() {
        return raw(EXEC);
    }

    /**
     * The line of {@code aof-timestamp-enabled}: what follows was written at this time.
     *
     * @param seconds since the epoch
     */
    public CommandBuffer timestamp(long seconds) {
        return raw(AofReader.TIMESTAMP).number(seconds);
    }

    private CommandBuffer number(long number) {
        room(HEAD);
        length = Numbers.write(bytes, length, number);
        return lineEnd();
    }
}
