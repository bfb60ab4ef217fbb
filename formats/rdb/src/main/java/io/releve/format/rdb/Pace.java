package io.releve.format.rdb;

import io.releve.engine.Turn;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * The pace of one who works beside the clients. As long as nobody else takes the turn it does not rest at all. Otherwise it
 * rests for a multiple of the time that it has worked: what clients lack is less the turn, which is lent often, than the
 * processor. Whoever sleeps often also is rarely interrupted by the system while he has the turn.
 */
final class Pace {
    /** Works so long, ns, before it rests. */
    static final long WORK_NANOS = 250_000;
    /** Rests for so many times what it has worked. */
    static final int REST = 2;
    /** But not longer, ns: the time worked may have been that of others, or of a slow disk. */
    static final long LONGEST_NANOS = 4_000_000;

    private final Turn turn;
    private final LongSupplier nanoTime;
    private final LongConsumer rest;
    private long since;
    /** How often the turn was taken when this stretch of work began, by its own account. */
    private long taken;

    Pace(Turn turn) {
        this(turn, System::nanoTime, LockSupport::parkNanos);
    }

    /** @param rest sleeps for so many ns */
    Pace(Turn turn, LongSupplier nanoTime, LongConsumer rest) {
        this.turn = turn;
        this.nanoTime = nanoTime;
        this.rest = rest;
    }

    /** Work begins. */
    void begin() {
        since = nanoTime.getAsLong();
        taken = turn.taken();
    }

    /** It has taken the turn itself, which does not count. */
    void taken() {
        taken++;
    }

    /** Rests, if it is time; without the turn. */
    void keep() {
        long worked = nanoTime.getAsLong() - since;
        if (worked >= WORK_NANOS) {
            if (turn.taken() != taken) {
                rest.accept(Math.min(REST * worked, LONGEST_NANOS));
            }
            begin();
        }
    }
}
