package io.releve.persistence.aof;

import io.releve.bytes.Bytes;
import io.releve.log.History;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An annotation in an append-only file, {@code #RELEVE:<replication id>:<position>}, which says the position in the log of the
 * command behind it. Behind the position may stand more:
 *
 * <ul>
 * <li>{@code :forced}, everything before it was on the disk when it was written;
 * <li>{@code :clean}, that is so, and nothing came behind it before a stop in good order; a further {@code :<database>} says
 * which one was selected in the stream;
 * <li>{@code :<length>:<CRC-32C>}, the check (8 hexadecimal digits) of so many bytes before it.
 * </ul>
 *
 * <p>Redis' loader and redis-check-aof pass over annotations.
 */
record PositionMark(String id, long position, Kind kind, long length, int check, int database) {
    /** What a mark says. */
    enum Kind {
        PLACE, FORCED, CLEAN, CHECK
    }

    /** Longer than any mark. */
    static final int MAX_LENGTH = 160;

    private static final String NAME = "RELEVE:";
    private static final Pattern MARK = Pattern.compile(
            NAME + "([0-9a-f]{40}):([0-9]{1,18})(?::(forced|clean)(?::([0-9]{1,9}))?|:([0-9]{1,18}):([0-9a-f]{8}))?");
    private static final Pattern CERTAIN = Pattern.compile("\n#" + NAME + "[0-9a-f]{40}:[0-9]{1,18}:(forced|clean)(:[0-9]{1,9})?\r\n");

    static byte[] place(String replicationId, long position) {
        return line(replicationId, position, "");
    }

    static byte[] forced(String replicationId, long position) {
        return line(replicationId, position, ":forced");
    }

    /** @param database the one that is selected in the stream, or {@link History#UNKNOWN} */
    static byte[] clean(String replicationId, long position, int database) {
        return line(replicationId, position, database < 0 ? ":clean" : ":clean:" + database);
    }

    static byte[] check(String replicationId, long position, long length, int crc) {
        return line(replicationId, position, ':' + Long.toString(length) + ':' + HexFormat.of().toHexDigits(crc));
    }

    private static byte[] line(String replicationId, long position, String more) {
        return ("#" + NAME + replicationId + ':' + position + more + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** @param annotation without {@code #} and line end; @return null when it is another annotation */
    static PositionMark read(Bytes annotation) {
        return read(annotation.latin1());
    }

    private static PositionMark read(String text) {
        Matcher matcher = MARK.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        long at = Long.parseLong(matcher.group(2));
        if (matcher.group(5) != null) {
            return new PositionMark(matcher.group(1), at, Kind.CHECK, Long.parseLong(matcher.group(5)),
                    (int) Long.parseLong(matcher.group(6), 16), History.UNKNOWN);
        }
        Kind kind = "forced".equals(matcher.group(3)) ? Kind.FORCED : "clean".equals(matcher.group(3)) ? Kind.CLEAN
                : Kind.PLACE;
        return new PositionMark(matcher.group(1), at, kind, 0, 0,
                matcher.group(4) == null ? History.UNKNOWN : Integer.parseInt(matcher.group(4)));
    }

    History history() {
        return new History(id, position, kind == Kind.CLEAN, database);
    }

    /** The mark of a clean stop at the end of a file whose last bytes these are; null without one. */
    static History atEnd(byte[] end) {
        String text = new String(end, StandardCharsets.ISO_8859_1);
        int start = text.lastIndexOf("#" + NAME);
        if (start < 0 || !text.endsWith("\r\n") || start > 0 && text.charAt(start - 1) != '\n') {
            return null;
        }
        PositionMark mark = read(text.substring(start + 1, text.length() - 2));
        return mark != null && mark.kind() == Kind.CLEAN ? mark.history() : null;
    }

    /** Whether these bytes have a mark that says that what is before it was on the disk. */
    static boolean anyCertain(byte[] bytes) {
        return CERTAIN.matcher(new String(bytes, StandardCharsets.ISO_8859_1)).find();
    }
}
