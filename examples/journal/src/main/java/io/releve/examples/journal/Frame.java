package io.releve.examples.journal;

import io.releve.command.Arguments;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What stands between two lengths: the kind, the id of the history, a position in the log, then what belongs to the kind. In
 * the file a record has its length and a check before it, four bytes each; the check is over the check of the record
 * before and the payload, so that no record is taken for one that continues another file or an earlier try.
 */
final class Frame {
    /** Begins a file; the position is the one at which it begins. Then: whether it continues the file before, and its check. */
    static final byte HEADER = 0;
    /** Groups of changes up to the position. */
    static final byte BATCH = 1;
    /** Closed in good order. Then the check of the record before; its own check depends on nothing. */
    static final byte END = 2;
    /** Bytes of length and check. */
    static final int PREFIX = 8;
    /** Bytes of kind, id and position. */
    static final int COMMON = 1 + 40 + 8;
    /** Bytes of a whole {@link #END}. */
    static final int END_BYTES = PREFIX + COMMON + 4;

    private Frame() {
    }

    static byte[] header(String id, long position, boolean continues, int previous) {
        return common(HEADER, id, position, 5).put((byte) (continues ? 1 : 0)).putInt(previous).array();
    }

    static byte[] end(String id, long position, int previous) {
        return common(END, id, position, 4).putInt(previous).array();
    }

    static byte[] batch(String id, long position, byte[] groups) {
        return common(BATCH, id, position, groups.length).put(groups).array();
    }

    private static ByteBuffer common(byte kind, String id, long position, int more) {
        return ByteBuffer.allocate(COMMON + more).put(kind).put(id.getBytes(StandardCharsets.ISO_8859_1)).putLong(position);
    }

    /** With length and check before it. */
    static ByteBuffer framed(byte[] payload, int check) {
        return ByteBuffer.allocate(PREFIX + payload.length).putInt(payload.length).putInt(check).put(payload).flip();
    }

    static int check(int previous, byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(4).putInt(previous).flip());
        crc.update(payload);
        return (int) crc.getValue();
    }

    static String id(byte[] payload) {
        return new String(payload, 1, 40, StandardCharsets.ISO_8859_1);
    }

    static long position(byte[] payload) {
        return ByteBuffer.wrap(payload).getLong(41);
    }

    /** One atomic group: the number of the database, of commands, and for each of words with their lengths. */
    static byte[] group(int database, List<Arguments> commands) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(database);
            out.writeInt(commands.size());
            for (Arguments command : commands) {
                out.writeInt(command.size());
                for (int i = 0; i < command.size(); i++) {
                    byte[] word = command.get(i).toByteArray();
                    out.writeInt(word.length);
                    out.write(word);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Reads one command of a group. @throws IOException when it is none */
    static Arguments command(ByteBuffer from) throws IOException {
        Object[] words = new Object[count(from, 1)];
        for (int i = 0; i < words.length; i++) {
            byte[] word = new byte[count(from, 0)];
            from.get(word);
            words[i] = word;
        }
        return Arguments.of(words);
    }

    /** A number of things that are yet to come, each of a byte at least. */
    static int count(ByteBuffer from, int least) throws IOException {
        int count = from.remaining() < 4 ? -1 : from.getInt();
        if (count < least || count > from.remaining()) {
            throw new IOException("a record holds a number that cannot be right");
        }
        return count;
    }
}
