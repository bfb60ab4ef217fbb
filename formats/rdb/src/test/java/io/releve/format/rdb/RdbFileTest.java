package io.releve.format.rdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.HashValue;
import io.releve.keyspace.ListValue;
import io.releve.keyspace.SetValue;
import io.releve.keyspace.SortedSetValue;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RdbFileTest {
    private static String show(HeapCopy copy, int database, String key) {
        Value value = copy.keyspace.database(database).find(Bytes.of(key));
        if (value == null) {
            return "nothing";
        }
        TreeSet<String> words = new TreeSet<>();
        List<String> ordered = new ArrayList<>();
        switch (value.type()) {
            case STRING -> ordered.add(new String(((StringValue) value).toByteArray(), StandardCharsets.ISO_8859_1));
            case LIST -> ((ListValue) value).visit(0, true, (i, element) -> ordered.add(element.latin1()));
            case SET -> ((SetValue) value).visit(member -> words.add(member.latin1()));
            case SORTED_SET -> ((SortedSetValue) value).visit(0, true,
                    (member, score) -> ordered.add(member.latin1() + " " + score));
            default -> ((HashValue) value).visit(
                    (field, content) -> words.add(field.latin1() + " " + content.latin1()));
        }
        ordered.addAll(words);
        return ordered.toString();
    }

    @Test
    void oldEncodingsOfEveryVersion() {
        for (int version = 1; version <= RdbFileReader.NEWEST_VERSION; version++) {
            byte[] file = new OldFile(version).opcode(Opcode.SELECT_DB, "\3").everyType().end();
            HeapCopy copy = new HeapCopy();
            RdbFileReader reader = new RdbFileReader(new Bytes(file), copy, true);
            reader.read();
            assertEquals(version, reader.version());
            assertEquals(file.length, reader.position());
            assertEquals(version < 5 ? RdbFileReader.Checksum.NONE : RdbFileReader.Checksum.GOOD, reader.checksum());
            assertEquals("[text]", show(copy, 3, "string"));
            assertEquals("[-300]", show(copy, 3, "number"));
            assertEquals("[abababababababababab]", show(copy, 3, "compressed"));
            assertEquals("[a, 12, ]", show(copy, 3, "list"));
            assertEquals("[a, b]", show(copy, 3, "set"));
            assertEquals("[c -Infinity, d -7.0, a 1.5, b Infinity]", show(copy, 3, "zset"));
            assertEquals("[a 1, b 2]", show(copy, 3, "hash"));
            assertEquals("[a 1, bb xyz]", show(copy, 3, "zipmap"));
            assertEquals("[a, 12, -300, text]", show(copy, 3, "list ziplist"));
            assertEquals("[-5, 1, 7]", show(copy, 3, "intset"));
            assertEquals("[-5000000000, 1, 7000000000]", show(copy, 3, "wide intset"));
            assertEquals("[a 1.0, b 2.5, c 1.0E300]", show(copy, 3, "zset ziplist"));
            assertEquals("[a 1, b zwei]", show(copy, 3, "hash ziplist"));
            assertEquals("[a, 1, b, 2]", show(copy, 3, "quicklist"));
            assertEquals(14, copy.keys);
        }
    }

    @Test
    void whatStandsBesideKeys() {
        byte[] file = new OldFile(12)
                .opcode(Opcode.AUX, OldFile.string("redis-ver") + OldFile.string("7.4.0"))
                .opcode(Opcode.AUX, OldFile.string("ctime") + "\u00c2" + OldFile.little(1_700_000_000, 4))
                .opcode(Opcode.MODULE_AUX, "\u0081" + "\4\40\304\0\0\0\0\1" + "\2\1" + "\1\5" + "\2\6" + "\3abcd"
                        + "\4abcdefgh" + "\5" + OldFile.string("data") + "\0")
                .opcode(Opcode.FUNCTION, OldFile.string("#!lua name=l"))
                .opcode(Opcode.SELECT_DB, "\5").opcode(Opcode.RESIZE_DB, "\4\2")
                .opcode(Opcode.SLOT_INFO, "\1\2\3")
                .opcode(Opcode.EXPIRE_SECONDS, OldFile.little(2_000_000_000, 4)).key(0, "seconds", "\1x")
                .opcode(Opcode.EXPIRE_MILLISECONDS, OldFile.little(2_000_000_000_123L, 8))
                .opcode(Opcode.IDLE, "\u0080\0\1\0\0").key(0, "idle", "\1x")
                .opcode(Opcode.FREQUENCY, "\u00c8").key(0, "frequent", "\1x")
                .opcode(Opcode.EXPIRE_MILLISECONDS, OldFile.little(-77, 8)).key(0, "long ago", "\1x")
                .opcode(Opcode.EXPIRE_MILLISECONDS, OldFile.little(-1, 8)).key(0, "never", "\1x")
                .key(4, "empty", "\0")
                .end();
        HeapCopy copy = HeapCopy.of(file);
        assertEquals("{redis-ver=7.4.0, ctime=1700000000}", copy.fields.toString());
        assertEquals(1, copy.modules.size());
        assertEquals("#!lua name=l", new String(copy.functions.get(0).code(), StandardCharsets.US_ASCII));
        assertArrayEquals(new long[] {4, 2}, copy.sizes.get(0));
        assertEquals(2_000_000_000_000L, copy.keyspace.database(5).find(Bytes.of("seconds")).expireAt());
        assertEquals(2_000_000_000_123L, copy.keyspace.database(5).find(Bytes.of("idle")).expireAt());
        assertEquals(Value.NEVER, copy.keyspace.database(5).find(Bytes.of("frequent")).expireAt());
        assertEquals(0, copy.keyspace.database(5).find(Bytes.of("long ago")).expireAt());
        assertEquals(Value.NEVER, copy.keyspace.database(5).find(Bytes.of("never")).expireAt());
        assertArrayEquals(new long[] {-1, -1}, copy.uses.get("5 seconds"));
        assertArrayEquals(new long[] {65_536, -1}, copy.uses.get("5 idle"));
        assertArrayEquals(new long[] {-1, 200}, copy.uses.get("5 frequent"));
        assertEquals(1, copy.empty);
        HeapCopy again = HeapCopy.of(copy.write(11, true, true));
        assertEquals(copy.fields, again.fields);
        assertEquals(copy.functions.size(), again.functions.size());
        assertArrayEquals(new long[] {5, 3}, again.sizes.get(0));
        copy.uses.forEach((key, use) -> assertArrayEquals(use, again.uses.get(key), key));
    }

    @Test
    void errorsSayWhere() {
        assertError("Byte 1, the beginning: It does not begin with REDIS", "XEDIS0010");
        assertError("Byte 9, the beginning: The version of the format is 13", "REDIS0013");
        assertError("Byte 9, the beginning: Behind REDIS there is no version", "REDIS001x");
        assertError("Byte 4, the beginning: The data ends", "REDI");
        assertError("Byte 9, between keys: The data ends", "REDIS0010");
        assertError("Byte 14, key '\\x01k' (STRING, database 0): The data ends", "REDIS0010\0\2\1k\5abc");
        assertError("database 7): A listpack", "REDIS0010\u00fe\7\20\1k\1x");
        assertError("a library of functions: A library of functions is of a format before", "REDIS0010\u00f6");
        assertError("between keys: The value belongs to a module", "REDIS0010\7\1k");
        assertError("between keys: There is no type of values with the code 200", "REDIS0010\u00c8");
        assertError("the end: The checksum is", "REDIS0010\u00ff12345678");
        assertError("There is no database 77", "REDIS0010\u00fe\u0040\115");
    }

    private static void assertError(String message, String file) {
        RdbException e = assertThrows(RdbException.class,
                () -> HeapCopy.of(file.getBytes(StandardCharsets.ISO_8859_1)));
        assertTrue(e.getMessage().contains(message), e.getMessage());
        assertTrue(e.getMessage().startsWith("Byte " + e.offset() + ", "), e.getMessage());
    }

    @Test
    void theCheckAtTheEnd() {
        byte[] file = new OldFile(10).key(0, "k", "\1x").end();
        file[13]++;
        assertThrows(RdbException.class, () -> HeapCopy.of(file));
        RdbFileReader reader = new RdbFileReader(new Bytes(file), new HeapCopy(), false);
        reader.read();
        assertEquals(RdbFileReader.Checksum.IGNORED, reader.checksum());
        reader = new RdbFileReader(new Bytes(new OldFile(10).key(0, "k", "\1x").endUnchecked()), new HeapCopy(), true);
        reader.read();
        assertEquals(RdbFileReader.Checksum.DISABLED, reader.checksum());
        assertFalse(reader.next());
    }

    /** A stream that goes on: it is not asked for more once the end is there, and what it gave is handed on. */
    @Test
    void nothingBeyondTheEndIsWaitedFor() {
        byte[] file = new OldFile(10).everyType().end();
        byte[] stream = new byte[file.length + 40];
        System.arraycopy(file, 0, stream, 0, file.length);
        stream[file.length] = 42;
        for (int most : new int[] {1, 3, 1000}) {
            int[] at = {0};
            RdbFileReader reader = new RdbFileReader((target, from, length) -> {
                assertTrue(at[0] < file.length, "asked for more than the file");
                int count = Math.min(Math.min(most, length), stream.length - at[0]);
                System.arraycopy(stream, at[0], target, from, count);
                at[0] += count;
                return count;
            }, key -> { }, true);
            reader.read();
            assertEquals(file.length, reader.position());
            assertEquals(at[0] - file.length, reader.rest().length());
            assertTrue(most < 1000 || reader.rest().byteAt(0) == 42);
        }
    }

    @Test
    void progressAndStrings() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        RdbFileWriter writer = new RdbFileWriter(new RdbOutput(file::write, false), new EncodingLimits(), 10, false);
        writer.begin();
        writer.database(0, 10, 0);
        Bytes content = new Bytes(new byte[1_000_000]);
        for (int i = 0; i < 10; i++) {
            writer.string(Bytes.of("key" + i), content, 5, RdbFileWriter.NONE, RdbFileWriter.NONE);
        }
        writer.end();
        assertEquals(file.size(), writer.position());
        List<Long> progress = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        byte[] bytes = file.toByteArray();
        new RdbFileReader(new Bytes(bytes), new RdbVisitor() {
            @Override
            public void key(RdbKey key) {
                keys.add(key.name().text() + key.expireAt());
            }

            @Override
            public void progress(long done) {
                progress.add(done);
            }
        }, true).read();
        assertEquals(10, keys.size());
        assertEquals("key95", keys.get(9));
        assertTrue(progress.size() >= 3 && progress.size() <= 5, progress.toString());
    }
}
