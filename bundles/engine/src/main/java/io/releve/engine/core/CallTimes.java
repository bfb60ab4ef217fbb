package io.releve.engine.core;

/**
 * Accounts for calls in the statistics of their commands. A run of one fast command is timed as a whole and its time divided evenly:
 * reading the clock would take a good part of what such a command takes. While the turn is held.
 */
final class CallTimes {
    private final RedisEngine engine;
    /** When the calls not accounted for yet began, ns. */
    private long since;
    /** The command that was called last, as often as this in a row. */
    private CommandSlot run;
    private int length;

    CallTimes(RedisEngine engine) {
        this.engine = engine;
    }

    /** @param now of {@link io.releve.engine.Clock#nanoTime} */
    void begin(long now) {
        since = now;
    }

    /** When the calls not accounted for yet began: after {@link #account} the end of the last one, ns. */
    long since() {
        return since;
    }

    /** A command is called now. */
    void calls(CommandSlot slot) {
        if (slot != run) {
            account();
            run = slot;
        }
        length++;
    }

    /** The last call did not take place. */
    void takeBack() {
        length--;
    }

    /** Accounts for the calls since the last time. */
    void account() {
        if (run != null) {
            long now = engine.clock().nanoTime();
            run.statistics.ran(now - since, length, engine.tracksLatency());
            since = now;
            run = null;
            length = 0;
        }
    }
}
