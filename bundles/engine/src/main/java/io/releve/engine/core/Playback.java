package io.releve.engine.core;

import io.releve.command.Arguments;
import io.releve.command.Reply;
import io.releve.format.resp.GatheredReply;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/** Commands that no client of this server has sent: those of a journal, those of a master. They have a session of their own. */
class Playback {
    /** Commands of masters and journals that run scripts; FUNCTION is understood without the bundle. */
    private static final Set<String> SCRIPTS = Set.of("EVAL", "EVALSHA", "FCALL", "SCRIPT");

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
        session = newSession();
        session.database(database);
    }

    /** A session that nobody sees. */
    ClientSession newSession() {
        return new ClientSession(0, new NoConnection(), engine.now(), engine, true).asSuperuser();
    }

    ClientSession session() {
        return session;
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
        CommandSlot slot = engine.registry().originals().resolve(command);
        if (slot == null && command.is(0, "FUNCTION")) {
            engine.functions().run(command);
            return;
        }
        if (slot == null || slot.command == null) {
            throw absent(command, slot);
        }
        if (!slot.accepts(command.size())) {
            throw new IOException("wrong number of arguments for '" + slot.shownName + "'");
        }
        if (session.queue != null && !slot.spec.immediate()) {
            session.queue.add(slot, command.copy());
            return;
        }
        execute(slot, command);
        engine.afterRequest();
    }

    /** What is said of a command that is not there. @param slot of one whose bundle is away, or null */
    IOException absent(Arguments command, CommandSlot slot) {
        return new IOException(slot == null ? "unknown command '" + EngineLane.quoted(command.get(0)) + "'" + remedy(command)
                : "the bundle of the command " + slot.spec.name() + " is away");
    }

    /** What is missing for it, where that is known. */
    private static String remedy(Arguments command) {
        return SCRIPTS.contains(command.get(0).latin1().toUpperCase(Locale.ROOT))
                ? ": scripts need the bundle io.releve.commands.scripting" : "";
    }

    /** Runs a command, or with EXEC those that wait for it; errors are not looked at. */
    void execute(CommandSlot slot, Arguments command) throws IOException {
        execution.run(session, slot, command, reply);
    }

    /** What it was answered so far. */
    Reply reply() {
        return reply;
    }

    /** What waits for EXEC, or null. */
    RequestQueue queue() {
        return session.queue;
    }

    /** Of a transaction whose end has not come nothing is done. */
    void discard() {
        if (session.queue != null) {
            engine.transactions().discard(session);
        }
    }
}
