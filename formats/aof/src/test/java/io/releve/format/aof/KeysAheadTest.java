package io.releve.format.aof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeysAheadTest {
    private final List<String> keys = new ArrayList<>();

    private int look(String text, int from, int length) {
        keys.clear();
        return new KeysAhead().look(text.getBytes(StandardCharsets.ISO_8859_1), from, length, key -> keys.add(key.latin1()));
    }

    private static String command(String... words) {
        StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        return text.toString();
    }

    @Test
    void showsFirstArgumentsAndStopsAtAnythingElse() {
        String first = command("SET", "a", "1") + command("RPUSH", "list", "x", "", "z".repeat(1000));
        String text = first + command("MULTI") + command("SET", "b", "2");
        assertEquals(first.length(), look(text, 0, text.length()));
        assertEquals(List.of("a", "list"), keys);
        for (int length = 0; length < first.length(); length++) {
            int behind = look(first, 0, length);
            assertEquals(behind == 0 ? 0 : command("SET", "a", "1").length(), behind);
        }
        for (String odd : List.of("#TS:1\r\n", "*2\r\n$3\r\nSET\r\n$-1\r\n", "*2\r\n$9999999999\r\nSET\r\n", "*\r\n",
                "*2\n$3\nGET\n", "*2\r\n$3\r\nGET\r\n$2147483647\r\n", "\0")) {
            assertEquals(0, look(odd + "x".repeat(50), 0, odd.length() + 50), odd);
            assertEquals(List.of(), keys, odd);
        }
    }

    @Test
    void atMostThirtyTwo() {
        String one = command("INCR", "n");
        assertEquals(32 * one.length(), look(one.repeat(50), 0, 50 * one.length()));
        assertEquals(33 * one.length(), look(one.repeat(50), one.length(), 50 * one.length()));
        assertEquals(32, keys.size());
    }
}
