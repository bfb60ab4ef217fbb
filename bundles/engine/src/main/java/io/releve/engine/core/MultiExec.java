package io.releve.engine.core;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.Reply;
import io.releve.engine.Session;
import io.releve.engine.Transactions;
import io.releve.keyspace.Database;
import io.releve.replication.Standing;

/** MULTI, EXEC and WATCH (redis.io, Transactions). */
final class MultiExec implements Transactions {
    private static final CommandException ABORTED =
            new CommandException("EXECABORT Transaction discarded because of previous errors.");
    private static final String BECAUSE = "EXECABORT Transaction discarded because of: ";
    private static final CommandException NO_MEMORY = new CommandException(
            BECAUSE + CommandException.OUT_OF_MEMORY.getMessage());

    private final RedisEngine engine;
    private final Watches watches;
    private final Execution execution;

    MultiExec(RedisEngine engine, Watches watches) {
        this.engine = engine;
        this.watches = watches;
        execution = new Execution(engine, false);
    }

    @Override
    public boolean open(Session session) {
        return ((ClientSession) session).queue != null;
    }

    @Override
    public void begin(Session session) {
        ((ClientSession) session).queue = new RequestQueue();
    }

    @Override
    public void discard(Session session) {
        ClientSession client = (ClientSession) session;
        client.queue = null;
        watches.clear(client);
    }

    @Override
    public void watch(Session session, Database database, Bytes key) {
        watches.add((ClientSession) session, database, key);
    }

    @Override
    public void unwatch(Session session) {
        watches.clear((ClientSession) session);
    }

    @Override
    public void execute(Call call) {
        ClientSession session = (ClientSession) call.session();
        RequestQueue queue = session.queue;
        waitUntilPossible(queue);
        boolean touched = watches.touched(session);
        discard(session);
        if (queue.spoilt) {
            throw ABORTED;
        }
        if (touched) {
            call.reply().nilArray();
            return;
        }
        Standing standing = engine.replicating().standing();
        if (queue.writes && standing.writesRefused() != null && !engine.obeys()) {
            throw new CommandException(BECAUSE + standing.writesRefused());
        }
        if (queue.denyOom && standing.evicts() && engine.eviction().limited() && engine.eviction().makeRoom() == Eviction.Outcome.FAILED) {
            throw NO_MEMORY;
        }
        Reply reply = call.reply();
        reply.array(queue.requests.size());
        engine.beginGroup();
        try {
            for (Arguments request : queue.requests) {
                execute(session, request, reply);
            }
        } finally {
            engine.endGroup();
            session.lastWrite = engine.log().position();
        }
    }

    /** A command whose bundle is away, or a pause, holds the whole transaction. */
    private void waitUntilPossible(RequestQueue queue) {
        if (queue.mayWrite && engine.holding().active(engine.now()) && !engine.obeys()) {
            throw new Execution.NotNow(ClientSession.Wait.PAUSE);
        }
        for (Arguments request : queue.requests) {
            CommandSlot slot = engine.registry().table().resolve(request);
            if (slot != null && slot.servesData && engine.replicating().standing().held() && !engine.obeys()) {
                throw new Execution.NotNow(ClientSession.Wait.PAUSE);
            }
            if (slot != null && slot.command == null) {
                throw new Execution.NotNow(ClientSession.Wait.COMMAND_AWAY);
            }
        }
    }

    private void execute(ClientSession session, Arguments request, Reply reply) {
        CommandSlot slot = engine.registry().table().resolve(request);
        if (slot == null || slot.command == null) {
            reply.error("ERR unknown command '" + request.get(0).latin1() + "'");
            return;
        }
        String denied = engine.permissions().refusalInTransaction(session, slot, request);
        if (denied != null) {
            slot.statistics.rejected();
            engine.statistics().error(denied);
            reply.error(denied);
            return;
        }
        long start = engine.clock().nanoTime();
        if (reply.protocol() != session.protocol()) {
            reply.protocol(session.protocol());
        }
        execution.run(session, slot, request, reply);
        if (engine.monitors().active()) {
            engine.monitors().show(session, slot, request);
        }
        long took = engine.clock().nanoTime() - start;
        slot.statistics.ran(took, 1, engine.observation().tracksLatency());
        engine.observation().called(session, slot, request, took, false);
    }
}
