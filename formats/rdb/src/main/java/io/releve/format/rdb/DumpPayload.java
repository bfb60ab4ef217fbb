package io.releve.format.rdb;

import io.releve.bytes.ByteSource;
import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What DUMP answers and RESTORE takes (redis.io/commands/dump): the type of a value u8, the value, the version of RDB
 * u16, and the {@link Crc64} of all before, 64 bits. It lies in pieces, so that a large one is not copied as it grows.
 */
public final class DumpPayload implements ByteSource {
    /** The newest version that is read. */
    public static final int NEWEST_READ = 12;
    /** Bytes of version and check. */
    public static final int FOOTER = Short.BYTES + Long.BYTES;
    /** Of Redis 7.0, the first that has functions: all that have them read it. */
    private static final int FUNCTIONS_VERSION = 10;
    private static final int FIRST_PIECE = 512;
    private static final int PIECE = 1 << 20;

    private final List<byte[]> pieces = new ArrayList<>();
    /** Where each piece begins. */
    private final List<Integer> starts = new ArrayList<>();
    private byte[] last = {};
    private int used;
    private int length;
    private long crc;

    private DumpPayload() {
    }

    /**
     * The payload of a value, which is read completely now.
     *
     * @param compress whether strings are compressed
     * @throws ArithmeticException when it would be 2 GiB or longer
     */
    public static DumpPayload of(Value value, EncodingLimits limits, int version, boolean compress) {
        DumpPayload payload = new DumpPayload();
        RdbOutput output = new RdbOutput(payload.new Pieces(), compress);
        ValueWriter writer = new ValueWriter(output, limits, version);
        output.writeByte(writer.type(value).code());
        writer.write(value);
        payload.end(output, version);
        return payload;
    }

    /** The payload of libraries of functions (FUNCTION DUMP). */
    public static DumpPayload ofFunctions(List<byte[]> libraries) {
        DumpPayload payload = new DumpPayload();
        RdbOutput output = new RdbOutput(payload.new Pieces(), true);
        libraries.forEach(code -> new FunctionLibrary(code).write(output));
        payload.end(output, FUNCTIONS_VERSION);
        return payload;
    }

    private void end(RdbOutput output, int version) {
        output.writeShort(version);
        output.flush();
        crc = check();
        output.writeLong(crc);
        output.flush();
    }

    private long check() {
        long check = 0;
        for (byte[] piece : pieces) {
            check = Crc64.update(check, piece, 0, piece == last ? used : piece.length);
        }
        return check;
    }

    /**
     * Whether the payload is of a version that is read and undamaged; otherwise {@link #read} must not be called.
     */
    public static boolean isSound(Bytes payload) {
        int body = payload.length() - FOOTER;
        if (body < 0) {
            return false;
        }
        int at = payload.offset() + body;
        int version = LittleEndian.getShort(payload.array(), at) & 0xffff;
        return version <= NEWEST_READ && LittleEndian.getLong(payload.array(), at + Short.BYTES)
                == Crc64.update(0, payload.array(), payload.offset(), body + Short.BYTES);
    }

    /**
     * Reads the value of a sound payload, which must stay as it is until the value is put under a key.
     *
     * @return has read the value
     * @throws RdbException when it is none, or an empty collection
     */
    public static ValueReader read(Bytes payload, Database database) {
        RdbInput input = new RdbInput(new Bytes(payload.array(), payload.offset(), payload.length() - FOOTER));
        ValueReader reader = new ValueReader(input);
        if (!reader.read(RdbType.of(input.readByte()), database)) {
            throw new RdbException("A collection has no elements");
        }
        if (!input.atEnd()) {
            throw new RdbException("Something follows the value");
        }
        return reader;
    }

    /** Takes what is written. */
    private final class Pieces implements RdbOutput.Store {
        @Override
        public void write(byte[] bytes, int from, int count) {
            add(bytes, from, count);
        }

        @Override
        public void replace(long position, int value) {
            for (int i = 0; i < Integer.BYTES; i++) {
                int at = (int) position + i;
                int piece = piece(at);
                pieces.get(piece)[at - starts.get(piece)] = (byte) (value >>> Byte.SIZE * (Integer.BYTES - 1 - i));
            }
        }
    }

    private void add(byte[] bytes, int from, int count) {
        Math.addExact(length, count);
        for (int done = 0; done < count; ) {
            if (used == last.length) {
                last = new byte[Math.max(Math.min(PIECE, 2 * last.length), Math.min(PIECE,
                        Math.max(FIRST_PIECE, count - done)))];
                pieces.add(last);
                starts.add(length);
                used = 0;
            }
            int part = Math.min(count - done, last.length - used);
            System.arraycopy(bytes, from + done, last, used, part);
            used += part;
            length += part;
            done += part;
        }
    }

    /** The check at its end: different values have, in all likelihood, different ones. */
    public long crc() {
        return crc;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public void copyTo(int from, byte[] target, int at, int count) {
        Objects.checkFromIndexSize(from, count, length);
        int piece = piece(from);
        int position = from - starts.get(piece);
        for (int done = 0; done < count; piece++) {
            byte[] bytes = pieces.get(piece);
            int part = Math.min(count - done, bytes.length - position);
            System.arraycopy(bytes, position, target, at + done, part);
            done += part;
            position = 0;
        }
    }

    @Override
    public int byteAt(int index) {
        Objects.checkIndex(index, length);
        int piece = piece(index);
        return pieces.get(piece)[index - starts.get(piece)] & 0xff;
    }

    /** The piece in which a position lies. */
    private int piece(int position) {
        int low = 0;
        int high = starts.size() - 1;
        while (low < high) {
            int middle = low + high + 1 >>> 1;
            if (starts.get(middle) <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
