package io.releve.commands.keys;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.keyspace.Database;

/**
 * FLUSHDB and FLUSHALL (redis.io/commands/flushall). The keys are gone at once and the memory comes back later, whether
 * ASYNC or SYNC is given.
 */
final class Flush extends KeyCommand {
    private final boolean all;

    private Flush(CommandSpec.Builder facts, boolean all) {
        super(facts.group("server").categories("dangerous")
                .syntax("[ASYNC | SYNC]")
                .changed("4.0.0", "Added the option `ASYNC`.")
                .changed("6.2.0", "Added the option `SYNC`.")
                .tips("request_policy:all_shards", "response_policy:all_succeeded"));
        this.all = all;
    }

    static Flush database() {
        return new Flush(facts("FLUSHDB", -1, CommandFlag.WRITE)
                .complexity("O(N) where N is the number of keys in the database.")
                .summary("Deletes all keys of the database."), false);
    }

    static Flush all() {
        return new Flush(facts("FLUSHALL", -1, CommandFlag.WRITE)
                .complexity("O(N) where N is the number of keys in all databases.")
                .summary("Deletes all keys of all databases."), true);
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        if (arguments.size() > 2 || arguments.size() == 2 && !arguments.is(1, "ASYNC") && !arguments.is(1, "SYNC")) {
            throw CommandException.SYNTAX;
        }
        if (all) {
            for (int i = 0; i < call.engine().databases(); i++) {
                Database database = call.engine().databaseInUse(i);
                if (database != null) {
                    database.clear();
                }
            }
            call.databaseChanged(-1);
        } else {
            call.database().clear();
            call.databaseChanged(call.database().index());
        }
        call.reply().ok();
    }
}
