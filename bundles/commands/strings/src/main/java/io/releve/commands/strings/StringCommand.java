package io.releve.commands.strings;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeyEvent;
import io.releve.config.Directive;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Value;

/** What the string commands have in common. */
public abstract class StringCommand implements Command {
    /** Declared by the server; no value of it is below {@link #ALWAYS_ALLOWED}. */
    private static final Directive<Long> LONGEST =
            Directive.memory("proto-max-bulk-len", StringValue.MAX_LENGTH, 1 << 20, Long.MAX_VALUE);
    private static final int ALWAYS_ALLOWED = 1 << 20;
    private static final CommandException TOO_LONG =
            new CommandException("ERR string exceeds maximum allowed size (proto-max-bulk-len)");

    private final CommandSpec spec;

    protected StringCommand(CommandSpec.Builder facts) {
        spec = facts.build();
    }

    /** The facts of a command of the group {@code string}. */
    protected static CommandSpec.Builder facts(String name, int arity, CommandFlag... flags) {
        return CommandSpec.command(name, arity).group("string").categories("string").flags(flags);
    }

    @Override
    public final CommandSpec spec() {
        return spec;
    }

    /** Sets a key to a string and reports it, except for the expiry. One lookup when the key holds a string already. */
    protected static void store(Call call, Bytes key, Bytes content, long expireAt) {
        Value old = call.write(key);
        if (old instanceof StringValue string && old.expireAt() == expireAt) {
            string.assign(content);
        } else {
            replace(call, key, content, expireAt, old == null);
        }
        call.changed(key, KeyEvent.STRING, "set");
    }

    /** Sets a key that is not there. */
    public static void create(Call call, Bytes key, Bytes content) {
        replace(call, key, content, Value.NEVER, true);
    }

    /** Sets a key that may hold anything. */
    protected static void replace(Call call, Bytes key, Bytes content, long expireAt, boolean isNew) {
        call.database().putString(key, content, expireAt, call.engine().accessClock());
        if (isNew) {
            call.event(key, KeyEvent.NEW, "new");
        }
    }

    /** Refuses a string that would be longer than the configuration allows. */
    protected static void checkLength(Call call, long length) {
        if (length > ALWAYS_ALLOWED && length > longest(call)) {
            throw TOO_LONG;
        }
    }

    /** Most bytes a string may have. */
    protected static long longest(Call call) {
        return Math.min(StringValue.MAX_LENGTH, call.engine().settings().get(LONGEST));
    }
}
