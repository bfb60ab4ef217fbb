package io.releve.engine.core;

import io.releve.command.CommandSet;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when one piece of work keeps the turn, so that nobody else is served: the log names the bundle and shows where the work
 * stands. A script that is busy is no such case, since it answers -BUSY; nor is loading. On a thread of its own, which never
 * waits for the turn.
 */
final class Watchdog {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final long LOOK_MS = 200;
    /** So long the turn may be kept before it is said, ms. */
    private static final long PATIENCE_MS = 700;

    private final RedisEngine engine;
    private final SemaphoreTurn turn;
    private final ScheduledThreadPoolExecutor executor;
    private long taken = -1;
    private long since;
    private boolean said;
    private volatile long stalledMs;

    Watchdog(RedisEngine engine, SemaphoreTurn turn) {
        this.engine = engine;
        this.turn = turn;
        executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "releve-" + engine.instance() + "-watch-1");
            thread.setDaemon(true);
            return thread;
        });
    }

    void start() {
        executor.scheduleWithFixedDelay(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    void stop() {
        executor.shutdownNow();
        try {
            executor.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How long one piece of work has kept the turn, ms; 0 while nobody waits in vain. Any thread. */
    long stalledMs() {
        return stalledMs;
    }

    private void look() {
        long now = System.nanoTime();
        long count = turn.taken();
        if (count != taken || !turn.held() || engine.busy().active() || engine.replaying()) {
            if (said) {
                LOG.warn("The turn was given back after {} ms", stalledMs);
            }
            taken = count;
            since = now;
            said = false;
            stalledMs = 0;
            return;
        }
        long kept = (now - since) / 1_000_000;
        if (kept < PATIENCE_MS) {
            return;
        }
        stalledMs = kept;
        if (!said) {
            said = true;
            say(kept);
        }
    }

    private void say(long kept) {
        for (Map.Entry<Thread, StackTraceElement[]> each : Thread.getAllStackTraces().entrySet()) {
            StackTraceElement[] stack = each.getValue();
            int execution = frame(stack, Execution.class.getName(), "run");
            if (execution > 0 && frame(stack, SemaphoreTurn.class.getName(), "take") < 0) {
                LOG.warn("A command keeps the turn since {} ms, and nobody else is served: {}, thread {}, at{}", kept,
                        origin(stack, execution), each.getKey().getName(), text(stack, execution));
                return;
            }
        }
        LOG.warn("Work that is no command keeps the turn since {} ms, and nobody else is served", kept);
    }

    /** The bundle of the command that is running: what is called first may be the api's, for commands made of a lambda. */
    private String origin(StackTraceElement[] stack, int execution) {
        for (int i = execution - 1; i >= 0; i--) {
            CommandSet set = engine.registry().owner(stack[i].getClassName());
            if (set != null) {
                return named(set);
            }
        }
        return stack[execution - 1].getClassName();
    }

    private static String named(CommandSet set) {
        Bundle bundle = FrameworkUtil.getBundle(set.getClass());
        return "command set " + set.name() + (bundle == null ? "" : " of bundle " + bundle.getSymbolicName() + " " + bundle.getVersion());
    }

    private static int frame(StackTraceElement[] stack, String className, String method) {
        for (int i = 0; i < stack.length; i++) {
            if (stack[i].getClassName().equals(className) && stack[i].getMethodName().equals(method)) {
                return i;
            }
        }
        return -1;
    }

    private static String text(StackTraceElement[] stack, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("\n    ").append(stack[i]);
        }
        return text.toString();
    }
}
