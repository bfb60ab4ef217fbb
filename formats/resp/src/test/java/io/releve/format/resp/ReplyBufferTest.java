package io.releve.format.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplyBufferTest {
    private final ByteArrayOutputStream spilled = new ByteArrayOutputStream();
    private final ReplyBuffer reply = new ReplyBuffer((bytes, length) -> spilled.write(bytes, 0, length));

    private String text() {
        return spilled.toString(StandardCharsets.ISO_8859_1)
                + new String(reply.array(), 0, reply.length(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void writesResp2() {
        reply.ok();
        reply.error("ERR a\r\nb");
        reply.simple("é\n");
        reply.integer(Long.MIN_VALUE);
        reply.bulk("é");
        reply.nil();
        reply.nilArray();
        reply.map(2);
        reply.decimal(1.5);
        reply.bool(true);
        reply.verbatim("txt", new byte[] {'x'});
        assertEquals("+OK\r\n-ERR a  b\r\n+\u00c3\u00a9 \r\n:-9223372036854775808\r\n$2\r\n\u00c3\u00a9\r\n$-1\r\n*-1\r\n*4\r\n$3\r\n1.5\r\n"
                + ":1\r\n$1\r\nx\r\n", text());
        assertEquals(1, reply.errors());
    }

    @Test
    void writesResp3() {
        reply.protocol(3);
        reply.nil();
        reply.nilArray();
        reply.map(1);
        reply.set(2);
        reply.push(3);
        reply.decimal(Double.POSITIVE_INFINITY);
        reply.bool(false);
        reply.bigNumber("123");
        reply.verbatim("txt", new byte[] {'x'});
        assertEquals("_\r\n_\r\n%1\r\n~2\r\n>3\r\n,inf\r\n#f\r\n(123\r\n=5\r\ntxt:x\r\n", text());
    }

    @Test
    void sizesKnownLateNest() {
        StringBuilder expected = new StringBuilder("*1000\r\n");
        int outer = reply.openArray();
        for (int i = 0; i < 1000; i++) {
            int inner = reply.openMap();
            reply.integer(i);
            reply.integer(-i);
            reply.closeMap(inner, 1);
            expected.append("*2\r\n:").append(i).append("\r\n:").append(-i).append("\r\n");
        }
        reply.closeArray(outer, 1000);
        assertEquals(expected.toString(), text());
    }

    @Test
    void longAnswersSpillInOrder() {
        Random random = new Random(3);
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            byte[] content = new byte[random.nextInt(300_000)];
            random.nextBytes(content);
            if (random.nextBoolean()) {
                reply.bulk(content);
            } else {
                reply.bulk((io.releve.bytes.ByteSource) new Bytes(content));
            }
            expected.append('$').append(content.length).append("\r\n")
                    .append(new String(content, StandardCharsets.ISO_8859_1)).append("\r\n");
        }
        assertTrue(spilled.size() > 0);
        assertTrue(reply.array().length <= 4 * ReplyBuffer.SPILL);
        assertEquals(expected.toString(), text());
        assertThrows(IllegalStateException.class, () -> reply.rollback(0));
    }

    @Test
    void mutedAnswersLeaveNoTrace() {
        reply.ok();
        reply.mute(true);
        for (int i = 0; i < 30; i++) {
            reply.bulk(new byte[100_000]);
        }
        reply.mute(false);
        reply.integer(7);
        assertEquals("+OK\r\n:7\r\n", text());
    }

    @Test
    void rollsBackAHalfAnswer() {
        reply.ok();
        long position = reply.position();
        reply.openArray();
        reply.integer(1);
        reply.rollback(position);
        reply.error("ERR x");
        assertEquals("+OK\r\n-ERR x\r\n", text());
    }
}
