package io.releve.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static Options options(String... words) {
        return new Options(words);
    }

    @Test
    void optionsEndAtTheCommand() {
        Options options = options("-h", "::1", "-p", "7000", "-n", "3", "set", "-n", "4");
        assertEquals("[::1]:7000", options.address());
        assertEquals(3, options.database);
        assertEquals(List.of("set", "-n", "4"), options.command);
    }

    @Test
    void uri() {
        Options options = options("-u", "redis://us%40er:p%2Bw+x@db.example:7001/5", "ping");
        assertEquals("us@er", options.user);
        assertEquals("p+w+x", options.password);
        assertEquals("db.example:7001", options.address());
        assertEquals(5, options.database);
        Options local = options("-u", "redis://pw@[::1]");
        assertNull(local.user);
        assertEquals("pw", local.password);
        assertEquals("[::1]:6379", local.address());
    }

    @Test
    void wrongOnesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> options("--nonsense"));
        assertThrows(IllegalArgumentException.class, () -> options("-p"));
        assertThrows(IllegalArgumentException.class, () -> options("-p", "70000"));
        assertThrows(IllegalArgumentException.class, () -> options("-2", "-3"));
        assertThrows(IllegalArgumentException.class, () -> options("-u", "http://x"));
        assertThrows(IllegalArgumentException.class, () -> options("-c"));
    }

    @Test
    void wordsOfALine() {
        assertEquals(3, Words.split("set a \"b c\"").size());
        assertArrayEquals(new byte[] {(byte) 0xff, '\n'}, Words.split("\"\\xff\\n\"").get(0));
        assertEquals("it's", new String(Words.split("'it\\'s'").get(0), StandardCharsets.UTF_8));
        assertNull(Words.split("\"open"));
        assertNull(Words.split("\"a\"b"));
        assertEquals(0, Words.split("  ").size());
    }

    @Test
    void whatTheTerminalShowsCanBeTypedAgain() {
        Random random = new Random(7);
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = new byte[random.nextInt(20)];
            random.nextBytes(bytes);
            String shown = new String(Format.TERMINAL.format(new Reply.Bulk(bytes)), StandardCharsets.US_ASCII).strip();
            assertArrayEquals(bytes, Words.split(shown).get(0));
        }
    }
}
