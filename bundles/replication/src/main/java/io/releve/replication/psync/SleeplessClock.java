package io.releve.replication.psync;

/**
 * Time that goes on while the machine sleeps and never goes back: whichever of the two clocks has gone further since the last look.
 * The monotonic one may stand still in a sleep; the other may be set. It begins with the time of day, so that a later start is later.
 */
final class SleeplessClock {
    private long time = System.currentTimeMillis();
    private long nanos = System.nanoTime();
    private long wall = System.currentTimeMillis();

    /** ms. */
    synchronized long now() {
        long nowNanos = System.nanoTime();
        long nowWall = System.currentTimeMillis();
        long monotonic = (nowNanos - nanos) / 1_000_000;
        long other = nowWall - wall;
        time += Math.max(monotonic, other);
        nanos += monotonic * 1_000_000;
        wall = nowWall;
        return time;
    }
}
