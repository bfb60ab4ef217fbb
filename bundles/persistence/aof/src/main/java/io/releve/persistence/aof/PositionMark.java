package io.releve.persistence.aof;

import io.releve.bytes.Bytes;
import io.releve.log.History;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Where in the log an append-only file stands: an annotation, {@code #RELEVE:<replication id>:<position>}, which says the
 * position of the command behind it. With {@code :forced} at its end everything before it was on the disk when it was
 * written; with {@code :clean} that is so and nothing came behind it before a stop in good order. Redis' loader and redis-check-aof pass over annotations.
 */
final class PositionMark {
    /** Longer than any mark. */
    static final int MAX_LENGTH = 128;

    private static final String NAME = "RELEVE:";
    private static final String CLEAN = ":clean";
    private static final String FORCED = ":forced";
    private static final Pattern CERTAIN = Pattern.compile("\n#" + NAME + "[0-9a-f]{40}:[0-9]{1,18}:(forced|clean)\r\n");

    private PositionMark() {
    }

    /** As a line. */
    static byte[] line(String replicationId, long position) {
        return line(replicationId, position, "");
    }

    /** The same where everything before is on the disk. */
    static byte[] forced(String replicationId, long position) {
        return line(replicationId, position, FORCED);
    }

    /** The same at the end of a file, when the server stops. */
    static byte[] clean(String replicationId, long position) {
        return line(replicationId, position, CLEAN);
    }

    private static byte[] line(String replicationId, long position, String suffix) {
        return ("#" + NAME + replicationId + ':' + position + suffix + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether these bytes have a mark that says that what is before it was on the disk. */
    static boolean anyCertain(byte[] bytes) {
        return CERTAIN.matcher(new String(bytes, StandardCharsets.ISO_8859_1)).find();
    }

    /** @param annotation without {@code #} and line end; @return null when it is another annotation */
    static History read(Bytes annotation) {
        return read(annotation.latin1());
    }

    private static History read(String text) {
        if (!text.startsWith(NAME)) {
            return null;
        }
        boolean clean = text.endsWith(CLEAN);
        String suffix = clean ? CLEAN : text.endsWith(FORCED) ? FORCED : "";
        String[] parts = text.substring(NAME.length(), text.length() - suffix.length()).split(":");
        if (parts.length != 2 || !parts[0].matches("[0-9a-f]{40}") || !parts[1].matches("[0-9]{1,18}")) {
            return null;
        }
        return new History(parts[0], Long.parseLong(parts[1]), clean);
    }

    /** The mark of a clean stop at the end of a file whose last bytes these are; null without one. */
    static History atEnd(byte[] end) {
        String text = new String(end, StandardCharsets.ISO_8859_1);
        int start = text.lastIndexOf("#" + NAME);
        if (start < 0 || !text.endsWith("\r\n") || start > 0 && text.charAt(start - 1) != '\n') {
            return null;
        }
        History history = read(text.substring(start + 1, text.length() - 2));
        return history != null && history.clean() ? history : null;
    }
}
