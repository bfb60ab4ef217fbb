package io.releve.format.rdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.ByteSource;
import io.releve.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is written is read, from an array and from a source that gives little at a time. */
class RdbElementsTest {
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final RdbOutput output = new RdbOutput(file::write, true);
    private final List<Consumer<RdbInput>> expected = new ArrayList<>();

    private static RdbInput inPieces(byte[] bytes, int most) {
        int[] at = {0};
        return new RdbInput((target, from, length) -> {
            int count = Math.min(Math.min(length, most), bytes.length - at[0]);
            System.arraycopy(bytes, at[0], target, from, count);
            at[0] += count;
            return count == 0 ? -1 : count;
        });
    }

    private void length(long value) {
        output.writeLength(value);
        expected.add(input -> assertEquals(value, input.readLength()));
    }

    private void string(byte[] text) {
        output.writeString(new Bytes(text));
        expected.add(input -> assertArrayEquals(text, input.readString(new StringSlot()).toByteArray()));
    }

    @Test
    void elementsOfEveryKind() {
        Random random = new Random(4);
        for (long value : new long[] {0, 63, 64, 16_383, 16_384, 0xffff_ffffL, 0x1_0000_0000L, Long.MAX_VALUE, -1}) {
            length(value);
        }
        for (String text : new String[] {"", "0", "-1", "127", "128", "-129", "32768", "2147483647", "2147483648",
            "-2147483648", "012", "-0", "+1", "text", "x".repeat(63), "x".repeat(64), "abc".repeat(10_000)}) {
            string(text.getBytes(StandardCharsets.US_ASCII));
        }
        for (int i = 0; i < 500; i++) {
            length(random.nextLong() >>> random.nextInt(64));
            byte[] text = new byte[random.nextInt(random.nextInt(50) == 0 ? 300_000 : 100)];
            random.nextBytes(text);
            string(text);
            int number = random.nextInt();
            output.writeInt(number);
            output.writeShort(number);
            output.writeByte(number);
            output.writeDouble(number / 3.0);
            expected.add(input -> {
                assertEquals(number, input.readInt());
                assertEquals(number & 0xffff, input.readShort());
                assertEquals(number & 0xff, input.readByte());
                assertEquals(number / 3.0, input.readDouble());
            });
        }
        long crc = output.crc();
        output.flush();
        byte[] bytes = file.toByteArray();
        assertEquals(bytes.length, output.position());
        assertEquals(crc, Crc64.update(0, bytes, 0, bytes.length));
        byte[] shifted = new byte[bytes.length + 20];
        System.arraycopy(bytes, 0, shifted, 13, bytes.length);
        for (RdbInput input : List.of(new RdbInput(new Bytes(shifted, 13, bytes.length)), inPieces(bytes, 7),
                inPieces(bytes, 1 << 20))) {
            expected.forEach(each -> each.accept(input));
            assertTrue(input.atEnd());
            assertEquals(bytes.length, input.position());
            assertEquals(crc, input.crc());
            assertThrows(RdbException.class, input::readByte);
        }
    }

    /** A string longer than what is compressed goes through in pieces. */
    @Test
    void aVeryLongString() {
        int length = RdbOutput.LONGEST_COMPRESSED + 12_345;
        output.writeString(new ByteSource() {
            @Override
            public int length() {
                return length;
            }

            @Override
            public void copyTo(int from, byte[] target, int at, int count) {
                for (int i = 0; i < count; i++) {
                    target[at + i] = (byte) byteAt(from + i);
                }
            }

            @Override
            public int byteAt(int index) {
                return index * 31 >>> 8 & 0xff;
            }
        });
        output.flush();
        Bytes read = inPieces(file.toByteArray(), 100_000).readString(new StringSlot());
        assertEquals(length, read.length());
        for (int i = 0; i < length; i += 977) {
            assertEquals(i * 31 >>> 8 & 0xff, read.byteAt(i));
        }
    }

    @Test
    void whatWasOnlyAnnouncedTakesNoMemory() {
        byte[] promise = {(byte) 0x80, 0x1f, 0, 0, 0, 'x'};
        long before = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        for (int i = 0; i < 100; i++) {
            assertThrows(RdbException.class, () -> inPieces(promise, 2).readString(new StringSlot()));
            assertThrows(RdbException.class, () -> new RdbInput(new Bytes(promise)).readString(new StringSlot()));
        }
        assertTrue(Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory() - before < 400_000_000L);
        byte[] tooLong = {(byte) 0x81, 0, 0, 0, 1, 0, 0, 0, 0};
        assertThrows(RdbException.class, () -> new RdbInput(new Bytes(tooLong)).readString(new StringSlot()));
        byte[] unlikely = {(byte) 0xc3, 1, (byte) 0x80, 0x10, 0, 0, 0, 0};
        assertThrows(RdbException.class, () -> new RdbInput(new Bytes(unlikely)).readString(new StringSlot()));
        assertThrows(RdbException.class, () -> new RdbInput(new Bytes(new byte[] {(byte) 0x82})).readLength());
        assertThrows(RdbException.class, () -> new RdbInput(new Bytes(new byte[] {(byte) 0xc0})).readLength());
    }

