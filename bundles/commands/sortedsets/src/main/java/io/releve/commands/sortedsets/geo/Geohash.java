package io.releve.commands.sortedsets.geo;

/**
 * Places as numbers of 52 bits, the scores of the members: 26 bits of the latitude in the even positions, bit 0 being
 * one of them, and 26 bits of the longitude in the odd ones (redis.io/commands/geoadd, "How does it work?").
 */
final class Geohash {
    /** Bits of each coordinate. */
    static final int STEPS = 26;
    static final double MAX_LONGITUDE = 180;
    /** Beyond it the Web Mercator projection (EPSG:3857) ends. */
    static final double MAX_LATITUDE = 85.05112878;

    private static final String DIGITS = "0123456789bcdefghjkmnpqrstuvwxyz";
    private static final int DIGIT_BITS = 5;
    private static final int TEXT_LENGTH = 11;
    /** Largest latitude of the geohashes used elsewhere. */
    private static final double STANDARD_LATITUDE = 90;
    private static final double TWO_TO_63 = 0x1p63;

    private Geohash() {
    }

    /** The number of a place. */
    static long encode(double longitude, double latitude) {
        return encode(longitude, latitude, MAX_LATITUDE, STEPS);
    }

    /** The number of the cell a place lies in; {@code steps} bits of each coordinate. */
    static long encode(double longitude, double latitude, double maxLatitude, int steps) {
        long x = (long) ((longitude + MAX_LONGITUDE) / (2 * MAX_LONGITUDE) * (1L << steps));
        long y = (long) ((latitude + maxLatitude) / (2 * maxLatitude) * (1L << steps));
        return interleave(x, y);
    }

    static long interleave(long x, long y) {
        return spread(y) | spread(x) << 1;
    }

    /** The lower half of the bits, each followed by a zero. */
    private static long spread(long bits) {
        long b = bits & 0xffffffffL;
        b = (b | b << 16) & 0x0000ffff0000ffffL;
        b = (b | b << 8) & 0x00ff00ff00ff00ffL;
        b = (b | b << 4) & 0x0f0f0f0f0f0f0f0fL;
        b = (b | b << 2) & 0x3333333333333333L;
        return (b | b << 1) & 0x5555555555555555L;
    }

    /** The bits in even positions. */
    private static long gather(long bits) {
        long b = bits & 0x5555555555555555L;
        b = (b | b >>> 1) & 0x3333333333333333L;
        b = (b | b >>> 2) & 0x0f0f0f0f0f0f0f0fL;
        b = (b | b >>> 4) & 0x00ff00ff00ff00ffL;
        b = (b | b >>> 8) & 0x0000ffff0000ffffL;
        return (b | b >>> 16) & 0xffffffffL;
    }

    /** The bits of the longitude. */
    static long x(long bits) {
        return gather(bits >>> 1);
    }

    /** The bits of the latitude. */
    static long y(long bits) {
        return gather(bits);
    }

    /** The westernmost longitude of column {@code x} of {@code 2^steps}. */
    static double west(long x, int steps) {
        return -MAX_LONGITUDE + (double) x / (1L << steps) * (2 * MAX_LONGITUDE);
    }

    /** The southernmost latitude of row {@code y} of {@code 2^steps}. */
    static double south(long y, int steps) {
        return -MAX_LATITUDE + (double) y / (1L << steps) * (2 * MAX_LATITUDE);
    }

    /** The longitude of the middle of a score's cell. */
    static double longitude(double score) {
        long x = x(bits(score));
        return clip((west(x, STEPS) + west(x + 1, STEPS)) / 2, MAX_LONGITUDE);
    }

    /** The latitude of the middle of a score's cell. */
    static double latitude(double score) {
        long y = y(bits(score));
        return clip((south(y, STEPS) + south(y + 1, STEPS)) / 2, MAX_LATITUDE);
    }

    private static double clip(double value, double limit) {
        return Math.max(-limit, Math.min(limit, value));
    }

    /** The bits of a score. Scores that are no geohash are converted as the processor Redis runs on does it. */
    private static long bits(double score) {
        if (score < TWO_TO_63) {
            return (long) score;
        }
        double rest = score - TWO_TO_63;
        return rest < TWO_TO_63 ? (long) rest ^ Long.MIN_VALUE : 0;
    }

    /**
     * The geohash as it is written elsewhere, in 11 characters (Wikipedia, "Geohash"): its latitudes go up to 90
     * degrees, and 52 bits do not reach into the last character.
     */
    static String text(double score) {
        long bits = encode(longitude(score), latitude(score), STANDARD_LATITUDE, STEPS);
        StringBuilder text = new StringBuilder(TEXT_LENGTH);
        for (int shift = 2 * STEPS - DIGIT_BITS; shift >= 0; shift -= DIGIT_BITS) {
            text.append(DIGITS.charAt((int) (bits >>> shift) & (1 << DIGIT_BITS) - 1));
        }
        return text.append(DIGITS.charAt(0)).toString();
    }
}
