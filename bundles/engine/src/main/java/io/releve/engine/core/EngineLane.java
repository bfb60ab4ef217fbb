package io.releve.engine.core;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.CommandException;
import io.releve.command.Reply;
import io.releve.engine.Lane;
import io.releve.engine.Session;
import io.releve.engine.Session.Replies;
import io.releve.keyspace.Keyspace;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks and runs the commands of one I/O thread. */
final class EngineLane implements Lane {
    private static final Logger LOG = LoggerFactory.getLogger(EngineLane.class);
    /** Longest part of an unknown request that is repeated in the error. */
    private static final int QUOTED = 128;

    private final RedisEngine engine;
    private final RunningCall call;
    private CommandTable table;
    /** When the calls not accounted for yet began. */
    private long runningSince;
    /** The fast command that was called last, as often as this in a row. */
    private CommandSlot run;
    private int runLength;

    EngineLane(RedisEngine engine) {
        this.engine = engine;
        call = new RunningCall(engine);
    }

    @Override
    public void begin() {
        engine.turn().take();
        engine.tick();
        table = engine.registry().table();
        runningSince = engine.clock().nanoTime();
    }

    @Override
    public long end() {
        try {
            account();
            return engine.endBatch();
        } finally {
            engine.turn().give();
        }
    }

    @Override
    public boolean dispatch(Session client, Arguments request, Reply reply) {
        ClientSession session = (ClientSession) client;
        if (session.replies() == Replies.ON) {
            return run(session, request, reply);
        }
        boolean skipOne = session.replies() == Replies.SKIP_NEXT;
        reply.mute(true);
        try {
            boolean consumed = run(session, request, reply);
            if (consumed && skipOne && session.replies() == Replies.SKIP_NEXT) {
                session.replies(Replies.ON);
            }
            return consumed;
        } finally {
            reply.mute(false);
        }
    }

    private boolean run(ClientSession session, Arguments request, Reply reply) {
        if (request.size() == 0) {
            return true;
        }
        session.lastActive = engine.now();
        CommandSlot slot = table.find(request.get(0));
        if (slot != null && slot.subcommands != null && request.size() > 1) {
            CommandSlot sub = slot.subcommands.get(request.get(1).latin1().toUpperCase(Locale.ROOT));
            if (sub == null) {
                reject(slot, session, reply, "ERR unknown subcommand '" + quoted(request.get(1)) + "'. Try "
                        + slot.spec.name() + " HELP.");
                return true;
            }
            slot = sub;
        }
        if (slot == null) {
            reject(null, session, reply, unknown(request));
            return true;
        }
        if (slot.command == null) {
            if (engine.waitForCommand(session)) {
                return false;
            }
            session.wait = ClientSession.Wait.NONE;
            reject(null, session, reply, unknown(request));
            return true;
        }
        if (!slot.accepts(request.size())) {
            reject(slot, session, reply, "ERR wrong number of arguments for '" + slot.shownName + "' command");
            return true;
        }
        String refusal = refusal(session, slot, request);
        if (refusal != null) {
            reject(slot, session, reply, refusal);
            return true;
        }
        if (engine.paused(slot)) {
            engine.waitForUnpause(session);
            return false;
        }
        session.wait = ClientSession.Wait.NONE;
        execute(session, slot, request, reply);
        return true;
    }

    private String refusal(ClientSession session, CommandSlot slot, Arguments request) {
        if (!session.authenticated() && !slot.noAuth && engine.authorizer().authenticationRequired()) {
            return "NOAUTH Authentication required.";
        }
        String denied = engine.authorizer().check(session, slot.spec, request);
        if (denied != null) {
            return denied;
        }
        Eviction eviction = engine.eviction();
        if (eviction.limited() && eviction.makeRoom() == Eviction.Outcome.FAILED && slot.denyOom) {
            return CommandException.OUT_OF_MEMORY.getMessage();
        }
        return null;
    }

    private void execute(ClientSession session, CommandSlot slot, Arguments request, Reply reply) {
        long errors = reply.errors();
        long position = reply.position();
        session.lastCommand = slot.shownName;
        if (slot != run) {
            account();
            run = slot;
        }
        runLength++;
        engine.statistics().commands++;
        call.begin(session, request, reply);
        try {
            slot.command.run(call);
            call.finish();
        } catch (CommandException e) {
            call.discard();
            reply.rollback(position);
            reply.error(e.getMessage());
        } catch (Keyspace.FullException e) {
            call.finish();
            reply.rollback(position);
            reply.error(e.getMessage());
        } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
            LOG.error("{} failed", slot.spec.name(), e);
            call.finish();
            reply.rollback(position);
            reply.error("ERR internal error, see the server's log");
        }
        if (reply.errors() != errors) {
            engine.statistics().error(reply.lastError());
            slot.statistics.failed();
        }
        if (!slot.fast) {
            account();
        }
    }

    /**
     * Accounts for the calls since the last time. A pipeline of one fast command is timed as a whole and its time divided
     * evenly: reading the clock would take a good part of what such a command takes.
     */
    private void account() {
        if (run != null) {
            long now = engine.clock().nanoTime();
            run.statistics.ran(now - runningSince, runLength, engine.tracksLatency());
            runningSince = now;
            run = null;
            runLength = 0;
        }
    }

    private void reject(CommandSlot slot, ClientSession session, Reply reply, String error) {
        if (slot != null) {
            slot.statistics.rejected();
        }
        engine.statistics().error(error);
        reply.error(error);
    }

    private static String unknown(Arguments request) {
        StringBuilder text = new StringBuilder("ERR unknown command '").append(quoted(request.get(0)))
                .append("', with args beginning with: ");
        int limit = text.length() + QUOTED;
        for (int i = 1; i < request.size() && text.length() < limit; i++) {
            String word = request.get(i).latin1();
            text.append('\'').append(word, 0, Math.min(word.length(), limit - text.length())).append("' ");
        }
        return text.toString();
    }

    private static String quoted(Bytes word) {
        String text = word.latin1();
        return text.substring(0, Math.min(text.length(), QUOTED));
    }
}
