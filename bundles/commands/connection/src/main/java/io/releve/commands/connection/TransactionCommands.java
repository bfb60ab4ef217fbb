package io.releve.commands.connection;

import static io.releve.command.CommandFlag.ALLOW_BUSY;
import static io.releve.command.CommandFlag.FAST;
import static io.releve.command.CommandFlag.LOADING;
import static io.releve.command.CommandFlag.NOSCRIPT;
import static io.releve.command.CommandFlag.SKIP_SLOWLOG;
import static io.releve.command.CommandFlag.STALE;

import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import io.releve.engine.Transactions;
import java.util.List;

/** MULTI, EXEC, DISCARD, WATCH and UNWATCH (redis.io, Transactions). */
final class TransactionCommands {
    private static final CommandException NESTED = new CommandException("ERR MULTI calls can not be nested");
    private static final CommandException EXEC_ALONE = new CommandException("ERR EXEC without MULTI");
    private static final CommandException DISCARD_ALONE = new CommandException("ERR DISCARD without MULTI");
    private static final CommandException WATCH_INSIDE = new CommandException("ERR WATCH inside MULTI is not allowed");

    private TransactionCommands() {
    }

    static List<Command> all() {
        return List.of(
                Command.of(facts("MULTI", 1, "1.2.0").flags(FAST, ALLOW_BUSY).immediate()
                        .summary("Begins a transaction: what follows is queued until EXEC.").build(),
                        TransactionCommands::multi),
                Command.of(facts("EXEC", 1, "1.2.0").flags(SKIP_SLOWLOG).immediate()
                        .complexity("Depends on the commands queued.")
                        .summary("Runs what was queued, at once and as one.").build(), TransactionCommands::exec),
                Command.of(facts("DISCARD", 1, "2.0.0").flags(FAST, ALLOW_BUSY).immediate()
                        .complexity("O(N) where N is the number of commands queued.")
                        .summary("Forgets what was queued.").build(), TransactionCommands::discard),
                Command.of(facts("WATCH", -2, "2.2.0").flags(FAST, ALLOW_BUSY).immediate()
                        .keys(KeySpec.range(1, -1, 1, KeySpec.Flag.RO)).complexity("O(1) for every key.")
                        .summary("Has the next EXEC do nothing if one of the keys is changed until then.")
                        .syntax("key:key [key:key ...]").build(), TransactionCommands::watch),
                Command.of(facts("UNWATCH", 1, "2.2.0").flags(FAST, ALLOW_BUSY)
                        .summary("Watches no keys any more.").build(), call -> {
                            call.engine().transactions().unwatch(call.session());
                            call.reply().ok();
                        }));
    }

    private static CommandSpec.Builder facts(String name, int arity, String since) {
        return CommandSpec.command(name, arity).group("transactions").categories("transaction").since(since)
                .flags(NOSCRIPT, LOADING, STALE).complexity("O(1)");
    }

    private static void multi(Call call) {
        Transactions transactions = call.engine().transactions();
        if (transactions.open(call.session())) {
            throw NESTED;
        }
        transactions.begin(call.session());
        call.reply().ok();
    }

    private static void exec(Call call) {
        Transactions transactions = call.engine().transactions();
        if (!transactions.open(call.session())) {
            throw EXEC_ALONE;
        }
        transactions.execute(call);
    }

    private static void discard(Call call) {
        Transactions transactions = call.engine().transactions();
        if (!transactions.open(call.session())) {
            throw DISCARD_ALONE;
        }
        transactions.discard(call.session());
        call.reply().ok();
    }

    private static void watch(Call call) {
        Transactions transactions = call.engine().transactions();
        if (transactions.open(call.session())) {
            throw WATCH_INSIDE;
        }
        for (int i = 1; i < call.arguments().size(); i++) {
            transactions.watch(call.session(), call.database(), call.arguments().get(i));
        }
        call.reply().ok();
    }
}
