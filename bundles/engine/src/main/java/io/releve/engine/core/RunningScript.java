package io.releve.engine.core;

import io.releve.command.Arguments;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.Reply;
import io.releve.engine.Script;
import io.releve.replication.Standing;
import java.util.ArrayList;
import java.util.List;

/**
 * A script that runs inside a call. Its commands have a session of their own, which selects a database for itself, and one
 * {@link Execution}; what they do is gathered and written to the log when the script is over.
 */
final class RunningScript implements Script {
    private final RedisEngine engine;
    private final Execution execution;
    private final CallTimes times;
    private final ClientSession session;
    private ClientSession client;
    private Arguments arguments;
    private List<byte[]> request;
    private String name;
    private boolean function;
    private Mode mode;
    private boolean open;
    private boolean ownsGroup;
    private boolean wrote;
    private boolean replicates;
    private boolean outOfMemory;
    private boolean refuses = true;
    private long startedAt;
    private volatile Kill kill = Kill.NONE;

    RunningScript(RedisEngine engine) {
        this.engine = engine;
        execution = new Execution(engine, false);
        times = new CallTimes(engine);
        session = new ClientSession(0, new NoConnection(), 0, engine, true);
    }

    RunningScript begin(ClientSession caller, Arguments callersRequest, String newName, boolean isFunction, Mode newMode) {
        if (open) {
            throw new IllegalStateException("a script runs already");
        }
        mode = newMode;
        outOfMemory = engine.eviction().exceeded() && engine.replicating().standing().evicts();
        if (!engine.obeys()) {
            String refusal = refusal();
            if (refusal != null) {
                throw new CommandException(refusal);
            }
        }
        open = true;
        client = caller;
        arguments = callersRequest;
        request = null;
        name = newName;
        function = isFunction;
        wrote = false;
        replicates = true;
        kill = Kill.NONE;
        session.database(caller.database());
        session.account(caller.account());
        session.protocol(2);
        session.noTouch(caller.noTouch());
        startedAt = engine.clock().nanoTime();
        times.begin(startedAt);
        ownsGroup = !engine.inGroup();
        if (ownsGroup) {
            engine.beginGroup();
        }
        return this;
    }

    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        times.account();
        engine.busy().end();
        if (ownsGroup) {
            if (kill == Kill.STOP) {
                engine.dropGroup();
            } else {
                engine.endGroup();
            }
            client.lastWrite = Math.max(client.lastWrite, session.lastWrite);
        }
        if (kill == Kill.STOP && wrote) {
            engine.stop().spoilt();
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isFunction() {
        return function;
    }

    @Override
    public List<byte[]> request() {
        if (request == null) {
            request = new ArrayList<>();
            for (int i = 0; i < arguments.size(); i++) {
                request.add(arguments.get(i).toByteArray());
            }
        }
        return request;
    }

    @Override
    public long milliseconds() {
        return (engine.clock().nanoTime() - startedAt) / 1_000_000;
    }

    @Override
    public boolean wrote() {
        return wrote;
    }

    @Override
    public void kill() {
        if (kill == Kill.NONE) {
            kill = Kill.ASKED;
        }
    }

    /** The server stops: it ends whatever it has done. Any thread. */
    void stop() {
        kill = Kill.STOP;
    }

    /** Whether what is not for scripts is refused; otherwise for tests alone. */
    void refuses(boolean on) {
        refuses = on;
    }

    @Override
    public void protocol(int version) {
        session.protocol(version);
    }

    @Override
    public void replicate(boolean yes) {
        replicates = yes;
    }

    @Override
    public Boolean permits(Arguments words) {
        CommandSlot slot = slot(words);
        return slot == null ? null : engine.permissions().permits(session, slot, words);
    }

    private CommandSlot slot(Arguments words) {
        CommandSlot slot = engine.registry().table().resolve(words);
        return slot == null || slot.command == null ? null : slot;
    }

    @Override
    public String run(Arguments words, Reply reply) {
        CommandSlot slot = slot(words);
        String refusal = slot == null ? "ERR Unknown Redis command called from script" : refusal(slot, words);
        if (refusal != null) {
            if (slot != null) {
                slot.statistics.rejected();
            }
            engine.statistics().error(refusal);
            return refusal;
        }
        wrote |= slot.write;
        boolean alone = times.calls(slot, words);
        if (replicates) {
            execution.run(session, slot, words, reply);
        } else {
            engine.silently(() -> execution.run(session, slot, words, reply));
        }
        if (engine.monitors().active()) {
            engine.monitors().showScript(session, slot, words);
        }
        if (alone) {
            times.account();
        }
        return null;
    }

    /** Why a script is not run here at all, or null. One that does not say what it does is refused where it does it. */
    private String refusal() {
        Standing standing = engine.replicating().standing();
        if (mode.declared() && !mode.readOnly()) {
            if (standing.writesRefused() != null) {
                return standing.writesRefused();
            }
            String misconfigured = standing.replica() ? null : engine.persistence().refusal();
            if (misconfigured != null) {
                return misconfigured;
            }
            if (outOfMemory && !mode.allowOom()) {
                return CommandException.OUT_OF_MEMORY.getMessage();
            }
        }
        return mode.allowStale() ? null : standing.staleRefused();
    }

    /** In the order of Redis, so that the same error comes first. */
    private String refusal(CommandSlot slot, Arguments words) {
        if (!slot.accepts(words.size())) {
            return "ERR Wrong number of args calling Redis command from script";
        }
        if (slot.noScript && refuses) {
            return "ERR This Redis command is not allowed from script";
        }
        if (engine.obeys()) {
            return null;
        }
        Standing standing = engine.replicating().standing();
        if (standing.staleRefused() != null && !slot.stale) {
            return mode.declared() ? "ERR Can not execute the command on a stale replica" : standing.staleRefused();
        }
        String denied = engine.permissions().refusalInScript(client, session, slot, words);
        if (denied != null) {
            return denied;
        }
        if (slot.mayWrite && mode.readOnly()) {
            return "ERR Write commands are not allowed from read-only scripts.";
        }
        if (slot.write) {
            if (standing.writesRefused() != null) {
                return standing.writesRefused();
            }
            String misconfigured = standing.replica() ? null : engine.persistence().refusal();
            if (misconfigured != null) {
                return misconfigured;
            }
        }
        if (slot.denyOom && outOfMemory && !mode.allowOom() && !wrote) {
            return CommandException.OUT_OF_MEMORY.getMessage();
        }
        return null;
    }

    @Override
    public Kill pause() {
        if (kill == Kill.NONE) {
            engine.busy().pause(this);
        }
        return kill;
    }
}
