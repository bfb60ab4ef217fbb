package io.releve.engine.core;

import io.releve.engine.Script;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * While a script runs for longer than {@code busy-reply-threshold} it stops for moments in which others hear that the
 * server is busy, or run what is allowed then. At any instant either the script or one of them runs, so that they share what
 * the turn protects; but nobody else gets the turn before the script is over.
 */
final class Busy {
    private static final Logger LOG = LoggerFactory.getLogger(Busy.class);

    /** How long the turn is waited for before it is asked whether a script is busy, and how long that one is waited for. */
    static final long LOOK_NANOS = 5_000_000;
    static final long LOOK_MS = 20;

    private final RedisEngine engine;
    /** Of the thread whose script is busy; null while none is. */
    private volatile Thread owner;
    private boolean open;
    private boolean inside;
    private int waiting;

    Busy(RedisEngine engine) {
        this.engine = engine;
    }

    /** Whether a script is busy. */
    boolean active() {
        return owner != null;
    }

    /** Whether it is this thread's script that is busy. */
    boolean mine() {
        return owner == Thread.currentThread();
    }

    String refusal() {
        return "BUSY Redis is busy running a script. You can only call "
                + (engine.scripting().script().isFunction() ? "FUNCTION" : "SCRIPT") + " KILL or SHUTDOWN NOSAVE.";
    }

    /** Called by the script. */
    void pause(Script script) {
        if (owner == null) {
            long threshold = engine.settings().get(EngineDirectives.BUSY_THRESHOLD);
            if (threshold <= 0 || script.milliseconds() < threshold) {
                return;
            }
            LOG.warn("Slow script detected: still in execution after {} milliseconds. You can try killing the script using"
                    + " the {} KILL command. Name of the script: {}", script.milliseconds(),
                    script.isFunction() ? "FUNCTION" : "SCRIPT", script.name());
            owner = Thread.currentThread();
        }
        ClientSession running = engine.delivery().running();
        if (running != null) {
            running.lane().whileBusy();
        }
        admit();
    }

    private synchronized void admit() {
        if (waiting == 0) {
            return;
        }
        open = true;
        notifyAll();
        while (waiting > 0 || inside) {
            await(0);
        }
        open = false;
    }

    /** The script is over. */
    void end() {
        owner = null;
    }

    /** Waits for a moment in which the script stops. @return false when none came soon */
    synchronized boolean enter(long milliseconds) {
        if (!active()) {
            return false;
        }
        waiting++;
        try {
            long end = System.nanoTime() + milliseconds * 1_000_000;
            while (!open || inside) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0 && !open) {
                    return false;
                }
                await(Math.max(1, left));
            }
            inside = true;
            return true;
        } finally {
            waiting--;
            notifyAll();
        }
    }

    /**
     * Runs something with the turn, or in a moment in which a busy script stops, on a thread that does not have the turn unless
     * that script is its own. What is done must not mind being in the middle of a script. When the engine has stopped, nothing is.
     */
    void run(Runnable work) {
        if (mine()) {
            work.run();
            return;
        }
        while (!engine.turn().take(LOOK_NANOS)) {
            if (enter(LOOK_MS)) {
                try {
                    work.run();
                } finally {
                    leave();
                }
                return;
            }
            if (engine.stop().finishing()) {
                return;
            }
        }
        try {
            work.run();
        } finally {
            engine.turn().give();
        }
    }

    synchronized void leave() {
        inside = false;
        notifyAll();
    }

    private void await(long milliseconds) {
        try {
            wait(milliseconds);
        } catch (InterruptedException e) {
            // whoever waits here holds up others: it is not given up
        }
    }
}
