package io.releve.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A line as typed, split into arguments: blanks separate, quotes keep together, {@code "\xff"} is a byte. */
final class Words {
    private Words() {
    }

    /** @return null when a quote is not closed or is followed by something else than a blank */
    static List<byte[]> split(String text) {
        byte[] line = text.getBytes(StandardCharsets.UTF_8);
        List<byte[]> words = new ArrayList<>();
        int at = 0;
        while (true) {
            while (at < line.length && isBlank(line[at])) {
                at++;
            }
            if (at == line.length) {
                return words;
            }
            ByteArrayOutputStream word = new ByteArrayOutputStream();
            while (at < line.length && !isBlank(line[at])) {
                if (line[at] == '"' || line[at] == '\'') {
                    at = quoted(line, at, word);
                    if (at < 0 || at < line.length && !isBlank(line[at])) {
                        return null;
                    }
                } else {
                    word.write(line[at++]);
                }
            }
            words.add(word.toByteArray());
        }
    }

    /** The number before a command, which says how often to run it; 0 without one. */
    static long repetitions(List<byte[]> words) {
        String first = new String(words.get(0), StandardCharsets.ISO_8859_1);
        return words.size() > 1 && first.matches("[1-9][0-9]{0,8}") ? Long.parseLong(first) : 0;
    }

    /** @return the place after the closing quote, -1 without one */
    private static int quoted(byte[] line, int open, ByteArrayOutputStream word) {
        byte quote = line[open];
        int at = open + 1;
        while (at < line.length && line[at] != quote) {
            if (line[at] != '\\' || at + 1 == line.length) {
                word.write(line[at++]);
            } else if (quote == '\'') {
                if (line[at + 1] == '\'') {
                    at++;
                }
                word.write(line[at++]);
            } else if (line[at + 1] == 'x' && at + 3 < line.length && hex(line[at + 2]) >= 0
                    && hex(line[at + 3]) >= 0) {
                word.write(hex(line[at + 2]) << 4 | hex(line[at + 3]));
                at += 4;
            } else {
                word.write(switch (line[at + 1]) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    case 'b' -> '\b';
                    case 'a' -> 7;
                    default -> line[at + 1];
                });
                at += 2;
            }
        }
        return at < line.length ? at + 1 : -1;
    }

    private static int hex(byte b) {
        return Character.digit(b, 16);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b >= '\t' && b <= '\r';
    }
}
