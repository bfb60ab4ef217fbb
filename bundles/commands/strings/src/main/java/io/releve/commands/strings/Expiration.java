package io.releve.commands.strings;

import io.releve.command.Call;
import io.releve.command.CommandException;

/** The ways to tell an expiry time: seconds or milliseconds, from now on or since the epoch. */
enum Expiration {
    EX(1000, true), PX(1, true), EXAT(1000, false), PXAT(1, false);

    private final long milliseconds;
    private final boolean relative;

    Expiration(long milliseconds, boolean relative) {
        this.milliseconds = milliseconds;
        this.relative = relative;
    }

    /** The option that argument {@code i} is, or null. */
    static Expiration of(Call call, int i) {
        int length = call.arguments().get(i).length();
        if (length == 2) {
            return call.arguments().is(i, "EX") ? EX : call.arguments().is(i, "PX") ? PX : null;
        }
        if (length == 4) {
            return call.arguments().is(i, "EXAT") ? EXAT : call.arguments().is(i, "PXAT") ? PXAT : null;
        }
        return null;
    }

    /**
     * Reads argument {@code i}.
     *
     * @param command lower-case name for the error
     * @return ms since the epoch
     * @throws CommandException when it is no number, not positive, or beyond 64 bits
     */
    long read(Call call, int i, String command) {
        long amount = call.arguments().integer(i);
        if (amount <= 0 || amount > Long.MAX_VALUE / milliseconds) {
            throw invalid(command);
        }
        long time = amount * milliseconds;
        if (!relative) {
            return time;
        }
        if (time > Long.MAX_VALUE - call.now()) {
            throw invalid(command);
        }
        return time + call.now();
    }

    private static CommandException invalid(String command) {
        return new CommandException("ERR invalid expire time in '" + command + "' command");
    }
}
