package io.releve.persistence.segments;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The first {@link #LENGTH} bytes of a segment, forced before anything follows them, big-endian: the magic, the version
 * (u32), flags (u32, bit 0: {@code fresh}), {@code salt}, {@code position}, the replication id (40 bytes), {@code previous}
 * (u32), and the CRC-32C of all before (u32).
 *
 * @param salt random; part of every check in the segment, so that nobody who writes values can forge a frame
 * @param position in the log, at which the segment begins
 * @param replicationId of the history it belongs to
 * @param previous check of the last frame of the segment before, 0 without one
 * @param fresh whether there was no base yet when it was begun: if there is still none, it stands for nothing
 */
record SegmentHeader(long salt, long position, String replicationId, int previous, boolean fresh) {
    static final int LENGTH = 80;
    static final int VERSION = 1;
    private static final byte[] MAGIC = "RELSEG\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int ID_LENGTH = 40;

    byte[] toByteArray() {
        ByteBuffer buffer = ByteBuffer.allocate(LENGTH);
        buffer.put(MAGIC).putInt(VERSION).putInt(fresh ? 1 : 0).putLong(salt).putLong(position);
        buffer.put(replicationId.getBytes(StandardCharsets.US_ASCII), 0, ID_LENGTH);
        buffer.putInt(previous).putInt(crc(buffer.array()));
        return buffer.array();
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, LENGTH - Integer.BYTES);
        return (int) crc.getValue();
    }

    /** @return null when the check is wrong */
    static SegmentHeader parse(byte[] bytes) {
        if (bytes.length < LENGTH) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        byte[] magic = new byte[MAGIC.length];
        buffer.get(magic);
        int version = buffer.getInt();
        if (!java.util.Arrays.equals(magic, MAGIC) || version != VERSION
                || buffer.getInt(LENGTH - Integer.BYTES) != crc(bytes)) {
            return null;
        }
        boolean fresh = (buffer.getInt() & 1) != 0;
        long salt = buffer.getLong();
        long position = buffer.getLong();
        byte[] id = new byte[ID_LENGTH];
        buffer.get(id);
        return new SegmentHeader(salt, position, new String(id, StandardCharsets.US_ASCII), buffer.getInt(), fresh);
    }
}
