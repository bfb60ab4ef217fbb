package io.releve.engine.core;

import io.releve.command.Arguments;
import io.releve.command.Reply;
import io.releve.format.resp.GatheredReply;
import java.io.IOException;

/** Commands that no client of this server has sent: those of a journal, those of a master. They have a session of their own. */
final class Playback {
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
        if (slot == null || slot.command == null) {
            throw new IOException("unknown command '" + command.get(0).latin1() + "'");
        }
        if (!slot.accepts(command.size())) {
            throw new IOException("wrong number of arguments for '" + slot.shownName + "'");
        }
        if (session.queue != null && !slot.spec.immediate()) {
            session.queue.add(slot, Words.copy(command));
            return;
        }
        execution.run(session, slot, command, reply);
        engine.afterRequest();
    }

    /** Of a transaction whose end has not come nothing is done. */
    void discard() {
        if (session.queue != null) {
            engine.transactions().discard(session);
        }
    }
}
