package io.releve.cli;

import io.releve.bytes.QuotedWords;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A line as typed, split into arguments: blanks separate, quotes keep together, {@code "\xff"} is a byte. */
final class Words {
    private Words() {
    }

    /** @return null when a quote is not closed or is followed by something else than a blank */
    static List<byte[]> split(String text) {
        byte[] line = text.getBytes(StandardCharsets.UTF_8);
        return QuotedWords.split(line, 0, line.length);
    }

    /** The number before a command, which says how often to run it; 0 without one. */
    static long repetitions(List<byte[]> words) {
        String first = new String(words.get(0), StandardCharsets.ISO_8859_1);
        return words.size() > 1 && first.matches("[1-9][0-9]{0,8}") ? Long.parseLong(first) : 0;
    }
}
