package io.releve.engine.core;

import io.releve.command.Command;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A command in the table, with what dispatch needs to know of it at hand. */
final class CommandSlot {
    final CommandSpec spec;
    /** Null while its bundle is away. */
    final Command command;
    final CommandStatistics statistics;
    /** Lower case, for CLIENT LIST. */
    final String shownName;
    final int arity;
    final boolean write;
    /** Whether the keys it reads are those of its client; what a script reads is noted as it reads it. */
    final boolean tracked;
    /** Whether SLOWLOG leaves it out. */
    final boolean unrecorded;
    final boolean denyOom;
    final boolean noAuth;
    /** Whether it takes constant or logarithmic time, and needs no clock of its own. */
    final boolean fast;
    final boolean mayWrite;
    /** Whether scripts may not run it. */
    final boolean noScript;
    /** Whether it runs while a script is busy. */
    final boolean whileBusy;
    /** Whether it is refused while copies on disk cannot be written: writes, and PING, by which that is noticed. */
    final boolean needsDisk;
    final boolean whileLoading;
    /** Whether it is allowed on data that may be stale. */
    final boolean stale;
    /** Whether it reads or changes data, which a client that monitors may not. */
    final boolean touchesData;
    /**
     * Whether its reply may tell of data: that of a PING, of PUBLISH or of a refusal does not wait until the log is acknowledged.
     * A sentinel's messages must not: what it asks for behind them would wait too.
     */
    final boolean showsData;
    /** Whether it is not run while it is not certain that this server is the master; messages are, sentinels talk by them. */
    final boolean servesData;
    /** Whether MONITOR does not show it. */
    final boolean hidden;
    /** By upper-case name; null for a command without subcommands. */
    final Map<String, CommandSlot> subcommands;

    CommandSlot(CommandSpec spec, Command command, Map<String, CommandStatistics> statisticsByName) {
        this.spec = spec;
        this.command = command;
        shownName = spec.name().toLowerCase(Locale.ROOT);
        statistics = statisticsByName.computeIfAbsent(shownName, n -> new CommandStatistics());
        arity = spec.arity();
        write = spec.has(CommandFlag.WRITE);
        tracked = spec.has(CommandFlag.READONLY) && !spec.group().equals("scripting");
        unrecorded = spec.has(CommandFlag.SKIP_SLOWLOG);
        denyOom = spec.has(CommandFlag.DENYOOM);
        fast = spec.has(CommandFlag.FAST);
        noAuth = spec.has(CommandFlag.NO_AUTH);
        noScript = spec.has(CommandFlag.NOSCRIPT);
        whileBusy = spec.has(CommandFlag.ALLOW_BUSY);
        mayWrite = write || spec.has(CommandFlag.MAY_REPLICATE);
        needsDisk = write || shownName.equals("ping");
        whileLoading = spec.has(CommandFlag.LOADING);
        stale = spec.has(CommandFlag.STALE);
        touchesData = mayWrite || spec.has(CommandFlag.READONLY);
        showsData = touchesData && !spec.has(CommandFlag.PUBSUB) || shownName.equals("exec") || spec.group().equals("scripting");
        servesData = showsData && !shownName.equals("exec");
        hidden = spec.has(CommandFlag.ADMIN) || spec.has(CommandFlag.SKIP_MONITOR);
        subcommands = command == null || command.subcommands().isEmpty() ? null : new LinkedHashMap<>();
        if (subcommands != null) {
            for (Command sub : command.subcommands()) {
                subcommands.put(sub.spec().lastName(), new CommandSlot(sub.spec(), sub, statisticsByName));
            }
        }
    }

    /** Whether so many arguments, the name included, are right. */
    boolean accepts(int arguments) {
        return arity >= 0 ? arguments == arity : arguments >= -arity;
    }
}
