package io.releve.bytes;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of the x87 extended format, in which Redis adds floats on x86-64: 64 significant bits, exponents of 15 bits,
 * rounding half to even. Clients see its last digits, so a double would not do.
 */
public final class ExtendedFloat {
    public static final ExtendedFloat ZERO = new ExtendedFloat(BigDecimal.ZERO);
    /** Longer texts are no numbers. */
    public static final int LONGEST_TEXT = 5 * 1024 - 1;

    private static final int SIGNIFICANT_BITS = 64;
    /** Numbers of at least 2 to this power are infinite. */
    private static final int EXPONENT_LIMIT = 16_384;
    /** Numbers of at most 2 to the minus this power become zero. */
    private static final int UNDERFLOW = 16_446;
    /** Powers of ten that are certainly beyond both ends. */
    private static final int DECIMAL_LIMIT = 4_960;
    private static final ExtendedFloat POSITIVE_INFINITY = new ExtendedFloat(null);
    private static final ExtendedFloat NEGATIVE_INFINITY = new ExtendedFloat(null);
    private static final BigDecimal SMALLEST = new BigDecimal(BigInteger.ONE).divide(
            new BigDecimal(BigInteger.ONE.shiftLeft(UNDERFLOW)));
    private static final Pattern HEXADECIMAL =
            Pattern.compile("([+-]?)0x([0-9a-f]*)(?:\\.([0-9a-f]*))?(?:p([+-]?[0-9]{1,9}))?");

    /** Null for an infinity. */
    private final BigDecimal value;

    private ExtendedFloat(BigDecimal value) {
        this.value = value;
    }

    /** Reads what C's strtold reads, whole and without leading blanks; null for anything else, NaN and out of range. */
    public static ExtendedFloat parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        switch (lower) {
            case "inf", "+inf", "infinity", "+infinity":
                return POSITIVE_INFINITY;
            case "-inf", "-infinity":
                return NEGATIVE_INFINITY;
            default:
        }
        BigDecimal exact = lower.indexOf('x') >= 0 ? hexadecimal(lower) : decimal(lower);
        if (exact == null || exact.signum() == 0) {
            return exact == null ? null : ZERO;
        }
        long magnitude = (long) exact.precision() - exact.scale();
        if (Math.abs(magnitude) > DECIMAL_LIMIT || exact.abs().compareTo(SMALLEST) <= 0) {
            return null;
        }
        ExtendedFloat rounded = of(exact);
        return rounded.isFinite() ? rounded : null;
    }

    private static BigDecimal decimal(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static BigDecimal hexadecimal(String text) {
        Matcher parts = HEXADECIMAL.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        String fraction = parts.group(3) == null ? "" : parts.group(3);
        String digits = parts.group(2) + fraction;
        if (digits.isEmpty()) {
            return null;
        }
        BigInteger integer = new BigInteger(parts.group(1) + digits, 16);
        long exponent = (parts.group(4) == null ? 0 : Long.parseLong(parts.group(4))) - 4L * fraction.length();
        if (integer.signum() == 0) {
            return BigDecimal.ZERO;
        }
        return Math.abs(exponent + integer.bitLength()) > UNDERFLOW + 1 ? null : scaled(integer, (int) exponent);
    }

    /** Rounds to the format. */
    private static ExtendedFloat of(BigDecimal exact) {
        if (exact.signum() == 0) {
            return ZERO;
        }
        BigInteger numerator = exact.unscaledValue().abs();
        BigInteger denominator = BigInteger.ONE;
        if (exact.scale() > 0) {
            denominator = BigInteger.TEN.pow(exact.scale());
        } else {
            numerator = numerator.multiply(BigInteger.TEN.pow(-exact.scale()));
        }
        int shift = SIGNIFICANT_BITS - (numerator.bitLength() - denominator.bitLength());
        BigInteger significand = quotient(numerator, denominator, shift);
        if (significand.bitLength() > SIGNIFICANT_BITS) {
            shift--;
            significand = quotient(numerator, denominator, shift);
        }
        if (significand.bitLength() - shift > EXPONENT_LIMIT) {
            return exact.signum() > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY;
        }
        BigDecimal rounded = scaled(significand, -shift);
        return new ExtendedFloat(exact.signum() > 0 ? rounded : rounded.negate());
    }

    /** {@code numerator * 2^shift / denominator}, half to even. */
    private static BigInteger quotient(BigInteger numerator, BigInteger denominator, int shift) {
        BigInteger n = shift > 0 ? numerator.shiftLeft(shift) : numerator;
        BigInteger d = shift < 0 ? denominator.shiftLeft(-shift) : denominator;
        BigInteger[] parts = n.divideAndRemainder(d);
        int half = parts[1].shiftLeft(1).compareTo(d);
        return half > 0 || half == 0 && parts[0].testBit(0) ? parts[0].add(BigInteger.ONE) : parts[0];
    }

    /** {@code integer * 2^exponent}, exactly. */
    private static BigDecimal scaled(BigInteger integer, int exponent) {
        if (exponent >= 0) {
            return new BigDecimal(integer.shiftLeft(exponent));
        }
        int zeros = Math.min(integer.getLowestSetBit(), -exponent);
        int places = -exponent - zeros;
        return new BigDecimal(integer.shiftRight(zeros).multiply(BigInteger.valueOf(5).pow(places)), places);
    }

    public boolean isFinite() {
        return value != null;
    }

    /** The exact value of a finite number. */
    public BigDecimal value() {
        return value;
    }

    /** The rounded sum; anything infinite or undefined is not finite. */
    public ExtendedFloat plus(ExtendedFloat other) {
        return isFinite() && other.isFinite() ? of(value.add(other.value)) : POSITIVE_INFINITY;
    }
}
