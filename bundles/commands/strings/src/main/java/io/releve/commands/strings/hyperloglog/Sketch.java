package io.releve.commands.strings.hyperloglog;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.commands.strings.StringCommand;
import io.releve.keyspace.StringValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A HyperLogLog as a string: {@code HYLL}, encoding u8 (0 dense, 1 sparse), three zero bytes, the cached estimate
 * (u64, little-endian, its highest bit set when it is out of date), then the registers: dense, six bits each, lowest
 * first, or {@link Sparse}.
 */
final class Sketch {
    static final CommandException INVALID =
            new CommandException("WRONGTYPE Key is not a valid HyperLogLog string value.");
    private static final byte[] MAGIC = "HYLL".getBytes(StandardCharsets.US_ASCII);
    private static final int ENCODING = 4;
    private static final int CACHE = 8;
    private static final int HEADER = 16;
    private static final int STALE = 0x80;
    private static final int DENSE_LENGTH = HEADER + Registers.COUNT * Registers.WIDTH / 8;

    private final StringValue value;

    private Sketch(StringValue value) {
        this.value = value;
    }

    /**
     * The sketch under a key, or null.
     *
     * @throws CommandException when the key holds something else
     */
    static Sketch of(StringValue value) {
        if (value == null) {
            return null;
        }
        if (value.length() < HEADER) {
            throw INVALID;
        }
        for (int i = 0; i < MAGIC.length; i++) {
            if (value.byteAt(i) != MAGIC[i]) {
                throw INVALID;
            }
        }
        int encoding = value.byteAt(ENCODING);
        if (encoding > 1 || encoding == 0 && value.length() != DENSE_LENGTH) {
            throw INVALID;
        }
        return new Sketch(value);
    }

    /** Makes an empty one under a key. */
    static Sketch create(Call call, Bytes key) {
        byte[] registers = Sparse.empty();
        byte[] content = Arrays.copyOf(MAGIC, HEADER + registers.length);
        content[ENCODING] = 1;
        content[CACHE + 7] = (byte) STALE;
        System.arraycopy(registers, 0, content, HEADER, registers.length);
        StringCommand.create(call, key, new Bytes(content));
        Sketch sketch = new Sketch((StringValue) call.database().find(key));
        // what is changed in parts is never shown as embstr
        sketch.value.write(ENCODING, 1);
        return sketch;
    }

    boolean isDense() {
        return value.byteAt(ENCODING) == 0;
    }

    /** Counts an element; @return whether that changed anything */
    boolean add(Bytes element, long sparseLimit) {
        int place = Registers.place(element);
        return raise(place & Registers.COUNT - 1, place >>> Registers.INDEX_BITS, sparseLimit);
    }

    private boolean raise(int index, int rank, long sparseLimit) {
        if (!isDense() && !raiseSparse(index, rank, sparseLimit)) {
            return false;
        }
        return !isDense() || raiseDense(index, rank);
    }

    /** @return whether the register was lower; it is still so if the sketch has become dense */
    private boolean raiseSparse(int index, int rank, long limit) {
        byte[] content = value.toByteArray();
        Sparse sparse = new Sparse(content, HEADER);
        if (rank <= Sparse.MAX_VALUE) {
            if (!sparse.raise(index, rank)) {
                return false;
            }
            byte[] code = sparse.code();
            if (HEADER + code.length <= limit) {
                byte[] next = Arrays.copyOf(content, HEADER + code.length);
                System.arraycopy(code, 0, next, HEADER, code.length);
                value.assign(new Bytes(next));
                value.write(CACHE + 7, next[CACHE + 7] | STALE);
                return true;
            }
        }
        toDense();
        return true;
    }

    private boolean raiseDense(int index, int rank) {
        int bit = index * Registers.WIDTH;
        int at = HEADER + (bit >>> 3);
        int shift = bit & 7;
        int low = value.byteAt(at);
        boolean spans = shift > 8 - Registers.WIDTH;
        int high = spans ? value.byteAt(at + 1) : 0;
        int word = high << 8 | low;
        if ((word >>> shift & Registers.MAX) >= rank) {
            return false;
        }
        word = word & ~(Registers.MAX << shift) | rank << shift;
        value.write(at, word & 0xff);
        if (spans) {
            value.write(at + 1, word >>> 8);
        }
        value.write(CACHE + 7, value.byteAt(CACHE + 7) | STALE);
        return true;
    }

    /** Changes to the dense representation; @return whether it was sparse */
    boolean toDense() {
        if (isDense()) {
            return false;
        }
        Registers registers = new Registers();
        raise(registers);
        byte[] content = new byte[DENSE_LENGTH];
        value.copyTo(0, content, 0, HEADER);
        content[ENCODING] = 0;
        for (int i = 0; i < Registers.COUNT; i++) {
            int bit = i * Registers.WIDTH;
            int word = registers.get(i) << (bit & 7);
            content[HEADER + (bit >>> 3)] |= (byte) word;
            if (word > 0xff) {
                content[HEADER + (bit >>> 3) + 1] |= (byte) (word >>> 8);
            }
        }
        value.assign(new Bytes(content));
        value.write(ENCODING, 0);
        return true;
    }

    /** Raises the target's registers to these. */
    void raise(Registers target) {
        byte[] content = value.toByteArray();
        if (!isDense()) {
            new Sparse(content, HEADER).raise(target);
            return;
        }
        for (int i = 0; i < Registers.COUNT; i++) {
            int bit = i * Registers.WIDTH;
            int at = HEADER + (bit >>> 3);
            int word = content[at] & 0xff | (at + 1 < content.length ? (content[at + 1] & 0xff) << 8 : 0);
            target.raise(i, word >>> (bit & 7) & Registers.MAX);
        }
    }

    /** Raises these registers to the source's, and marks the estimate as out of date. */
    void raiseFrom(Registers source, boolean dense, long sparseLimit) {
        if (dense) {
            toDense();
        }
        for (int i = 0; i < Registers.COUNT; i++) {
            if (source.get(i) > 0) {
                raise(i, source.get(i), sparseLimit);
            }
        }
        value.write(CACHE + 7, value.byteAt(CACHE + 7) | STALE);
    }

    /** The estimate that is written down, or -1 when it is out of date. */
    long cached() {
        if ((value.byteAt(CACHE + 7) & STALE) != 0) {
            return -1;
        }
        long cached = 0;
        for (int i = 7; i >= 0; i--) {
            cached = cached << 8 | value.byteAt(CACHE + i);
        }
        return cached;
    }

    /** Writes the estimate down. */
    void cache(long estimate) {
        byte[] bytes = new byte[Long.BYTES];
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[i] = (byte) (estimate >>> 8 * i);
        }
        value.write(CACHE, new Bytes(bytes));
    }

    /** The runs of a sparse one as text. */
    String text() {
        return new Sparse(value.toByteArray(), HEADER).text();
    }
}
