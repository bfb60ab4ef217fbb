package io.releve.format.resp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTest {
    private static final RequestLimits LIMITS = RequestLimits.authenticated(512 << 20);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] encode(List<byte[]> words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bytes("*" + words.size() + "\r\n"));
        for (byte[] word : words) {
            out.writeBytes(bytes("$" + word.length + "\r\n"));
            out.writeBytes(word);
            out.writeBytes(bytes("\r\n"));
        }
        return out.toByteArray();
    }

    private static List<byte[]> words(Request request) {
        List<byte[]> words = new ArrayList<>();
        for (int i = 0; i < request.size(); i++) {
            words.add(request.get(i).toByteArray());
        }
        return words;
    }

    private static void assertWords(List<byte[]> expected, List<byte[]> actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), actual.get(i));
        }
    }

    @Test
    void findsTheSameRequestsHoweverTheBytesArrive() {
        Random random = new Random(1);
        for (int round = 0; round < 300; round++) {
            List<List<byte[]>> sent = new ArrayList<>();
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            for (int i = random.nextInt(5) + 1; i > 0; i--) {
                List<byte[]> words = new ArrayList<>();
                for (int k = random.nextInt(40) + 1; k > 0; k--) {
                    byte[] word = new byte[random.nextInt(30)];
                    random.nextBytes(word);
                    words.add(word);
                }
                sent.add(words);
                wire.writeBytes(encode(words));
            }
            byte[] all = wire.toByteArray();
            List<List<byte[]>> received = new ArrayList<>();
            Request request = new Request();
            byte[] buffer = {};
            for (int at = 0; at < all.length;) {
                int piece = Math.min(all.length - at, random.nextInt(20) + 1);
                int kept = buffer.length;
                buffer = Arrays.copyOf(buffer, kept + piece);
                System.arraycopy(all, at, buffer, kept, piece);
                at += piece;
                int start = 0;
                for (int next; start < buffer.length
                        && (next = request.parse(buffer, start, buffer.length, LIMITS)) >= 0; start = next) {
                    received.add(words(request));
                }
                assertTrue(request.needed() == 0 || request.needed() > buffer.length - start);
                buffer = Arrays.copyOfRange(buffer, start, buffer.length);
            }
            assertEquals(sent.size(), received.size());
            for (int i = 0; i < sent.size(); i++) {
                assertWords(sent.get(i), received.get(i));
            }
        }
    }

    @Test
    void progressMovesToAnotherObject() {
        byte[] all = encode(List.of(bytes("MSET"), bytes("a"), bytes("1"), bytes("b"), bytes("2")));
        for (int cut = 1; cut < all.length; cut++) {
            Request shared = new Request();
            assertEquals(-1, shared.parse(all, 0, cut, LIMITS));
            Request own = new Request();
            own.takeOver(shared);
            byte[] inline = bytes("PING\r\n");
            assertEquals(inline.length, shared.parse(inline, 0, inline.length, LIMITS));
            assertEquals(all.length, own.parse(all, 0, all.length, LIMITS));
            assertEquals("MSET a 1 b 2", String.join(" ",
                    words(own).stream().map(w -> new String(w, StandardCharsets.ISO_8859_1)).toList()));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "*x\\r\\n|invalid multibulk length", "*99999999999\\r\\n|invalid multibulk length",
        "*+3\\r\\n|invalid multibulk length", "*1\\r\\n!3\\r\\n|expected '$', got '!'",
        "*1\\r\\n$-1\\r\\n|invalid bulk length", "*1\\r\\n$abc\\r\\n|invalid bulk length",
        "*1\\r\\n$536870913\\r\\n|invalid bulk length", "set \"a\\r\\n|unbalanced quotes in request",
        "set \"a\"b\\r\\n|unbalanced quotes in request"})
    void refusesWhatIsNoRequest(String wire, String error) {
        byte[] bytes = bytes(wire.replace("\\r", "\r").replace("\\n", "\n"));
        ProtocolException e = assertThrows(ProtocolException.class,
                () -> new Request().parse(bytes, 0, bytes.length, LIMITS));
        assertEquals("Protocol error: " + error, e.getMessage());
    }

    @Test
    void refusesEndlessLines() {
        byte[] long1 = new byte[RequestLimits.LINE + 10];
        Arrays.fill(long1, (byte) '1');
        assertThrows(ProtocolException.class, () -> new Request().parse(long1, 0, long1.length, LIMITS));
        long1[0] = '*';
        assertThrows(ProtocolException.class, () -> new Request().parse(long1, 0, long1.length, LIMITS));
    }

    @Test
    void strangersGetLittle() {
        byte[] many = bytes("*11\r\n");
        assertEquals("Protocol error: unauthenticated multibulk length", assertThrows(ProtocolException.class,
                () -> new Request().parse(many, 0, many.length, RequestLimits.UNAUTHENTICATED)).getMessage());
        byte[] large = bytes("*1\r\n$16385\r\n");
        assertEquals("Protocol error: unauthenticated bulk length", assertThrows(ProtocolException.class,
                () -> new Request().parse(large, 0, large.length, RequestLimits.UNAUTHENTICATED)).getMessage());
    }

    @Test
    void splitsInlineRequests() {
        byte[] line = bytes("  set \"a\\x41\\n\" 'it\\'s' plain \r\n");
        Request request = new Request();
        assertEquals(line.length, request.parse(line, 0, line.length, LIMITS));
        assertWords(List.of(bytes("set"), bytes("aA\n"), bytes("it's"), bytes("plain")), words(request));
    }

    @Test
    void randomBytesNeverDoMoreThanARefusal() {
        Random random = new Random(2);
        byte[] alphabet = bytes("*$0123456789\r\n-+ab\"' ");
        for (int round = 0; round < 20_000; round++) {
            byte[] noise = new byte[random.nextInt(60)];
            for (int i = 0; i < noise.length; i++) {
                noise[i] = random.nextInt(10) == 0 ? (byte) random.nextInt() : alphabet[random.nextInt(alphabet.length)];
            }
            Request request = new Request();
            try {
                int at = 0;
                for (int next; at < noise.length && (next = request.parse(noise, at, noise.length, LIMITS)) >= 0;) {
                    assertTrue(next > at);
                    at = next;
                }
            } catch (ProtocolException e) {
                request.reset();
            }
        }
    }
}
