package io.releve.command;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.keyspace.Type;
import java.util.List;

/**
 * What a client waits for.
 *
 * @param deadline ms since the epoch, {@link #FOREVER} without one
 * @param keys the keys of the session's database; copied. None: only for time, {@link io.releve.replication.Replication#replicas} and
 *        work done elsewhere
 * @param type the type a key must have for the request to be run again
 * @param whenGone whether it is also run again when a key is removed or becomes another type
 * @param again the request to run in the place of the one that came, or null (XREAD's {@code $} means the last id of the
 *        moment in which it came); words as in {@link Call#effect}
 */
public record Blocking(long deadline, List<Bytes> keys, Type type, boolean whenGone, Object[] again) {
    /** A deadline that never comes. */
    public static final long FOREVER = Long.MAX_VALUE;

    private static final CommandException NO_NUMBER = new CommandException("ERR timeout is not a float or out of range");
    private static final CommandException NO_INTEGER =
            new CommandException("ERR timeout is not an integer or out of range");
    private static final CommandException NEGATIVE = new CommandException("ERR timeout is negative");

    /** Waits for one of the keys to be of a type. */
    public Blocking(long deadline, List<Bytes> keys, Type type) {
        this(deadline, keys, type, false, null);
    }

    /**
     * The deadline from a time-out in seconds with decimals, 0 meaning for ever.
     *
     * @throws CommandException when it is no such number
     */
    public static long seconds(Bytes text, long now) {
        double seconds = Numbers.decimal(text);
        if (Double.isNaN(seconds)) {
            throw NO_NUMBER;
        }
        double milliseconds = Math.ceil(seconds * 1000);
        if (milliseconds >= Long.MAX_VALUE) {
            // what Redis makes of it
            throw NEGATIVE;
        }
        return deadline((long) milliseconds, now);
    }

    /**
     * The deadline from a time-out in whole milliseconds, 0 meaning for ever.
     *
     * @throws CommandException when it is no such number
     */
    public static long milliseconds(Bytes text, long now) {
        if (!Numbers.isInteger(text)) {
            throw NO_INTEGER;
        }
        return deadline(Numbers.integer(text), now);
    }

    private static long deadline(long milliseconds, long now) {
        if (milliseconds < 0) {
            throw NEGATIVE;
        }
        if (milliseconds == 0) {
            return FOREVER;
        }
        long deadline = now + milliseconds;
        return deadline < 0 ? FOREVER : deadline;
    }
}
