package io.releve.format.rdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.releve.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StringAheadTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private void bytes(int... values) {
        for (int value : values) {
            out.write(value);
        }
    }

    private void name(String name) {
        bytes(RdbType.STRING.code(), name.length());
        out.writeBytes(name.getBytes());
    }

    private List<String> look(int length) {
        List<String> names = new ArrayList<>();
        new StringAhead().look(out.toByteArray(), 0, length, new RdbVisitor() {
            @Override
            public void ahead(Bytes name) {
                names.add(name.latin1());
            }

            @Override
            public void key(RdbKey key) {
                throw new AssertionError();
            }
        });
        return names;
    }

    @Test
    void tellsTheStringsThatFollowAndStopsAtAnythingElse() {
        name("plain");
        bytes(2, 'a', 'b');
        name("long");
        bytes(0x40, 200);
        out.writeBytes(new byte[200]);
        bytes(Opcode.EXPIRE_MILLISECONDS, 1, 2, 3, 4, 5, 6, 7, 8);
        name("8");
        bytes(RdbOutput.INT_8, 1);
        name("16");
        bytes(RdbOutput.INT_16, 1, 2);
        name("32");
        bytes(RdbOutput.INT_32, 1, 2, 3, 4);
        name("compressed");
        bytes(RdbOutput.LZF, 3, 0x40, 100, 1, 2, 3);
        name("unknown");
        bytes(0xff);
        name("hidden");
        List<String> all = List.of("plain", "long", "8", "16", "32", "compressed", "unknown");
        assertEquals(all, look(out.size()));
        for (int length = 0; length < out.size(); length++) {
            List<String> some = look(length);
            assertEquals(all.subList(0, some.size()), some);
        }
        out.reset();
        name("one");
        bytes(1, 'a', RdbType.HASH.code(), 1, 'h');
        assertEquals(List.of("one"), look(out.size()));
    }
}
