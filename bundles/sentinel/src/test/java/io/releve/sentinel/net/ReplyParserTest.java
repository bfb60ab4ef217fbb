package io.releve.sentinel.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.sentinel.core.Link.Failure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplyParserTest {
    private static List<Object> parse(String text, int piece) throws ReplyParser.BrokenException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ReplyParser parser = new ReplyParser();
        List<Object> replies = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += piece) {
            parser.append(ByteBuffer.wrap(bytes, from, Math.min(piece, bytes.length - from)));
            while (parser.next()) {
                replies.add(parser.reply());
            }
        }
        return replies;
    }

    @Test
    void repliesInPiecesOfAnySize() throws Exception {
        String text = "+PONG\r\n-ERR no\r\n:-12\r\n$5\r\na\r\nbc\r\n$0\r\n\r\n$-1\r\n*-1\r\n*0\r\n*3\r\n*2\r\n:1\r\n$-1\r\n+x\r\n*0\r\n+\r\n";
        List<Object> expected = Arrays.asList("PONG", new Failure("ERR no"), -12L, "a\r\nbc", "", null, null, List.of(),
                Arrays.asList(Arrays.asList(1L, null), "x", List.of()), "");
        for (int piece = 1; piece <= text.length(); piece++) {
            assertEquals(expected, parse(text, piece));
        }
    }

    @Test
    void aLongText() throws Exception {
        String value = "x".repeat(ReplyParser.LARGEST - 100);
        assertEquals(List.of(value, "after"), parse("$" + value.length() + "\r\n" + value + "\r\n+after\r\n", 1_000));
    }

    @Test
    void whatIsNoReply() {
        String deep = "*1\r\n".repeat(ReplyParser.DEEPEST + 1) + ":1\r\n";
        String many = "*1000000\r\n" + ":1\r\n".repeat(ReplyParser.LARGEST / 4 + 1);
        for (String broken : List.of("HTTP/1.1 400 Bad Request\r\n", "$1048577\r\n", "$-2\r\n", "*-7\r\n", "*99999999999999999999\r\n",
                "$x\r\n", ":\r\n", ":1.5\r\n", "+no return\n", "\r\n", "$1\r\nabc\r\n", "\0\0\0\0\r\n", "%1\r\n", deep, many,
                "+" + "y".repeat(70_000), "*2\r\n$600000\r\n" + "z".repeat(600_000) + "\r\n$600000\r\n")) {
            assertThrows(ReplyParser.BrokenException.class, () -> parse(broken, 1_000), broken.substring(0, Math.min(30, broken.length())));
        }
    }

    /** Bytes of chance end in a reply or a refusal, and nothing else. */
    @Test
    void noise() {
        Random random = new Random(5);
        String letters = "+-:$*0123456789\r\n\r\n\r\nx";
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(60); j >= 0; j--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            try {
                parse(text.toString(), 1 + random.nextInt(20));
            } catch (ReplyParser.BrokenException e) {
                refused++;
            }
        }
        assertTrue(refused > 10_000);
    }

    @Test
    void waitsForTheRest() throws Exception {
        ReplyParser parser = new ReplyParser();
        parser.append(ByteBuffer.wrap("*2\r\n:1\r\n$3\r\nab".getBytes(StandardCharsets.UTF_8)));
        assertFalse(parser.next());
    }
}
