package io.releve.format.rdb;

import io.releve.bytes.ByteSource;
import io.releve.bytes.Bytes;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Value;
import java.nio.charset.StandardCharsets;

/**
 * Writes a whole RDB, a file or what a replica receives: {@code REDIS} and four digits of a version; fields about the
 * file; libraries of functions; for each database its number, how many keys there are, and the keys; the end and the
 * {@link Crc64} of all before. The methods are to be called in this order. Before a key stand its expiry time and one
 * of idle time or frequency, if there are any; then the type of its value, the key, the value.
 *
 * <p>What the sink of the output throws passes through.
 */
public final class RdbFileWriter {
    /** Stands for "no idle time" and "no frequency". */
    public static final int NONE = -1;

    static final byte[] MAGIC = "REDIS".getBytes(StandardCharsets.US_ASCII);
    static final int VERSION_DIGITS = 4;

    private final RdbOutput output;
    private final ValueWriter values;
    private final int version;
    private final boolean checksum;

    /**
     * @param output to which nothing was written
     * @param limits how large the nodes of lists and streams become
     * @param version {@link ValueWriter#DEFAULT_VERSION} or {@link ValueWriter#NEWEST_VERSION}
     * @param checksum whether the check is written ({@code rdbchecksum}); otherwise 0 stands in its place
     */
    public RdbFileWriter(RdbOutput output, EncodingLimits limits, int version, boolean checksum) {
        this.output = output;
        this.version = version;
        this.checksum = checksum;
        values = new ValueWriter(output, limits, version);
    }

    /** Writes what a file begins with. */
    public void begin() {
        output.writeBytes(MAGIC, 0, MAGIC.length);
        byte[] digits = "%04d".formatted(version).getBytes(StandardCharsets.US_ASCII);
        output.writeBytes(digits, 0, VERSION_DIGITS);
    }

    /** Writes a field about the file; those that Redis knows are in {@link AuxField}. */
    public void aux(String name, String value) {
        output.writeByte(Opcode.AUX);
        output.writeString(Bytes.of(name));
        output.writeString(Bytes.of(value));
    }

    /** Writes a field with a number. */
    public void aux(String name, long value) {
        aux(name, Long.toString(value));
    }

    /** Writes a library of functions. */
    public void function(FunctionLibrary library) {
        library.write(output);
    }

    /**
     * Begins a database.
     *
     * @param keys how many keys are going to follow, a hint
     * @param expiring how many of them have an expiry time, likewise
     */
    public void database(int index, long keys, long expiring) {
        output.writeByte(Opcode.SELECT_DB);
        output.writeLength(index);
        output.writeByte(Opcode.RESIZE_DB);
        output.writeLength(keys);
        output.writeLength(expiring);
    }

    /** Writes a key, its value and when it expires. */
    public void key(Bytes key, Value value) {
        key(key, value, value.expireAt(), NONE, NONE);
    }

    /**
     * Writes a key and its value.
     *
     * @param expireAt ms since the epoch, or {@link Value#NEVER}
     * @param idle seconds since it was used, where {@code maxmemory-policy} is of the LRU kind, or {@link #NONE}
     * @param frequency the counter of its uses, 0 to 255, where it is of the LFU kind, or {@link #NONE}
     */
    public void key(Bytes key, Value value, long expireAt, long idle, int frequency) {
        if (value instanceof StringValue string) {
            string(key, string, expireAt, idle, frequency);
            return;
        }
        beforeKey(expireAt, idle, frequency);
        output.writeByte(values.type(value).code());
        output.writeString(key);
        values.write(value);
    }

    /** The same for a string that may lie anywhere. */
    public void string(Bytes key, ByteSource content, long expireAt, long idle, int frequency) {
        beforeKey(expireAt, idle, frequency);
        output.writeByte(RdbType.STRING.code());
        output.writeString(key);
        output.writeString(content);
    }

    private void beforeKey(long expireAt, long idle, int frequency) {
        if (expireAt != Value.NEVER) {
            output.writeByte(Opcode.EXPIRE_MILLISECONDS);
            output.writeLong(expireAt);
        }
        if (idle >= 0) {
            output.writeByte(Opcode.IDLE);
            output.writeLength(idle);
        } else if (frequency >= 0) {
            output.writeByte(Opcode.FREQUENCY);
            output.writeByte(frequency);
        }
    }

    /** Bytes written so far. */
    public long position() {
        return output.position();
    }

    /** Writes the end and hands everything to the sink. */
    public void end() {
        output.writeByte(Opcode.EOF);
        output.writeLong(checksum ? output.crc() : 0);
        output.flush();
    }
}
