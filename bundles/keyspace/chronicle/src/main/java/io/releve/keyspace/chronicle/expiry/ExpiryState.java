package io.releve.keyspace.chronicle.expiry;

/**
 * What is written down about an expiry index at a clean stop.
 *
 * @param root reference of the root's page, 0 when empty
 * @param height levels
 * @param size number of pairs
 * @param sum of all times, modulo 2^64
 */
public record ExpiryState(long root, int height, long size, long sum) {
}
