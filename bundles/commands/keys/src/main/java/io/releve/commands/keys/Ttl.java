package io.releve.commands.keys;

import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.Value;

/** TTL, PTTL, EXPIRETIME and PEXPIRETIME (redis.io/commands/ttl). */
final class Ttl extends KeyCommand {
    private static final int NO_KEY = -2;
    private static final int NO_EXPIRY = -1;

    private final int unit;
    private final boolean relative;

    private Ttl(CommandSpec.Builder facts, int unit, boolean relative) {
        super(facts.keys(KeySpec.at(1, Flag.RO, Flag.ACCESS)).syntax("key"));
        this.unit = unit;
        this.relative = relative;
    }

    static Ttl ttl() {
        return new Ttl(remaining("TTL").summary("Returns the remaining life of a key in seconds."), 1000, true);
    }

    static Ttl pTtl() {
        return new Ttl(remaining("PTTL").since("2.6.0")
                .summary("Returns the remaining life of a key in milliseconds."), 1, true);
    }

    static Ttl expireTime() {
        return new Ttl(reading("EXPIRETIME").since("7.0.0")
                .summary("Returns the time a key expires at, in seconds."), 1000, false);
    }

    static Ttl pExpireTime() {
        return new Ttl(reading("PEXPIRETIME").since("7.0.0")
                .summary("Returns the time a key expires at, in milliseconds."), 1, false);
    }

    private static CommandSpec.Builder reading(String name) {
        return facts(name, 2, CommandFlag.READONLY, CommandFlag.FAST);
    }

    private static CommandSpec.Builder remaining(String name) {
        return reading(name).changed("2.8.0", "Replies -2 when there is no such key.").tips("nondeterministic_output");
    }

    @Override
    public void run(Call call) {
        Value value = call.peek(call.arguments().get(1));
        call.reply().integer(value == null ? NO_KEY : time(value.expireAt(), call.now()));
    }

    private long time(long expireAt, long now) {
        if (expireAt == Value.NEVER) {
            return NO_EXPIRY;
        }
        long milliseconds = relative ? expireAt - now : expireAt;
        // To the nearest second; the sum cannot overflow this way.
        return unit == 1 ? milliseconds : milliseconds / unit + (milliseconds % unit + unit / 2) / unit;
    }
}
