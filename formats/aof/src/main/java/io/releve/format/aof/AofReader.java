package io.releve.format.aof;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.command.Arguments;
import io.releve.format.rdb.RdbFileReader;
import io.releve.format.rdb.RdbInput;
import io.releve.format.rdb.RdbVisitor;
import io.releve.format.resp.ProtocolException;
import io.releve.format.resp.Request;
import io.releve.format.resp.RequestLimits;
import io.releve.keyspace.StringValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Reads the commands of an append-only file. Between them may stand annotations, lines that begin with {@code #}; an
 * old file may begin with an RDB, {@link #hasPreamble}. A file that ends too early is told from one that is damaged:
 * the former is what a crash leaves, and can be cut at {@link #soundEnd}. Not for several threads.
 */
public final class AofReader {
    /** What the next thing in the file is. */
    public enum Event {
        /** A command, {@link #arguments}; MULTI and EXEC are commands too. */
        COMMAND,
        /** A line, {@link #annotation}. */
        ANNOTATION,
        /** The end, where it may be. */
        END,
        /** The end, inside of a command, of an annotation or of a transaction. */
        TRUNCATED
    }

    static final byte[] TIMESTAMP = "#TS:".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] PREAMBLE = "REDIS".getBytes(StandardCharsets.US_ASCII);
    private static final int BLOCK = 1 << 18;
    /** More memory than that is given back. */
    private static final int KEPT = 16 * BLOCK;
    private static final int LARGEST = Integer.MAX_VALUE - 16;
    private static final int LONGEST_ANNOTATION = 1024;
    private static final RequestLimits LIMITS = RequestLimits.authenticated(StringValue.MAX_LENGTH);

    private final RdbInput.Source source;
    private final Request request = new Request();
    private final Bytes annotation = new Bytes();
    private final KeysAhead ahead = new KeysAhead();
    private byte[] buffer = new byte[BLOCK];
    private int at;
    private int end;
    /** Byte of the file at which the buffer begins. */
    private long before;
    private long soundEnd;
    /** The byte up to which keys were shown. */
    private long seen;
    private boolean inTransaction;
    /** While the RDB at the beginning is read. */
    private RdbFileReader preamble;

    /** @param source gives the file from its beginning */
    public AofReader(RdbInput.Source source) {
        this.source = source;
    }

    /** Whether the file begins with an RDB, which is to be read with {@link #readPreamble}. To be asked first. */
    public boolean hasPreamble() {
        while (end - at < PREAMBLE.length) {
            if (!more(0)) {
                return false;
            }
        }
        return Arrays.equals(buffer, at, at + PREAMBLE.length, PREAMBLE, 0, PREAMBLE.length);
    }

    /**
     * Reads the RDB at the beginning.
     *
     * @param verify whether a wrong checksum is an error
     * @return the reader, which has come to its end
     * @throws io.releve.format.rdb.RdbException when it is damaged or ends too early
     */
    public RdbFileReader readPreamble(RdbVisitor visitor, boolean verify) {
        RdbFileReader rdb = new RdbFileReader(this::take, visitor, verify);
        preamble = rdb;
        rdb.read();
        preamble = null;
        Bytes rest = rdb.rest();
        if (end > at) {
            // All of the rest came out of the buffer.
            at -= rest.length();
        } else {
            rest.copyTo(0, buffer, 0, rest.length());
            at = 0;
            end = rest.length();
        }
        before = rdb.position() - at;
        soundEnd = rdb.position();
        return rdb;
    }

    private int take(byte[] target, int from, int length) {
        if (at == end) {
            return source.read(target, from, length);
        }
        int count = Math.min(length, end - at);
        System.arraycopy(buffer, at, target, from, count);
        at += count;
        return count;
    }

    /** The command read last; its views are valid until the next call. */
    public Arguments arguments() {
        return request;
    }

    /** The annotation read last, without {@code #} and line end; a view, valid until the next call. */
    public Bytes annotation() {
        return annotation;
    }

    /**
     * The time in the annotation read last, which holds for what follows it.
     *
     * @return seconds since the epoch, or -1 when the annotation is another one
     */
    public long timestamp() {
        int name = TIMESTAMP.length - 1;
        byte[] array = annotation.array();
        int from = annotation.offset();
        int length = annotation.length();
        if (length <= name || !Arrays.equals(array, from, from + name, TIMESTAMP, 1, 1 + name)
                || !Numbers.isInteger(array, from + name, length - name)) {
            return -1;
        }
        return Math.max(-1, Numbers.integer(array, from + name, length - name));
    }

    /** The byte of the file behind what was read last, or up to which an RDB at the beginning has been read. */
    public long position() {
        return preamble != null ? preamble.position() : before + at;
    }

    /**
     * The byte behind the last command that stands outside of a transaction, or behind the last whole transaction;
     * after {@link Event#END} the length of the file.
     */
    public long soundEnd() {
        return soundEnd;
    }

    /** Whether MULTI was read and its EXEC was not. */
    public boolean inTransaction() {
        return inTransaction;
    }

    /**
     * Shows the first arguments of commands that follow, each once, as far as they are in memory: mostly their keys.
     *
     * @param keys takes views, valid during the call
     */
    public void lookAhead(Consumer<Bytes> keys) {
        if (before + at >= seen) {
            seen = before + ahead.look(buffer, at, end, keys);
        }
    }

    /**
     * Goes to the next thing.
     *
     * @throws AofException when there is none, whatever might follow; {@link #soundEnd} stays where it is
     */
    public Event next() {
        while (true) {
            if (at < end) {
                Event event = buffer[at] == '*' ? command() : buffer[at] == '#' ? line() : null;
                if (event != null) {
                    return event;
                }
                if (buffer[at] != '*' && buffer[at] != '#') {
                    throw new CommandCheck(buffer, at, end, before).damage();
                }
            }
            if (!more(request.needed())) {
                return atEnd();
            }
        }
    }

    private Event atEnd() {
        if (at < end && buffer[at] == '*') {
            AofException damage = new CommandCheck(buffer, at, end, before).damage();
            if (damage != null) {
                throw damage;
            }
        }
        if (at < end || inTransaction) {
            return Event.TRUNCATED;
        }
        soundEnd = position();
        return Event.END;
    }

    /** @return null when it is not there as a whole */
    private Event command() {
        int next;
        try {
            next = request.parse(buffer, at, end, LIMITS);
        } catch (ProtocolException e) {
            throw damaged(e.getMessage());
        }
        if (next < 0) {
            return null;
        }
        int size = request.size();
        if (size == 0) {
            throw damaged("A command has no arguments");
        }
        for (int i = 0; i < size; i++) {
            checkFrame(request.get(i));
        }
        int first = request.get(0).offset() - 3;
        while (buffer[first] != '$') {
            first--;
        }
        if (buffer[first - 1] != '\n') {
            throw damaged("A line has no end");
        }
        group(size);
        at = next;
        if (!inTransaction) {
            soundEnd = position();
        }
        return Event.COMMAND;
    }

    /** The parser of requests looks for the carriage return only: a client that is wrong there harms itself alone. */
    private void checkFrame(Bytes argument) {
        int from = argument.offset();
        int behind = from + argument.length();
        if (buffer[from - 1] != '\n' || buffer[behind] != '\r' || buffer[behind + 1] != '\n') {
            throw damaged("A line has no end");
        }
    }

    private void group(int size) {
        if (size != 1) {
            return;
        }
        if (request.is(0, "MULTI")) {
            if (inTransaction) {
                throw new AofException("There is a MULTI inside of a transaction", position());
            }
            inTransaction = true;
        } else if (request.is(0, "EXEC")) {
            if (!inTransaction) {
                throw new AofException("There is an EXEC without MULTI", position());
            }
            inTransaction = false;
        }
    }

    private AofException damaged(String otherwise) {
        AofException exact = new CommandCheck(buffer, at, end, before).damage();
        return exact != null ? exact : new AofException(otherwise, position());
    }

    /** @return null when it is not there as a whole */
    private Event line() {
        int limit = Math.min(end, at + LONGEST_ANNOTATION);
        for (int i = at; i < limit; i++) {
            if (buffer[i] == '\n') {
                int last = buffer[i - 1] == '\r' ? i - 1 : i;
                annotation.set(buffer, at + 1, last - at - 1);
                at = i + 1;
                return Event.ANNOTATION;
            }
        }
        if (limit - at == LONGEST_ANNOTATION) {
            throw new AofException("An annotation is longer than " + LONGEST_ANNOTATION + " bytes", position());
        }
        return null;
    }

    /**
     * Reads more behind what is there.
     *
     * @param needed bytes that there must be from {@link #at} on, if that is known
     * @return false at the end of the file
     */
    private boolean more(int needed) {
        int there = end - at;
        byte[] target = buffer;
        if (there == buffer.length) {
            if (there == LARGEST) {
                throw new AofException("A command is longer than 2 GiB", position());
            }
            // Twice as much at most: what was only announced takes no memory.
            int doubled = (int) Math.min(LARGEST, 2L * there);
            target = new byte[needed > there ? Math.min(needed, doubled) : doubled];
        } else if (buffer.length > KEPT && there < BLOCK && needed < BLOCK) {
            target = new byte[BLOCK];
        }
        if (at > 0 || target != buffer) {
            System.arraycopy(buffer, at, target, 0, there);
            buffer = target;
            before += at;
            at = 0;
            end = there;
        }
        int read = source.read(buffer, end, buffer.length - end);
        if (read <= 0) {
            return false;
        }
        end += read;
        return true;
    }
}
