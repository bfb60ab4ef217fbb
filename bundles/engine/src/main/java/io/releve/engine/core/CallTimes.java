package io.releve.engine.core;

import io.releve.command.Arguments;

/**
 * Accounts for calls in the statistics of their commands, and has slow ones noted. Reading the clock would take a good part
 * of what a fast command takes. So the first call of a batch is timed by itself, which costs nothing, since the clock is read
 * at the end of a batch anyway; so is every call that is not sure to be fast. Of the others a run of one command is timed as a
 * whole and its time divided evenly. While the turn is held.
 */
final class CallTimes {
    /** Requests longer than this, or of more words, take time by their length. */
    private static final int LONG_WORD = 4096;
    private static final int MANY_WORDS = 16;

    private final RedisEngine engine;
    /** When the calls not accounted for yet began, ns. */
    private long since;
    private boolean first;
    /** The command that was called last, as often as this in a row since it was accounted for. */
    private CommandStatistics run;
    private int length;

    CallTimes(RedisEngine engine) {
        this.engine = engine;
    }

    /** @param now of {@link io.releve.engine.Clock#nanoTime} */
    void begin(long now) {
        since = now;
        first = true;
    }

    /** When the calls not accounted for yet began: after {@link #account} the end of the last one, ns. */
    long since() {
        return since;
    }

    /** A command is called now. @return whether the call is to be accounted for by itself, as soon as it is over */
    boolean calls(CommandSlot slot, Arguments request) {
        boolean alone = first || !slot.fast || request.size() > MANY_WORDS
                || request.get(request.size() - 1).length() > LONG_WORD || engine.observation().timesEach();
        first = false;
        if (slot.statistics != run || alone) {
            account();
            if (slot.statistics != run) {
                run = slot.statistics;
            }
        }
        length++;
        return alone;
    }

    /** The last call did not take place. */
    void takeBack() {
        if (length > 0) {
            length--;
        }
    }

    /** Accounts for the calls since the last time. @return how long they took, ns; 0 when there were none */
    long account() {
        if (length == 0) {
            return 0;
        }
        long now = engine.clock().nanoTime();
        long took = now - since;
        run.ran(took, length, engine.observation().tracksLatency());
        if (length > 1) {
            engine.observation().called(took);
        }
        since = now;
        length = 0;
        return took;
    }
}
