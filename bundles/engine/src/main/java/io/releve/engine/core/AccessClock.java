package io.releve.engine.core;

import java.util.random.RandomGenerator;

/**
 * The 24 bits a value remembers of its accesses. LRU: seconds, wrapping around. LFU: minutes in the upper 16 bits, in
 * the lower 8 a counter that grows with the logarithm of the accesses and decays with time (redis.io, "Key eviction").
 */
final class AccessClock {
    private static final int MASK = 0xFFFFFF;
    /** Counter of a new key, so that it is not the first to go. */
    private static final int INITIAL_FREQUENCY = 5;

    private final RandomGenerator random;
    private volatile boolean frequencies;
    private volatile long logFactor = 10;
    private volatile long decayMinutes = 1;
    private long now;

    AccessClock(RandomGenerator random) {
        this.random = random;
    }

    void policy(String maxmemoryPolicy) {
        frequencies = maxmemoryPolicy.endsWith("-lfu");
    }

    void logFactor(long factor) {
        logFactor = factor;
    }

    void decayMinutes(long minutes) {
        decayMinutes = minutes;
    }

    boolean countsFrequencies() {
        return frequencies;
    }

    /** Takes over the time, ms since the epoch. */
    void tick(long milliseconds) {
        now = milliseconds;
    }

    /** For a key that is created now. */
    int initial() {
        return frequencies ? minutes() << 8 | INITIAL_FREQUENCY : seconds();
    }

    /** For a key that is loaded with its idle time in s or its frequency; -1 where it is not known. */
    int restored(long idleSeconds, int frequency) {
        if (frequencies) {
            return frequency < 0 ? initial() : minutes() << 8 | frequency & 0xFF;
        }
        return idleSeconds < 0 ? initial() : (int) (seconds() - idleSeconds) & MASK;
    }

    /** For a key that had {@code access} and is used now. */
    int touched(int access) {
        return frequencies ? minutes() << 8 | incremented(frequency(access)) : seconds();
    }

    /** Seconds since the access. */
    long idleSeconds(int access) {
        return seconds() - access & MASK;
    }

    /** The counter, decayed until now. */
    int frequency(int access) {
        int counter = access & 0xFF;
        if (decayMinutes > 0) {
            long periods = (minutes() - (access >>> 8) & 0xFFFF) / decayMinutes;
            return (int) Math.max(0, counter - periods);
        }
        return counter;
    }

    /** How much a key deserves to be evicted: grows with idleness or rareness. */
    long worthlessness(int access) {
        return frequencies ? 255 - frequency(access) : idleSeconds(access);
    }

    private int incremented(int counter) {
        if (counter == 255) {
            return counter;
        }
        double base = Math.max(0, counter - INITIAL_FREQUENCY);
        return random.nextDouble() < 1.0 / (base * logFactor + 1) ? counter + 1 : counter;
    }

    private int seconds() {
        return (int) (now / 1000) & MASK;
    }

    private int minutes() {
        return (int) (now / 60_000) & 0xFFFF;
    }
}
