package io.releve.engine.core;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sessions whose next request is held back: during CLIENT PAUSE, while the server prepares to stop, and while the bundle of a
 * command is exchanged.
 */
final class Holding {
    private final RedisEngine engine;
    /** To the number of command sets that had been removed when they began to wait. */
    private final Map<ClientSession, Long> waiting = new ConcurrentHashMap<>();
    private volatile long pausedUntil;
    private volatile boolean writesOnly;
    private volatile boolean stopping;

    Holding(RedisEngine engine) {
        this.engine = engine;
    }

    /** Whether a pause is on. */
    boolean active(long now) {
        return stopping || pausedUntil > now;
    }

    boolean paused(CommandSlot slot, long now) {
        return stopping && slot.mayWrite || pausedUntil != 0 && pausedUntil > now && (!writesOnly || slot.mayWrite);
    }

    /** Has writes wait while the server prepares to stop, whatever CLIENT PAUSE and CLIENT UNPAUSE say. */
    void stopping(boolean on) {
        stopping = on;
        if (!on) {
            resume(ClientSession.Wait.PAUSE);
        }
    }

    /** A second pause never shortens or weakens the first. */
    void pause(long until, boolean onlyWrites, long now) {
        boolean running = pausedUntil > now;
        writesOnly = onlyWrites && (!running || writesOnly);
        pausedUntil = running ? Math.max(pausedUntil, until) : until;
        engine.cron().at(pausedUntil - now, () -> {
            if (!active(engine.clock().milliseconds())) {
                unpause();
            }
        });
    }

    void unpause() {
        pausedUntil = 0;
        resume(ClientSession.Wait.PAUSE);
    }

    void waitForUnpause(ClientSession session) {
        session.wait = ClientSession.Wait.PAUSE;
        waiting.put(session, 0L);
    }

    /**
     * Has a session wait for a command that is away. The first that waits in vain has the command forgotten, so that
     * later requests hear at once that it is unknown.
     *
     * @return false when it has waited long enough
     */
    boolean waitForCommand(ClientSession session, long now, long grace) {
        if (session.wait != ClientSession.Wait.COMMAND_AWAY) {
            session.wait = ClientSession.Wait.COMMAND_AWAY;
            session.waitingSince = now;
            engine.cron().at(grace, session.connection()::resume);
        } else if (now - session.waitingSince >= grace) {
            Long removal = waiting.remove(session);
            if (removal != null) {
                engine.registry().forgetAbsent(removal);
            }
            return false;
        }
        waiting.putIfAbsent(session, engine.registry().removals());
        return true;
    }

    void forget(ClientSession session) {
        waiting.remove(session);
    }

    /**
     * Has the sessions that wait for this try again. Commands come back on threads that do not have the turn, and take
     * it: a batch that began with the table of before ends, and has added its sessions, before they are looked for.
     */
    void resume(ClientSession.Wait reason) {
        if (reason == ClientSession.Wait.COMMAND_AWAY) {
            engine.turn().run(() -> resumeAll(reason));
        } else {
            resumeAll(reason);
        }
    }

    private void resumeAll(ClientSession.Wait reason) {
        for (Iterator<ClientSession> i = waiting.keySet().iterator(); i.hasNext();) {
            ClientSession session = i.next();
            if (session.wait == reason) {
                i.remove();
                session.connection().resume();
            }
        }
    }
}
