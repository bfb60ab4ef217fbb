package io.releve.config.file;

import io.releve.bytes.QuotedWords;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A line of redis.conf as words: separated by blanks, or in double quotes with escapes ({@code \n \r \t \a \b \xHH},
 * any other escaped character stands for itself), or in single quotes, where only {@code \'} is an escape. Escapes in
 * hexadecimal are bytes of UTF-8.
 */
final class Words {
    private Words() {
    }

    /** @throws IllegalArgumentException when a quote is not closed or is followed by something else than a blank */
    static List<String> split(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        List<byte[]> words = QuotedWords.split(bytes, 0, bytes.length);
        if (words == null) {
            throw new IllegalArgumentException("Unbalanced quotes in configuration line");
        }
        return words.stream().map(word -> new String(word, StandardCharsets.UTF_8)).toList();
    }

    /** The word as {@link #split} reads it back: as it is where that is possible, otherwise in double quotes. */
    static String quote(String word) {
        return QuotedWords.quote(word);
    }
}
