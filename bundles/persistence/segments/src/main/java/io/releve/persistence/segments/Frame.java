package io.releve.persistence.segments;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The head of a frame, {@link #LENGTH} bytes, big-endian: {@link #MAGIC} (u32), length of the payload (u32), kind (u32),
 * {@code start}, {@code end}, {@code forced}, {@code previous} (u32), {@code check} (u32). The payload follows.
 *
 * @param length bytes of the payload
 * @param start position in the log of the first byte; what is between the end of the frame before and this changes no data
 * @param end position in the log behind it
 * @param forced byte of the segment up to which it was forced to the disk when this was written: damage before it is no
 *               trace of a power cut
 * @param previous check of the frame before, in this segment or the one before
 * @param check CRC-32C of the segment's salt, the offset of this frame in it, the head before, and the payload
 */
record Frame(int length, int kind, long start, long end, long forced, int previous, int check) {
    static final int LENGTH = 44;
    static final int MAGIC = 0xF5A3E701;
    /** The stream, whole entries and whole atomic groups. */
    static final int DATA = 1;
    /** Bytes that do not count in the log's positions: a SELECT at the start of a segment, or nothing. */
    static final int CONTEXT = 2;
    /** The journal was closed in good order; the replication id. */
    static final int END = 3;
    private static final int CHECK_OFFSET = LENGTH - Integer.BYTES;

    /** Writes the head of a frame, with the check. */
    static int write(byte[] head, int kind, long start, long end, long forced, int previous, long salt, long offset,
            byte[] payload, int length) {
        ByteBuffer buffer = ByteBuffer.wrap(head);
        buffer.putInt(MAGIC).putInt(length).putInt(kind).putLong(start).putLong(end).putLong(forced).putInt(previous);
        int check = check(salt, offset, head, 0, payload, 0, length);
        buffer.putInt(check);
        return check;
    }

    /** @return null when these are not the first bytes of a frame */
    static Frame parse(byte[] bytes, int at) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, at, LENGTH);
        if (buffer.getInt() != MAGIC) {
            return null;
        }
        Frame frame = new Frame(buffer.getInt(), buffer.getInt(), buffer.getLong(), buffer.getLong(), buffer.getLong(),
                buffer.getInt(), buffer.getInt());
        return frame.length < 0 || frame.kind < DATA || frame.kind > END || frame.end < frame.start ? null : frame;
    }

    static int check(long salt, long offset, byte[] head, int headAt, byte[] payload, int payloadAt, int length) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(salt).putLong(offset).flip());
        crc.update(head, headAt, CHECK_OFFSET);
        crc.update(payload, payloadAt, length);
        return (int) crc.getValue();
    }
}
