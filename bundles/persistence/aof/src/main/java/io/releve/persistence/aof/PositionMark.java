package io.releve.persistence.aof;

import io.releve.bytes.Bytes;
import io.releve.log.History;
import java.nio.charset.StandardCharsets;

/**
 * Where in the log an append-only file stands: an annotation, {@code #RELEVE:<replication id>:<position>}, which says the
 * position of the command behind it; with {@code :clean} at its end nothing came behind it before a stop in good order.
 * Redis' loader and redis-check-aof pass over annotations.
 */
final class PositionMark {
    /** Longer than any mark. */
    static final int MAX_LENGTH = 128;

    private static final String NAME = "RELEVE:";
    private static final String CLEAN = ":clean";

    private PositionMark() {
    }

    /** As a line. */
    static byte[] line(String replicationId, long position, boolean clean) {
        return ("#" + NAME + replicationId + ':' + position + (clean ? CLEAN : "") + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
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
        String[] parts = text.substring(NAME.length(), text.length() - (clean ? CLEAN.length() : 0)).split(":");
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
