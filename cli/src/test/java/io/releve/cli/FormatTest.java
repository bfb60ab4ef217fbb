package io.releve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Expected texts were compared with those of redis-cli 7.0. */
class FormatTest {
    private static Reply reply(String wire) throws IOException {
        return new ReplyReader(new ByteArrayInputStream(wire.getBytes(StandardCharsets.ISO_8859_1))).read();
    }

    private static String text(Format format, String wire) throws IOException {
        return new String(format.format(reply(wire)), StandardCharsets.ISO_8859_1);
    }

    @Test
    void scalarsAtATerminal() throws IOException {
        assertEquals("OK\n", text(Format.TERMINAL, "+OK\r\n"));
        assertEquals("(error) ERR no\n", text(Format.TERMINAL, "-ERR no\r\n"));
        assertEquals("(integer) -7\n", text(Format.TERMINAL, ":-7\r\n"));
        assertEquals("\"a\\n\\xff\\\"\"\n", text(Format.TERMINAL, "$4\r\na\n\u00ff\"\r\n"));
        assertEquals("(nil)\n", text(Format.TERMINAL, "$-1\r\n"));
        assertEquals("(nil)\n", text(Format.TERMINAL, "_\r\n"));
        assertEquals("(double) 3.141\n", text(Format.TERMINAL, ",3.141\r\n"));
        assertEquals("(true)\n", text(Format.TERMINAL, "#t\r\n"));
        assertEquals("some\ntext\n", text(Format.TERMINAL, "=13\r\ntxt:some\ntext\r\n"));
    }

    @Test
    void nestedAtATerminal() throws IOException {
        assertEquals("1) (integer) 1\n2) 1) \"a\"\n   2) (empty array)\n",
                text(Format.TERMINAL, "*2\r\n:1\r\n*2\r\n$1\r\na\r\n*0\r\n"));
        assertEquals("1# \"st\" => 1) \"x\"\n2# \"k\" => \n   1) (integer) 1\n   2) (nil)\n",
                text(Format.TERMINAL, "%2\r\n$2\r\nst\r\n*1\r\n$1\r\nx\r\n$1\r\nk\r\n*2\r\n:1\r\n_\r\n"));
        assertEquals("1~ (integer) 1\n2~ (integer) 2\n", text(Format.TERMINAL, "~2\r\n:1\r\n:2\r\n"));
    }

    @Test
    void numbersOfItemsAreAligned() throws IOException {
        StringBuilder wire = new StringBuilder("*10\r\n");
        for (int i = 0; i < 10; i++) {
            wire.append(":1\r\n");
        }
        String[] lines = text(Format.TERMINAL, wire.toString()).split("\n");
        assertEquals(" 1) (integer) 1", lines[0]);
        assertEquals("10) (integer) 1", lines[9]);
    }

    @Test
    void otherFormats() throws IOException {
        String map = "%1\r\n$1\r\na\r\n*2\r\n:1\r\n$2\r\nb\"\r\n";
        assertEquals("a 1\nb\"\n", text(Format.RAW, map));
        assertEquals("\"a\",1,\"b\\\"\"\n", text(Format.CSV, map));
        assertEquals("{\"a\":[1,\"b\\\"\"]}\n", text(Format.JSON, map));
        assertEquals("NULL\n", text(Format.CSV, "_\r\n"));
        assertEquals("\n", text(Format.RAW, "_\r\n"));
        assertEquals("error:\"ERR x\"\n", text(Format.JSON, "-ERR x\r\n"));
    }

    @Test
    void brokenRepliesAreRefused() {
        assertThrows(EOFException.class, () -> reply("$5\r\nab"));
        assertThrows(EOFException.class, () -> reply("*2\r\n:1\r\n"));
        assertThrows(IOException.class, () -> reply("?what\r\n"));
        assertThrows(IOException.class, () -> reply("$99999999999\r\n"));
        assertThrows(IOException.class, () -> reply("*1\r\n".repeat(100_000)));
        assertThrows(IOException.class, () -> reply(":x\r\n"));
    }
}
