package io.releve.format.aof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.releve.bytes.Bytes;
import io.releve.format.rdb.RdbFileWriter;
import io.releve.format.rdb.RdbOutput;
import io.releve.keyspace.EncodingLimits;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AofReaderTest {
    private final CommandBuffer file = new CommandBuffer();
    /** Where the file is sound, in ascending order. */
    private final List<Integer> sound = new ArrayList<>(List.of(0));
    private final List<String> expected = new ArrayList<>();

    private static AofReader reader(byte[] bytes, int most) {
        int[] at = {0};
        return new AofReader((target, from, length) -> {
            int count = Math.min(Math.min(length, most), bytes.length - at[0]);
            System.arraycopy(bytes, at[0], target, from, count);
            at[0] += count;
            return count == 0 ? -1 : count;
        });
    }

    private byte[] bytes() {
        return Arrays.copyOf(file.array(), file.length());
    }

    private void command(String... words) {
        file.begin(words.length);
        for (String word : words) {
            file.argument(word.getBytes(StandardCharsets.ISO_8859_1));
        }
        expected.add(String.join(" ", words));
    }

    private void sound() {
        sound.add(file.length());
    }

    private static String words(AofReader reader) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < reader.arguments().size(); i++) {
            words.add(reader.arguments().get(i).latin1());
        }
        return String.join(" ", words);
    }

    private void sample() {
        file.timestamp(1_700_000_000);
        expected.add("#1700000000");
        file.select(3);
        expected.add("SELECT 3");
        sound();
        command("SET", "k", "v\r\n*1\r\n");
        sound();
        file.multi();
        expected.add("MULTI");
        command("LPUSH", "l", "", "12");
        command("DEL", "k");
        file.exec();
        expected.add("EXEC");
        sound();
        file.timestamp(1_700_000_100);
        expected.add("#1700000100");
        command("MSET", "a", "x".repeat(200));
        sound();
    }

    @Test
    void whatWasWrittenIsRead() {
        sample();
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            String[] words = new String[1 + random.nextInt(random.nextInt(20) == 0 ? 2000 : 5)];
            Arrays.setAll(words, n -> "y".repeat(random.nextInt(random.nextInt(50) == 0 ? 100_000 : 20)));
            command(words);
        }
        command("SET", "large", "z".repeat(5_000_000));
        command("SET", "small", "z");
        sound();
        byte[] bytes = bytes();
        for (int most : new int[] {7_777, Integer.MAX_VALUE}) {
            AofReader reader = reader(bytes, most);
            for (String each : expected) {
                AofReader.Event event = reader.next();
                if (each.startsWith("#")) {
                    assertEquals(AofReader.Event.ANNOTATION, event);
                    assertEquals(each, "#" + reader.timestamp());
                } else {
                    assertEquals(AofReader.Event.COMMAND, event);
                    assertEquals(each, words(reader));
                }
            }
            assertEquals(AofReader.Event.END, reader.next());
            assertEquals(bytes.length, reader.position());
            assertEquals(bytes.length, reader.soundEnd());
        }
    }

    @Test
    void cutAtEveryByte() {
        sample();
        byte[] bytes = bytes();
        for (int length = 0; length <= bytes.length; length++) {
            AofReader reader = reader(Arrays.copyOf(bytes, length), 1 + length % 50);
            AofReader.Event event;
            do {
                event = reader.next();
            } while (event == AofReader.Event.COMMAND || event == AofReader.Event.ANNOTATION);
            int cut = length;
            int end = sound.stream().filter(each -> each <= cut).reduce((a, b) -> b).orElseThrow();
            boolean whole = end == length || afterAnnotation(bytes, end, length);
            assertEquals(whole ? length : end, reader.soundEnd(), "cut at " + length);
            assertEquals(whole ? AofReader.Event.END : AofReader.Event.TRUNCATED, event, "cut at " + length);
        }
    }

    private static boolean afterAnnotation(byte[] bytes, int from, int to) {
        return to - from == 16 && bytes[from] == '#';
    }

    @Test
    void damage() {
        assertDamaged(0, "should be a command", "garbage\r\n");
        assertDamaged(0, "byte 0x00", "\0\0\0\0");
        assertDamaged(23, "should be a command", "*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\nSET k v\r\n");
        assertDamaged(1, "a number", "*x\r\n");
        assertDamaged(1, "a number", "*-1\r\n");
        assertDamaged(1, "no arguments", "*0\r\n");
        assertDamaged(4, "an argument", "*1\r\nXYZ\r\n");
        assertDamaged(5, "a number", "*1\r\n$\r\n");
        assertDamaged(5, "a number", "*1\r\n$-1\r\n");
        assertDamaged(11, "the end of an argument", "*1\r\n$3\r\nabcd\r\n");
        assertDamaged(2, "the end of a number", "*1x\n$3\r\nabc\r\n");
        assertDamaged(3, "the end of a number", "*1\rx$3\r\nabc\r\n");
        assertDamaged(7, "the end of a number", "*1\r\n$3\rxabc\r\n");
        assertDamaged(12, "the end of an argument", "*1\r\n$3\r\nabc\rx");
        assertDamaged(1, "not possible", "*99999999999999\r\n");
        assertDamaged(5, "longer than 512 MiB", "*1\r\n$600000000\r\nabc");
        assertDamaged(29, "MULTI inside", "*1\r\n$5\r\nMULTI\r\n*1\r\n$4\r\nPING\r\n*1\r\n$5\r\nMULTI\r\n");
        assertDamaged(0, "EXEC without", "*1\r\n$4\r\nEXEC\r\n");
        assertDamaged(0, "annotation is longer", "#" + "x".repeat(2000) + "\r\n");
    }

    private static void assertDamaged(long offset, String sentence, String text) {
        for (int most : new int[] {1, 1000}) {
            AofReader reader = reader(text.getBytes(StandardCharsets.ISO_8859_1), most);
            AofException e = assertThrows(AofException.class, () -> {
                while (reader.next() == AofReader.Event.COMMAND) {
                    // On to the damage.
                }
            }, text);
            assertTrue(e.getMessage().contains(sentence), e.getMessage());
            assertEquals(offset, e.offset(), text + e.getMessage());
        }
    }

    /** Whatever a byte is changed to, the reader says something about it and stops. */
    @Test
    void everyChangeOfAByte() {
        sample();
        byte[] bytes = bytes();
        for (int at = 0; at < bytes.length; at++) {
            for (int change = 1; change < 256; change++) {
                byte[] mutant = bytes.clone();
                mutant[at] ^= (byte) change;
                AofReader reader = reader(mutant, 100);
                try {
                    AofReader.Event event;
                    do {
                        event = reader.next();
                    } while (event == AofReader.Event.COMMAND || event == AofReader.Event.ANNOTATION);
                } catch (AofException e) {
                    assertTrue(e.offset() >= reader.soundEnd() && e.offset() <= mutant.length, e.getMessage());
                }
                assertTrue(sound.contains((int) reader.soundEnd()) || at < reader.soundEnd());
            }
        }
    }

    @Test
    void anRdbAtTheBeginning() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        RdbFileWriter rdb = new RdbFileWriter(new RdbOutput(all::write, true), new EncodingLimits(), 10, true);
        rdb.begin();
        rdb.database(0, 1, 0);
        rdb.string(Bytes.of("k"), Bytes.of("v"), -1, -1, -1);
        rdb.end();
        int length = all.size();
        for (String tail : new String[] {"", "*1\r\n$4\r\nPING\r\n".repeat(100_000)}) {
            byte[] bytes = (all.toString(StandardCharsets.ISO_8859_1) + tail).getBytes(StandardCharsets.ISO_8859_1);
            for (int most : new int[] {3, 1000, Integer.MAX_VALUE}) {
                AofReader reader = reader(bytes, most);
                assertTrue(reader.hasPreamble());
                List<String> keys = new ArrayList<>();
                reader.readPreamble(key -> keys.add(key.name().text()), true);
                assertEquals(List.of("k"), keys);
                assertEquals(length, reader.position());
                assertEquals(length, reader.soundEnd());
                int commands = 0;
                while (reader.next() == AofReader.Event.COMMAND) {
                    commands++;
                }
                assertEquals(tail.length() / 14, commands);
                assertEquals(bytes.length, reader.soundEnd());
            }
        }
        assertEquals(false, reader("*1\r\n".getBytes(StandardCharsets.US_ASCII), 1).hasPreamble());
    }

    @Test
    void nothingIsAllocatedForACommand() {
        for (int i = 0; i < 100_000; i++) {
            file.begin(3).argument("SET").argument("key").argument(i);
        }
        byte[] bytes = bytes();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int round = 0; round < 3; round++) {
            AofReader reader = reader(bytes, 1 << 16);
            reader.next();
            long before = threads.getCurrentThreadAllocatedBytes();
            while (reader.next() == AofReader.Event.COMMAND) {
                // Only reading.
            }
            long taken = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(taken < 100_000, taken + " bytes");
        }
    }
}
