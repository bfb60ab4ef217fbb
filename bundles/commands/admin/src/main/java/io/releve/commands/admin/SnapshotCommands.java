package io.releve.commands.admin;

import static io.releve.command.CommandFlag.ADMIN;
import static io.releve.command.CommandFlag.FAST;
import static io.releve.command.CommandFlag.LOADING;
import static io.releve.command.CommandFlag.NOSCRIPT;
import static io.releve.command.CommandFlag.NO_ASYNC_LOADING;
import static io.releve.command.CommandFlag.NO_MULTI;
import static io.releve.command.CommandFlag.STALE;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.persistence.Snapshotter;
import java.util.List;

/** SAVE, BGSAVE, LASTSAVE and BGREWRITEAOF (redis.io, Persistence). */
final class SnapshotCommands {
    private static final CommandException SAVING = new CommandException("ERR Background save already in progress");
    private static final CommandException ABSENT = new CommandException("ERR Snapshots are not available: the bundle"
            + " io.releve.persistence.snapshot is not installed or not started");

    /** What LASTSAVE answers when there are no snapshots: Redis too counts its start as one. */
    private final long loadedAt = System.currentTimeMillis() / 1000;

    List<Command> commands() {
        return List.of(
                Command.of(AdminCommands.spec("SAVE", 1, "1.0.0").flags(NO_ASYNC_LOADING, ADMIN, NOSCRIPT, NO_MULTI)
                        .complexity("O(N) where N is the total number of keys in all databases")
                        .summary("Writes a snapshot and answers when it is on the disk.").build(), SnapshotCommands::save),
                Command.of(AdminCommands.spec("BGSAVE", -1, "1.0.0").flags(NO_ASYNC_LOADING, ADMIN, NOSCRIPT)
                        .summary("Begins to write a snapshot.").syntax("[SCHEDULE]")
                        .changed("3.2.2", "The option SCHEDULE.").build(), SnapshotCommands::saveInBackground),
                Command.of(AdminCommands.spec("LASTSAVE", 1, "1.0.0").flags(LOADING, STALE, FAST)
                        .categories("admin", "dangerous")
                        .summary("Answers the time of the last snapshot, in seconds since the epoch.")
                        .tips("nondeterministic_output").build(), this::lastSave),
                Command.of(AdminCommands.spec("BGREWRITEAOF", 1, "1.0.0").flags(NO_ASYNC_LOADING, ADMIN, NOSCRIPT)
                        .summary("Begins to write the append-only file anew.").build(), SnapshotCommands::rewrite));
    }

    /** @throws CommandException when no bundle offers snapshots */
    static Snapshotter snapshotter(Call call) {
        Snapshotter snapshotter = call.engine().snapshotter();
        if (snapshotter == null) {
            throw ABSENT;
        }
        return snapshotter;
    }

    private static void save(Call call) {
        Call.Outcome outcome = call.outcome();
        if (outcome == null) {
            Snapshotter snapshotter = snapshotter(call);
            if (snapshotter.saving()) {
                throw SAVING;
            }
            call.offload(() -> {
                snapshotter.save();
                return null;
            });
        } else if (outcome.failure() != null) {
            throw new CommandException("ERR " + outcome.failure().getMessage());
        } else {
            call.reply().ok();
        }
    }

    private static void saveInBackground(Call call) {
        Arguments request = call.arguments();
        if (request.size() > 2 || request.size() == 2 && !request.is(1, "SCHEDULE")) {
            throw CommandException.SYNTAX;
        }
        // in a transaction it is noted: a snapshot must not hold half of one
        boolean schedule = request.size() == 2 || call.atomic();
        boolean begun = snapshotter(call).saveInBackground(schedule);
        call.reply().simple(begun ? "Background saving started" : "Background saving scheduled");
    }

    private void lastSave(Call call) {
        Snapshotter snapshotter = call.engine().snapshotter();
        call.reply().integer(snapshotter == null ? loadedAt : snapshotter.lastSave());
    }

    private static void rewrite(Call call) {
        boolean begun = call.engine().rewriteJournal();
        call.reply().simple("Background append only file rewriting " + (begun ? "started" : "scheduled"));
    }
}
