package io.releve.examples.ratelimit;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Value;

/**
 * {@code RATELIMIT.TAKE key limit seconds}: counts a use, unless there were {@code limit} of them within so many seconds since
 * the first. Answers whether it may be done, how often more, and for how many milliseconds the count goes on.
 */
final class Take implements Command {
    private static final CommandException LIMIT = new CommandException("ERR limit and seconds must be positive");
    private static final CommandException NOT_A_COUNT = new CommandException("ERR the key holds no count");
    private static final long LONGEST_SECONDS = 1_000_000_000L;

    private final CommandSpec spec = CommandSpec.command("RATELIMIT.TAKE", 4)
            .flags(CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.FAST)
            .keys(KeySpec.at(1, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.UPDATE)).group("string").since("1.0.0")
            .syntax("key limit:integer seconds:integer").summary("Counts a use if the limit allows it.").build();

    @Override
    public CommandSpec spec() {
        return spec;
    }

    @Override
    public void run(Call call) {
        Bytes key = call.arguments().get(1);
        long limit = call.arguments().integer(2, 1, LIMIT);
        long seconds = call.arguments().integer(3, 1, LIMIT);
        if (seconds > LONGEST_SECONDS) {
            throw LIMIT;
        }
        StringValue count = call.writeString(key);
        if (count != null && !count.isInteger()) {
            throw NOT_A_COUNT;
        }
        // everything is checked: from here on nothing fails
        long used = count == null ? 0 : count.integer();
        boolean begins = count == null || count.expireAt() == Value.NEVER;
        long until = begins ? call.now() + seconds * 1000 : count.expireAt();
        boolean allowed = used < limit;
        if (allowed) {
            used++;
            Bytes content = Bytes.of(Long.toString(used));
            call.database().putString(key, content, until, call.engine().accessClock());
            // the log is to say what came of it, not what was asked for: applied later, it must give the same
            call.effect("SET", key, content, "PXAT", until);
            call.changed(key, KeyEvent.STRING, "ratelimit.take");
        }
        call.reply().array(3);
        call.reply().integer(allowed ? 1 : 0);
        call.reply().integer(Math.max(0, limit - used));
        call.reply().integer(Math.max(0, until - call.now()));
    }
}
