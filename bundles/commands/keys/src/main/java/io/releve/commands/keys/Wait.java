package io.releve.commands.keys;

import io.releve.command.Blocking;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.persistence.Journal;
import io.releve.replication.Replication;
import java.util.List;

/** WAIT and WAITAOF (redis.io/commands/wait, redis.io/commands/waitaof). */
final class Wait extends KeyCommand {
    private static final CommandException LOCAL_OUT_OF_RANGE =
            new CommandException("ERR value is out of range, value must between 0 and 1");
    private static final CommandException NO_FILE =
            new CommandException("ERR WAITAOF cannot be used when numlocal is set but appendonly is disabled.");

    /** Whether what is waited for is an append-only file, also one's own. */
    private final boolean files;

    private Wait(CommandSpec.Builder facts, boolean files) {
        super(facts.tips("request_policy:all_shards", "response_policy:agg_min"));
        this.files = files;
    }

    private static final CommandException NOT_ON_REPLICA = new CommandException("ERR WAIT cannot be used with replica instances."
            + " Please also note that since Redis 4.0 if a replica is configured to be writable (which is not the default)"
            + " writes to replicas are just local and are not propagated.");
    private static final CommandException NOT_ON_REPLICA_FILES = new CommandException("ERR WAITAOF cannot be used with replica"
            + " instances. Please also note that writes to replicas are just local and are not propagated.");

    static Wait replicas() {
        return new Wait(waiting("WAIT", 3).since("3.0.0")
                .summary("Waits until so many replicas have what the connection has written.")
                .syntax("numreplicas:integer timeout:integer"), false);
    }

    static Wait files() {
        return new Wait(waiting("WAITAOF", 4).since("7.2.0")
                .summary("Waits until what the connection has written is in the append-only file, here and of so many"
                        + " replicas.")
                .syntax("numlocal:integer numreplicas:integer timeout:integer"), true);
    }

    private static CommandSpec.Builder waiting(String name, int arity) {
        return CommandSpec.command(name, arity).group("generic").categories("connection").flags(CommandFlag.BLOCKING);
    }

    @Override
    public void run(Call call) {
        int at = 1;
        long local = 0;
        if (files) {
            local = call.arguments().integer(at++);
            if (local < 0 || local > 1) {
                throw LOCAL_OUT_OF_RANGE;
            }
        }
        long wanted = call.arguments().integer(at++);
        if (files && wanted < 0) {
            throw CommandException.NOT_POSITIVE;
        }
        long deadline = Blocking.milliseconds(call.arguments().get(at), call.now());
        if (local > 0 && !"yes".equals(call.engine().settings().find("appendonly").get("appendonly"))) {
            throw NO_FILE;
        }
        if (call.engine().standing().replica()) {
            throw files ? NOT_ON_REPLICA_FILES : NOT_ON_REPLICA;
        }
        long position = call.session().lastWrite();
        int replicas = replicas(call, position);
        Journal journal = call.engine().journal();
        int synced = journal != null && journal.durable() >= position ? 1 : 0;
        if (replicas >= wanted && synced >= local || call.timedOut() || !call.mayBlock()) {
            reply(call, synced, replicas);
        } else {
            Replication replication = call.engine().replication();
            if (replicas < wanted && replication != null) {
                replication.askReplicas();
            }
            call.block(new Blocking(deadline, List.of(), null));
        }
    }

    private int replicas(Call call, long position) {
        Replication replication = call.engine().replication();
        if (replication == null) {
            return 0;
        }
        return files ? replication.durableReplicas(position) : replication.replicas(position);
    }

    private void reply(Call call, int synced, int replicas) {
        if (files) {
            call.reply().array(2);
            call.reply().integer(synced);
        }
        call.reply().integer(replicas);
    }
}
