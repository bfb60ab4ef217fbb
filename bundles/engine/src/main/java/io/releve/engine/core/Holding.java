package io.releve.engine.core;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sessions whose next request is held back: during CLIENT PAUSE, and while the bundle of a command is exchanged. */
final class Holding {
    private final RedisEngine engine;
    private final Set<ClientSession> waiting = ConcurrentHashMap.newKeySet();
    private volatile long pausedUntil;
    private volatile boolean writesOnly;

    Holding(RedisEngine engine) {
        this.engine = engine;
    }

    /** Whether a pause is on. */
    boolean active(long now) {
        return pausedUntil > now;
    }

    boolean paused(CommandSlot slot, long now) {
        return pausedUntil != 0 && pausedUntil > now && (!writesOnly || slot.mayWrite);
    }

    /** A second pause never shortens or weakens the first. */
    void pause(long until, boolean onlyWrites, long now) {
        boolean running = active(now);
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
        waiting.add(session);
    }

    /** @return false when it has waited long enough */
    boolean waitForCommand(ClientSession session, long now, long grace) {
        if (session.wait != ClientSession.Wait.COMMAND_AWAY) {
            session.wait = ClientSession.Wait.COMMAND_AWAY;
            session.waitingSince = now;
            engine.cron().at(grace, session.connection()::resume);
        } else if (now - session.waitingSince >= grace) {
            return false;
        }
        waiting.add(session);
        return true;
    }

    void forget(ClientSession session) {
        waiting.remove(session);
    }

    /** Has the sessions that wait for this try again. */
    void resume(ClientSession.Wait reason) {
        for (Iterator<ClientSession> i = waiting.iterator(); i.hasNext();) {
            ClientSession session = i.next();
            if (session.wait == reason) {
                i.remove();
                session.connection().resume();
            }
        }
    }
}
