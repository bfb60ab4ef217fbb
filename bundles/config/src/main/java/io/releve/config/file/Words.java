package io.releve.config.file;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of redis.conf as words: separated by blanks, or in double quotes with escapes ({@code \n \r \t \a \b \xHH},
 * any other escaped character stands for itself), or in single quotes, where only {@code \'} is an escape. Escapes in
 * hexadecimal are bytes of UTF-8.
 */
final class Words {
    private final byte[] line;
    private final ByteArrayOutputStream word = new ByteArrayOutputStream();
    private int at;

    private Words(String line) {
        this.line = line.getBytes(StandardCharsets.UTF_8);
    }

    /** @throws IllegalArgumentException when a quote is not closed or is followed by something else than a blank */
    static List<String> split(String line) {
        return new Words(line).all();
    }

    private List<String> all() {
        List<String> words = new ArrayList<>();
        while (true) {
            while (at < line.length && isBlank(line[at])) {
                at++;
            }
            if (at == line.length) {
                return words;
            }
            word.reset();
            while (at < line.length && !isBlank(line[at])) {
                byte b = line[at++];
                switch (b) {
                    case '"' -> doubleQuoted();
                    case '\'' -> singleQuoted();
                    default -> word.write(b);
                }
            }
            words.add(word.toString(StandardCharsets.UTF_8));
        }
    }

    private void doubleQuoted() {
        while (at < line.length && line[at] != '"') {
            byte b = line[at++];
            if (b != '\\' || at == line.length) {
                word.write(b);
            } else if (line[at] == 'x' && at + 2 < line.length && hex(line[at + 1]) >= 0 && hex(line[at + 2]) >= 0) {
                word.write(hex(line[at + 1]) << 4 | hex(line[at + 2]));
                at += 3;
            } else {
                word.write(escaped(line[at++]));
            }
        }
        closed();
    }

    private void singleQuoted() {
        while (at < line.length && line[at] != '\'') {
            if (line[at] == '\\' && at + 1 < line.length && line[at + 1] == '\'') {
                at++;
            }
            word.write(line[at++]);
        }
        closed();
    }

    private void closed() {
        if (at == line.length || at + 1 < line.length && !isBlank(line[at + 1])) {
            throw new IllegalArgumentException("Unbalanced quotes in configuration line");
        }
        at++;
    }

    private static int escaped(byte b) {
        return switch (b) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'a' -> 7;
            default -> b;
        };
    }

    private static int hex(byte b) {
        return Character.digit(b, 16);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b >= '\t' && b <= '\r' || b == 0;
    }

    /** The word as {@link #split} reads it back: as it is where that is possible, otherwise in double quotes. */
    static String quote(String word) {
        if (!word.isEmpty() && word.chars().allMatch(Words::isPlain)) {
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
