package io.releve.format.rdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.releve.bytes.Bytes;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A small file with values of every type, cut and changed at every byte: an error of the format, or a value. */
class RdbFileFuzzTest {
    private static final long ALLOWED = 64 << 20;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private int refused;
    private int read;

    private static byte[] sample() {
        byte[] old = new OldFile(9).opcode(Opcode.AUX, "\1a\1b").opcode(Opcode.RESIZE_DB, "\1\1").everyType()
                .opcode(Opcode.EXPIRE_MILLISECONDS, OldFile.little(2_000_000_000_123L, 8))
                .key(15, "stream", stream(""))
                .key(19, "stream 2", stream("\50\0\50\0\2"))
                .opcode(Opcode.MODULE_AUX, "\5\2\1\5\4data\0")
                .endUnchecked();
        return old;
    }

    /** Two entries, a group, a consumer, a pending entry. */
    private static String stream(String counts) {
        String id = "\0\0\0\0\0\0\0\50\0\0\0\0\0\0\0\0";
        String node = "\2\1\0\1\1\1\u0081f\2\0\1\2\1\0\1\0\1\u0081a\2\4\1\2\1\0\1\1\1\u0081b\2\4\1";
        String listpack = OldFile.little(7 + node.length(), 4) + OldFile.little(15, 2) + node + "\u00ff";
        return "\1" + OldFile.string(id) + OldFile.string(listpack) + "\2\50\1" + counts
                + "\1" + "\5group\50\0" + (counts.isEmpty() ? "" : "\1") + "\1" + id + OldFile.little(99, 8) + "\1"
                + "\1" + "\1c" + OldFile.little(99, 8) + "\1" + id;
    }

    @Test
    void everyCut() {
        byte[] file = HeapCopy.of(sample()).write(10, true, true);
        for (byte[] each : new byte[][] {sample(), file}) {
            for (int length = 0; length < each.length; length++) {
                byte[] cut = Arrays.copyOf(each, length);
                RdbException e = assertThrows(RdbException.class, () -> HeapCopy.of(cut), "cut at " + length);
                assertTrue(e.offset() >= 0 && e.offset() <= length, e.getMessage());
            }
        }
    }

    @Test
    void everyChangeOfAByte() {
        byte[] sample = sample();
        assertEquals(16, HeapCopy.of(sample).keys);
        byte[] written = HeapCopy.of(sample).write(10, true, false);
        byte[] newest = HeapCopy.of(sample).write(11, false, false);
        for (byte[] each : new byte[][] {sample, written, newest}) {
            for (int at = 0; at < each.length; at++) {
                for (int change = 1; change < 256; change++) {
                    byte[] mutant = each.clone();
                    mutant[at] ^= (byte) change;
                    read(mutant, at, change);
                }
            }
        }
        System.out.println(refused + " files refused, " + read + " read");
        assertTrue(refused > 10_000 && read > 10_000);
    }

    /** With a checksum no change goes unnoticed, unless it makes the checksum 0. */
    @Test
    void everyChangeOfACheckedFile() {
        byte[] file = HeapCopy.of(sample()).write(10, true, true);
        for (int at = 0; at < file.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] mutant = file.clone();
                mutant[at] ^= (byte) (1 << bit);
                assertThrows(RdbException.class, () -> HeapCopy.of(mutant), "change at " + at);
            }
        }
    }

    private void read(byte[] file, int at, int change) {
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            HeapCopy copy = new HeapCopy();
            int[] given = {0};
            new RdbFileReader((target, from, length) -> {
                int count = Math.min(length, file.length - given[0]);
                System.arraycopy(file, given[0], target, from, count);
                given[0] += count;
                return count == 0 ? -1 : count;
            }, (at & 1) == 0 ? copy : key -> { }, true).read();
            read++;
        } catch (RdbException e) {
            refused++;
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("byte " + at + " ^ " + change, e);
        }
        long taken = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(taken < ALLOWED, "byte " + at + " ^ " + change + " took " + taken);
    }
}