    @Test
    void listpacks() {
        Random random = new Random(5);
        ListpackWriter writer = new ListpackWriter();
        ListpackReader reader = new ListpackReader();
        for (int round = 0; round < 400; round++) {
            writer.clear();
            List<String> words = new ArrayList<>();
            for (int i = random.nextInt(random.nextInt(100) == 0 ? 70_000 : 50); i > 0; i--) {
                String word = switch (random.nextInt(4)) {
                    case 0 -> "x".repeat(random.nextInt(200));
                    case 1 -> "y".repeat(random.nextInt(random.nextInt(100) == 0 ? 20_000 : 60));
                    case 2 -> Long.toString(random.nextLong() >> random.nextInt(64));
                    default -> Integer.toString(random.nextInt(300) - 100);
                };
                words.add(word);
                writer.add(Bytes.of(word));
            }
            file.reset();
            writer.write(output);
            output.flush();
            reader.open(new RdbInput(new Bytes(file.toByteArray())).readString(new StringSlot()));
            Bytes element = new Bytes();
            for (String word : words) {
                assertTrue(reader.next(element));
                assertEquals(word, element.text());
            }
            assertEquals(false, reader.next(element));
        }
    }

    /** At these sizes the length behind an element takes one byte more. */
    @Test
    void lengthsBehindElements() {
        ListpackWriter writer = new ListpackWriter();
        ListpackReader reader = new ListpackReader();
        for (int length : new int[] {63, 64, 125, 126, 127, 4095, 4096, 16_376, 16_377, 16_378, 16_379, 2_097_144,
            2_097_145, 2_097_146, 2_097_147}) {
            file.reset();
            writer.clear().add(new Bytes(new byte[length])).add(7).write(output);
            output.flush();
            reader.open(new RdbInput(new Bytes(file.toByteArray())).readString(new StringSlot()));
            Bytes element = new Bytes();
            assertTrue(reader.next(element) && element.length() == length);
            assertEquals(7, reader.needInteger());
            assertEquals(false, reader.advance());
        }
    }

    @Test
    void librariesOfFunctionsAreKeptAsTheyAre() {
        byte[] code = "#!lua name=l\nredis.register_function('f', function() end)".getBytes(StandardCharsets.US_ASCII);
        new FunctionLibrary(code).write(output);
        output.flush();
        RdbInput input = new RdbInput(new Bytes(file.toByteArray()));
        assertArrayEquals(code, FunctionLibrary.read(input.readByte(), input).code());
        assertThrows(RdbException.class, () -> FunctionLibrary.read(Opcode.FUNCTION_PRE_GA, input));
    }

    @Test
    void typesOfOthersAreRefused() {
        for (RdbType type : RdbType.values()) {
            assertEquals(type, RdbType.of(type.code()));
        }
        for (int code : new int[] {6, 7, 8, 22, 24, 25, 26, 200, Opcode.FUNCTION, Opcode.EOF}) {
            assertTrue(Arrays.stream(RdbType.values()).noneMatch(type -> type.code() == code));
            assertThrows(RdbException.class, () -> RdbType.of(code));
        }
    }

    @Test
    void aLengthIsFilledInLater() {
        for (int behind : new int[] {0, 10, 100_000}) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[][] kept = {null};
            RdbOutput stored = new RdbOutput(new RdbOutput.Store() {
                @Override
                public void write(byte[] from, int at, int count) {
                    bytes.write(from, at, count);
                }

                @Override
                public void replace(long position, int value) {
                    kept[0] = bytes.toByteArray();
                    java.nio.ByteBuffer.wrap(kept[0]).putInt((int) position, value);
                    bytes.reset();
                    bytes.writeBytes(kept[0]);
                }
            }, false);
            stored.writeString(Bytes.of("before"));
            long place = stored.placeLength();
            stored.writeString(new Bytes(new byte[behind]));
            stored.fillLength(place, 70_000);
            stored.flush();
            assertEquals(behind == 100_000, kept[0] != null);
            RdbInput input = new RdbInput(new Bytes(bytes.toByteArray()));
            assertEquals(Bytes.of("before"), input.readString(new StringSlot()));
            assertEquals(70_000, input.readLength());
            assertEquals(behind, input.readString(new StringSlot()).length());
            assertTrue(input.atEnd());
        }
    }
}
