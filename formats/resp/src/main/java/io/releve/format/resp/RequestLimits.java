package io.releve.format.resp;

/**
 * What a request may be at most.
 *
 * @param arguments number of arguments ({@code multibulk length})
 * @param bulk bytes of one argument ({@code proto-max-bulk-len})
 * @param unauthenticated whether the texts of errors speak of a peer that has not authenticated
 */
public record RequestLimits(int arguments, int bulk, boolean unauthenticated) {
    /** Longest line, inline requests and the numbers in front of arguments (64 KiB). */
    public static final int LINE = 64 * 1024;

    /** A peer that must authenticate first: 10 arguments of 16 KiB. */
    public static final RequestLimits UNAUTHENTICATED = new RequestLimits(10, 16 * 1024, true);

    public static RequestLimits authenticated(long maxBulk) {
        return new RequestLimits(Integer.MAX_VALUE, (int) Math.min(maxBulk, Integer.MAX_VALUE - 1024), false);
    }
}
