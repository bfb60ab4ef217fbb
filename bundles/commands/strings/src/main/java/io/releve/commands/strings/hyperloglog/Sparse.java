package io.releve.commands.strings.hyperloglog;

import io.releve.command.CommandException;
import java.util.Arrays;

/**
 * The sparse representation: runs of equal registers. {@code 00llllll} is a run of l+1 zeros, {@code 01llllll llllllll} of
 * l+1 zeros, {@code 1vvvvvll} of l+1 registers of value v+1.
 */
final class Sparse {
    static final int MAX_VALUE = 32;

    private static final CommandException CORRUPT =
            new CommandException("INVALIDOBJ Corrupted HLL object detected");
    private static final int SHORT_ZEROS = 64;
    private static final int VALUES = 4;
    /** Runs looked at around a change, in search of neighbours of the same value. */
    private static final int MERGED = 5;

    private byte[] code;
    private int length;

    /** Takes over the code, which begins at {@code from}. */
    Sparse(byte[] content, int from) {
        code = Arrays.copyOfRange(content, from, content.length);
        length = code.length;
    }

    /** All registers zero. */
    static byte[] empty() {
        return new byte[] {(byte) (0x40 | Registers.COUNT - 1 >> 8), (byte) (Registers.COUNT - 1)};
    }

    byte[] code() {
        return Arrays.copyOf(code, length);
    }

    private boolean isLongZeros(int at) {
        return (code[at] & 0xc0) == 0x40;
    }

    private int size(int at) {
        return isLongZeros(at) ? 2 : 1;
    }

    private int value(int at) {
        return code[at] < 0 ? (code[at] >> 2 & 31) + 1 : 0;
    }

    private int run(int at) {
        if (code[at] < 0) {
            return (code[at] & 3) + 1;
        }
        if (!isLongZeros(at)) {
            return (code[at] & 63) + 1;
        }
        if (at + 1 >= length) {
            throw CORRUPT;
        }
        return ((code[at] & 63) << 8 | code[at + 1] & 0xff) + 1;
    }

    /** Raises the target's registers to these. */
    void raise(Registers target) {
        int index = 0;
        for (int at = 0; at < length; at += size(at)) {
            int run = run(at);
            if (index + run > Registers.COUNT) {
                throw CORRUPT;
            }
            for (int i = 0; i < run; i++) {
                target.raise(index + i, value(at));
            }
            index += run;
        }
        if (index != Registers.COUNT) {
            throw CORRUPT;
        }
    }

    /** Raises one register to a value of at most {@link #MAX_VALUE}; @return whether it was lower */
    boolean raise(int index, int value) {
        int before = -1;
        int at = 0;
        int first = 0;
        while (at < length && first + run(at) <= index) {
            first += run(at);
            before = at;
            at += size(at);
        }
        if (at >= length) {
            throw CORRUPT;
        }
        int old = value(at);
        if (old >= value) {
            return false;
        }
        byte[] runs = new byte[5];
        int count = write(runs, 0, old, index - first);
        count = write(runs, count, value, 1);
        count = write(runs, count, old, first + run(at) - 1 - index);
        splice(at, size(at), runs, count);
        merge(before < 0 ? 0 : before);
        return true;
    }

    private static int write(byte[] runs, int at, int value, int run) {
        if (run == 0) {
            return at;
        }
        if (value > 0) {
            runs[at] = (byte) (0x80 | value - 1 << 2 | run - 1);
            return at + 1;
        }
        if (run <= SHORT_ZEROS) {
            runs[at] = (byte) (run - 1);
            return at + 1;
        }
        runs[at] = (byte) (0x40 | run - 1 >> 8);
        runs[at + 1] = (byte) (run - 1);
        return at + 2;
    }

    private void splice(int at, int removed, byte[] runs, int count) {
        byte[] longer = new byte[length - removed + count];
        System.arraycopy(code, 0, longer, 0, at);
        System.arraycopy(runs, 0, longer, at, count);
        System.arraycopy(code, at + removed, longer, at + count, length - at - removed);
        code = longer;
        length = longer.length;
    }

    /** Joins short runs of the same value from here on. */
    private void merge(int from) {
        int at = from;
        for (int i = 0; i < MERGED && at < length; i++) {
            int next = at + 1;
            if (value(at) > 0 && next < length && value(next) == value(at) && run(at) + run(next) <= VALUES) {
                byte[] joined = new byte[1];
                write(joined, 0, value(at), run(at) + run(next));
                splice(at, 2, joined, 1);
            } else {
                at += size(at);
            }
        }
    }

    /** The runs as text (PFDEBUG DECODE). */
    String text() {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < length; at += size(at)) {
            text.append(text.isEmpty() ? "" : " ");
            if (value(at) > 0) {
                text.append("v:").append(value(at)).append(',').append(run(at));
            } else {
                text.append(isLongZeros(at) ? "Z:" : "z:").append(run(at));
            }
        }
        return text.toString();
    }
}
