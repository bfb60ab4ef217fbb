package io.releve.bytes;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line into words as inline commands, redis.conf and the command-line client do: blanks separate; {@code "..."} with the escapes
 * {@code \n \r \t \b \a \\ \" \xHH}, {@code '...'} with {@code \'}; a closing quote is followed by a blank or the end.
 */
public final class QuotedWords {
    private QuotedWords() {
    }

    /** The words, or null when the quotes do not match. */
    public static List<byte[]> split(byte[] line, int from, int end) {
        List<byte[]> words = new ArrayList<>();
        int i = from;
        while (true) {
            while (i < end && isBlank(line[i])) {
                i++;
            }
            if (i >= end) {
                return words;
            }
            ByteArrayOutputStream word = new ByteArrayOutputStream();
            while (i < end && !isBlank(line[i])) {
                if (line[i] == '"') {
                    i = doubleQuoted(line, i + 1, end, word);
                } else if (line[i] == '\'') {
                    i = singleQuoted(line, i + 1, end, word);
                } else {
                    word.write(line[i++]);
                    continue;
                }
                if (i < 0 || i < end && !isBlank(line[i])) {
                    return null;
                }
            }
            words.add(word.toByteArray());
        }
    }

    private static int doubleQuoted(byte[] line, int from, int end, ByteArrayOutputStream word) {
        for (int i = from; i < end; i++) {
            byte c = line[i];
            if (c == '"') {
                return i + 1;
            }
            if (c != '\\' || i + 1 >= end) {
                word.write(c);
            } else if (line[i + 1] == 'x' && i + 3 < end && hex(line[i + 2]) >= 0 && hex(line[i + 3]) >= 0) {
                word.write(hex(line[i + 2]) << 4 | hex(line[i + 3]));
                i += 3;
            } else {
                i++;
                word.write(switch (line[i]) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    case 'b' -> '\b';
                    case 'a' -> 7;
                    default -> line[i];
                });
            }
        }
        return -1;
    }

    private static int singleQuoted(byte[] line, int from, int end, ByteArrayOutputStream word) {
        for (int i = from; i < end; i++) {
            if (line[i] == '\'') {
                return i + 1;
            }
            if (line[i] == '\\' && i + 1 < end && line[i + 1] == '\'') {
                i++;
            }
            word.write(line[i]);
        }
        return -1;
    }

    private static int hex(byte c) {
        return Character.digit(c, 16);
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c >= 9 && c <= 13 || c == 0;
    }

    /** The word as {@link #split} reads it back: as it is where that is possible, otherwise in double quotes. */
    public static String quote(String word) {
        if (!word.isEmpty() && word.chars().allMatch(QuotedWords::isPlain)) {
            return word;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ' || c == 127) {
                        quoted.append(String.format("\\x%02x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    private static boolean isPlain(int c) {
        return c > ' ' && c < 127 && c != '"' && c != '\'' && c != '\\' && c != '#';
    }
}
