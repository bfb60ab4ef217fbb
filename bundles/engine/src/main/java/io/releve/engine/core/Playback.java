package io.releve.engine.core;

import io.releve.command.Arguments;
import io.releve.command.Reply;
import io.releve.format.resp.GatheredReply;
import io.releve.keyspace.Keyspace;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commands that no client of this server has sent: those of a journal, those of a master. They have a session of their own. */
final class Playback {
    private static final Logger LOG = LoggerFactory.getLogger(Playback.class);

    private final RedisEngine engine;
    private final Execution execution;
    private final Reply reply;
    private ClientSession session;

    Playback(RedisEngine engine) {
        this.engine = engine;
        execution = new Execution(engine, false);
        reply = new GatheredReply().begin(2);
        reply.mute(true);
        begin(0);
    }

    /** From here on it is another client, with this database selected. */
    void begin(int database) {
        session = new ClientSession(0, new NoConnection(), engine.now(), engine, true);
        session.database(database);
    }

    /** Number of the selected database. */
    int selected() {
        return session.database();
    }

    /** SWAPDB has exchanged what is selected. */
    void forgetDatabase() {
        session.forgetDatabase();
    }

    /**
     * Runs a command; transactions and SELECT work as for a client.
     *
     * @throws IOException when it is not known or cannot be as it is
     */
    void run(Arguments command) throws IOException {
        if (command.size() == 0) {
            return;
        }
        CommandSlot slot = engine.registry().table().resolve(command);
        if (slot == null && command.is(0, "FUNCTION")) {
            engine.functions().run(command);
            return;
        }
        if (slot == null) {
            throw new IOException("unknown command '" + EngineLane.quoted(command.get(0)) + "'");
        }
        if (slot.command == null) {
            throw new IOException("the bundle of the command " + slot.spec.name() + " is away");
        }
        if (!slot.accepts(command.size())) {
            throw new IOException("wrong number of arguments for '" + slot.shownName + "'");
        }
        if (session.queue != null && !slot.spec.immediate()) {
            session.queue.add(slot, Words.copy(command));
            return;
        }
        long errors = reply.errors();
        try {
            if (session.queue != null) {
                reserve(session.queue);
            }
            execution.run(session, slot, command, reply);
        } catch (Execution.NotNow e) {
            throw new IOException("a transaction needs a command whose bundle is away", e);
        }
        if (reply.errors() != errors) {
            failed(slot, reply.lastError());
        }
        engine.afterRequest();
    }

    /** Room for a whole transaction is made beforehand, so that it is not carried out in part. */
    private void reserve(RequestQueue queue) throws IOException {
        long bytes = 0;
        for (Words request : queue.requests) {
            bytes += request.bytes();
        }
        try {
            engine.keyspace().reserve(2 * bytes);
        } catch (Keyspace.FullException e) {
            throw new IOException("a transaction finds no room: " + e.getMessage(), e);
        }
    }

    /** What has worked elsewhere has not here: for lack of room it works later, otherwise the data were others already. */
    private static void failed(CommandSlot slot, String error) throws IOException {
        if (error.startsWith("OOM")) {
            throw new IOException(slot.spec.name() + " finds no room: " + error);
        }
        LOG.warn("{} of the master fails here, and the data may differ from its: {}", slot.spec.name(), error);
    }

    /** Of a transaction whose end has not come nothing is done. */
    void discard() {
        if (session.queue != null) {
            engine.transactions().discard(session);
        }
    }
}
