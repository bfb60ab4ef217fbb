package io.releve.commands.strings.bitmaps;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.command.CommandException;
import io.releve.keyspace.StringValue;
import java.math.BigInteger;

/**
 * Integers of one width within a string, highest bit first.
 *
 * @param signed two's complement
 * @param width in bits: 1 to 64, unsigned 1 to 63
 */
record Integers(boolean signed, int width) {
    private static final CommandException INVALID = new CommandException("ERR Invalid bitfield type."
            + " Use something like i16 u8. Note that u64 is not supported but i64 is.");
    private static final int LONGEST = 64;

    /** {@code i} or {@code u} and the width. */
    static Integers parse(Bytes text) {
        boolean signed = text.length() > 0 && text.byteAt(0) == 'i';
        if (!signed && (text.length() == 0 || text.byteAt(0) != 'u')) {
            throw INVALID;
        }
        if (!Numbers.isInteger(text.array(), text.offset() + 1, text.length() - 1)) {
            throw INVALID;
        }
        long width = Numbers.integer(text.array(), text.offset() + 1, text.length() - 1);
        if (width < 1 || width > (signed ? LONGEST : LONGEST - 1)) {
            throw INVALID;
        }
        return new Integers(signed, (int) width);
    }

    /** The number at a position in bits; beyond the string's end are zeros. */
    long get(StringValue value, long offset) {
        long number = 0;
        for (int i = 0; i < width;) {
            long at = offset + i;
            int inByte = (int) (at & 7);
            int taken = Math.min(8 - inByte, width - i);
            int part = BitmapCommand.byteAt(value, at >>> 3) >> 8 - inByte - taken & (1 << taken) - 1;
            number = number << taken | part;
            i += taken;
        }
        return wrap(number);
    }

    /** Puts a number into a string that is long enough. */
    void set(StringValue value, long offset, long number) {
        for (int i = 0; i < width;) {
            long at = offset + i;
            int inByte = (int) (at & 7);
            int taken = Math.min(8 - inByte, width - i);
            int shift = 8 - inByte - taken;
            int mask = (1 << taken) - 1;
            int part = (int) (number >>> width - i - taken) & mask;
            int index = (int) (at >>> 3);
            value.write(index, value.byteAt(index) & ~(mask << shift) | part << shift);
            i += taken;
        }
    }

    /** The low bits of a number. */
    private long wrap(long number) {
        int unused = LONGEST - width;
        return signed ? number << unused >> unused : number << unused >>> unused;
    }

    /** A number as it is stored; null when it does not fit and must not be stored. */
    Long fit(long number, Overflow overflow) {
        return fit(signed || number >= 0 ? BigInteger.valueOf(number) : new BigInteger(Long.toUnsignedString(number)),
                overflow);
    }

    /** A sum as it is stored; null when it does not fit and must not be stored. */
    Long sum(long number, long increment, Overflow overflow) {
        return fit(BigInteger.valueOf(number).add(BigInteger.valueOf(increment)), overflow);
    }

    private Long fit(BigInteger number, Overflow overflow) {
        BigInteger max = BigInteger.ONE.shiftLeft(signed ? width - 1 : width).subtract(BigInteger.ONE);
        BigInteger min = signed ? max.not() : BigInteger.ZERO;
        if (number.compareTo(max) <= 0 && number.compareTo(min) >= 0) {
            return number.longValue();
        }
        return switch (overflow) {
            case WRAP -> wrap(number.longValue());
            case SAT -> number.signum() > 0 ? max.longValue() : min.longValue();
            case FAIL -> null;
        };
    }
}
