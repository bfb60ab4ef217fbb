package io.releve.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void quotesAndEscapes() {
        assertEquals(List.of("save", "900", "1"), Words.split("  save \t900 1 \r"));
        assertEquals(List.of("requirepass", "a b\"c\n"), Words.split("requirepass \"a b\\\"c\\n\""));
        assertEquals(List.of("a", "it's \\n"), Words.split("a 'it\\'s \\n'"));
        assertEquals(List.of("x", "\u00e9"), Words.split("x \"\\xc3\\xa9\""));
        assertEquals(List.of("save", ""), Words.split("save \"\""));
        assertEquals(List.of(), Words.split(" "));
    }

    @Test
    void unbalancedQuotesAreRefused() {
        for (String line : List.of("a \"b", "a 'b", "a \"b\"c", "a \"b\\\"", "a 'b'c")) {
            assertThrows(IllegalArgumentException.class, () -> Words.split(line), line);
        }
    }

    @Test
    void quotedWordsAreReadBack() {
        Random random = new Random(42);
        String alphabet = "ab \"'\\\n\r\t#\u00e9\u4e2d\0\u007fx0";
        for (int round = 0; round < 20_000; round++) {
            List<String> words = new ArrayList<>();
            for (int w = random.nextInt(4); w >= 0; w--) {
                StringBuilder word = new StringBuilder();
                for (int c = random.nextInt(8); c > 0; c--) {
                    word.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
                words.add(word.toString());
            }
            String line = words.stream().map(Words::quote).collect(Collectors.joining(" "));
            assertEquals(words, Words.split(line), line);
        }
    }
}
