package io.releve.engine.core;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.Reply;
import io.releve.engine.Lane;
import io.releve.engine.Session;
import io.releve.engine.Session.Replies;
import io.releve.replication.Standing;
import java.util.Locale;

/** Checks and runs the commands of one I/O thread. */
final class EngineLane implements Lane {
    /** Longest part of an unknown request that is repeated in the error. */
    private static final int QUOTED = 128;

    /** What changed longer ago is handed on while there still is input: whoever copies it can begin. */
    private static final long SHARED_NANOS = 250_000;

    private final RedisEngine engine;
    private final Execution execution;
    private CommandTable table;
    private final CallTimes times;
    /** Whether anything that ran in this batch may have shown or changed data: only then its replies wait for the log. */
    private boolean shows;
    /** Whether batches have ended since the last {@link #flush}, and when the first of them began, ns. */
    private boolean unflushed;
    private long unflushedSince;

    private final Runnable whileBusy;
    /** Whether a script is busy, and this batch runs in a moment in which it stops. */
    private boolean busy;

    EngineLane(RedisEngine engine, Runnable whileBusy) {
        this.engine = engine;
        this.whileBusy = whileBusy;
        execution = new Execution(engine, true);
        times = new CallTimes(engine);
    }

    @Override
    public void begin() {
        if (!engine.turn().take(0)) {
            await();
        }
        times.begin(busy ? engine.clock().nanoTime() : engine.beginBatch());
        CommandTable now = engine.registry().table();
        if (table != now) {
            table = now;
        }
        shows = false;
    }

    /** Waits for the turn, or for a moment in which a busy script stops. */
    private void await() {
        if (engine.busy().mine()) {
            busy = true;
            return;
        }
        while (!engine.turn().take(Busy.LOOK_NANOS)) {
            if (engine.busy().enter(Busy.LOOK_MS)) {
                busy = true;
                return;
            }
            if (engine.stop().finishing()) {
                throw new IllegalStateException("The engine has stopped");
            }
        }
    }

    /** This lane's script is busy: the listener looks what others have sent. */
    void whileBusy() {
        whileBusy.run();
    }

    @Override
    public long end() {
        if (busy) {
            times.account();
            busy = false;
            if (!engine.busy().mine()) {
                engine.busy().leave();
            }
            return 0;
        }
        try {
            long began = times.since();
            times.account();
            if (shows && engine.replicating().watchesTheClock()) {
                engine.tick();
            }
            if (!engine.log().active()) {
                engine.delivery().batchOver();
                return 0;
            }
            share(began);
            return shows ? engine.replyPosition() : 0;
        } finally {
            engine.turn().give();
        }
    }

    /** Leaves to {@link #flush} what has changed, unless that would take long. */
    private void share(long began) {
        if (!unflushed) {
            unflushed = true;
            unflushedSince = began;
        }
        if (times.since() - unflushedSince > SHARED_NANOS) {
            unflushed = false;
            engine.endBatch();
        } else {
            engine.delivery().batchOver();
        }
    }

    @Override
    public boolean unflushed() {
        return unflushed;
    }

    @Override
    public void flush() {
        unflushed = false;
        if (!engine.unflushed()) {
            return;
        }
        while (!engine.turn().take(Busy.LOOK_NANOS)) {
            if (engine.busy().active() || engine.stop().finishing()) {
                // in the middle of a script's changes nothing is handed on
                unflushed = true;
                return;
            }
        }
        try {
            engine.flushLog();
        } finally {
            engine.turn().give();
        }
    }

    @Override
    public boolean dispatch(Session client, Arguments request, Reply reply) {
        ClientSession session = (ClientSession) client;
        if (session.replies() == Replies.ON || isSubscription(request)) {
            return run(session, request, reply);
        }
        boolean skipOne = session.replies() == Replies.SKIP_NEXT;
        reply.mute(true);
        try {
            boolean goOn = run(session, request, reply);
            if ((goOn || session.blocked()) && skipOne && session.replies() == Replies.SKIP_NEXT) {
                session.replies(Replies.ON);
            }
            return goOn;
        } finally {
            reply.mute(false);
        }
    }

    /** What SUBSCRIBE and the like answer are messages, which CLIENT REPLY does not suppress. */
    private boolean isSubscription(Arguments request) {
        CommandSlot slot = request.size() == 0 ? null : table.resolve(request);
        return slot != null && slot.spec.subscriberCommand() && slot.spec.has(CommandFlag.PUBSUB);
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
                return reject(slot, session, reply, "ERR unknown subcommand '" + quoted(request.get(1)) + "'. Try "
                        + slot.spec.name() + " HELP.");
            }
            slot = sub;
        }
        if (slot == null) {
            return reject(null, session, reply, unknown(request));
        }
        if (slot.command == null) {
            if (engine.waitForCommand(session)) {
                return false;
            }
            session.waits(ClientSession.Wait.NONE);
            return reject(null, session, reply, unknown(request));
        }
        if (!slot.accepts(request.size())) {
            return reject(slot, session, reply, "ERR wrong number of arguments for '" + slot.shownName + "' command");
        }
        String refusal = refusal(session, slot, request);
        if (refusal != null) {
            return reject(slot, session, reply, refusal);
        }
        if (!busy && engine.paused(slot)) {
            engine.waitForUnpause(session);
            return false;
        }
        session.waits(ClientSession.Wait.NONE);
        if (session.queue != null && !slot.spec.immediate()) {
            session.queue.add(slot, request.copy());
            reply.simple("QUEUED");
            return true;
        }
        return execute(session, slot, request, reply);
    }

    private String refusal(ClientSession session, CommandSlot slot, Arguments request) {
        if (!session.authenticated() && !slot.noAuth && engine.authorizer().authenticationRequired()) {
            return "NOAUTH Authentication required.";
        }
        if (session.queue != null && slot.spec.has(CommandFlag.NO_MULTI)) {
            return "ERR Command not allowed inside a transaction";
        }
        String denied = engine.permissions().refusal(session, slot, request);
        if (denied != null) {
            return denied;
        }
        if (busy) {
            return slot.whileBusy && (!slot.shownName.equals("shutdown") || asksNoSave(request)) ? null
                    : engine.busy().refusal();
        }
        if (session.monitoring && slot.touchesData) {
            return "ERR Replica can't interact with the keyspace";
        }
        Standing standing = engine.replicating().standing();
        Eviction eviction = engine.eviction();
        if (eviction.limited() && standing.evicts() && eviction.makeRoom() == Eviction.Outcome.FAILED && slot.denyOom) {
            return CommandException.OUT_OF_MEMORY.getMessage();
        }
        if (slot.needsDisk && !standing.replica()) {
            String misconfigured = engine.persistence().refusal();
            if (misconfigured != null) {
                return misconfigured;
            }
        }
        if (slot.write && standing.writesRefused() != null) {
            return standing.writesRefused();
        }
        if (session.subscribed() && session.protocol() == 2 && !slot.spec.subscriberCommand()) {
            return "ERR Can't execute '" + slot.shownName + "': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET"
                    + " are allowed in this context";
        }
        if (standing.staleRefused() != null && !slot.stale) {
            return standing.staleRefused();
        }
        if (engine.replaying() && !slot.whileLoading) {
            return "LOADING Redis is loading the dataset in memory";
        }
        return null;
    }

    private static boolean asksNoSave(Arguments request) {
        for (int i = 1; i < request.size(); i++) {
            if (request.is(i, "NOSAVE")) {
                return true;
            }
        }
        return false;
    }

    private boolean execute(ClientSession session, CommandSlot slot, Arguments request, Reply reply) {
        boolean alone = times.calls(slot, request);
        shows |= slot.showsData;
        Waiter waiter;
        ClientSession before = engine.delivery().running(session);
        session.comesBy(this);
        try {
            waiter = execution.run(session, slot, request, reply);
            if (engine.monitors().active()) {
                engine.monitors().show(session, slot, request);
            }
            engine.tracking().settle();
        } catch (Execution.NotNow e) {
            return holdBack(session, e.reason, reply);
        } finally {
            engine.delivery().running(before);
        }
        if (!busy) {
            engine.delivery().flush(reply);
        }
        if (alone) {
            engine.observation().called(session, slot, request, times.account(), waiter != null);
        }
        if (session.tracked != null) {
            engine.tracking().requestOver(session, slot);
        }
        if (!busy) {
            engine.afterRequest();
        }
        if (waiter != null) {
            engine.waiters().add(waiter);
        }
        return waiter == null;
    }

    /** EXEC cannot run yet. */
    private boolean holdBack(ClientSession session, ClientSession.Wait reason, Reply reply) {
        times.takeBack();
        if (reason == ClientSession.Wait.PAUSE) {
            engine.waitForUnpause(session);
            return false;
        }
        if (engine.waitForCommand(session)) {
            return false;
        }
        session.waits(ClientSession.Wait.NONE);
        engine.transactions().discard(session);
        reply.error("EXECABORT Transaction discarded because of a command that is not there any more.");
        return true;
    }

    /** Refuses a request; in a transaction, EXEC will refuse too. */
    private boolean reject(CommandSlot slot, ClientSession session, Reply reply, String error) {
        if (slot != null) {
            slot.statistics.rejected();
        }
        engine.statistics().error(error);
        reply.error(error);
        if (session.queue != null) {
            session.queue.spoilt = true;
        }
        return true;
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

    /** The beginning of a word, for errors. */
    static String quoted(Bytes word) {
        String text = word.latin1();
        return text.substring(0, Math.min(text.length(), QUOTED));
    }
}
