package io.releve.sentinel.scripts;

import io.releve.sentinel.core.Event;
import io.releve.sentinel.core.Timing;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Runs scripts as redis.io, sentinel.conf describes: a limited number at a time, killed when they run too long, and run again
 * later when they ended by a signal or with exit code 1. Programs are started and awaited on other threads; everything else is
 * done on the sentinel's.
 */
public final class ScriptQueue {
    private static final int MOST = 256;
    private static final int AT_ONCE = 16;
    private static final int TRIES = 10;
    /** Exit codes above this are signals, as far as the JVM tells. */
    private static final int SIGNALS = 128;

    private final Supplier<Timing> timing;
    private final LongSupplier clock;
    private final Executor sentinel;
    private final Consumer<Event> events;
    private final ExecutorService starter;
    private final List<Script> scripts = new ArrayList<>();
    private int running;

    /** @param sentinel its thread */
    public ScriptQueue(String instance, Supplier<Timing> timing, LongSupplier clock, Executor sentinel, Consumer<Event> events) {
        this.timing = timing;
        this.clock = clock;
        this.sentinel = sentinel;
        this.events = events;
        starter = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "releve-" + instance + "-scripts-1");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Has it run soon; when there are too many, the oldest that does not run yet is given up. */
    public void add(List<String> command) {
        if (scripts.size() >= MOST) {
            // what is being started has no time
            scripts.stream().filter(script -> script.process == null && script.time >= 0).findFirst().ifPresent(scripts::remove);
        }
        scripts.add(new Script(List.copyOf(command)));
    }

    /** Every 50 to 100 ms. */
    public void tick() {
        long now = clock.getAsLong();
        for (Script script : List.copyOf(scripts)) {
            if (script.process != null) {
                if (!script.killed && now - script.time > timing.get().get("SCRIPT-MAX-RUNTIME")) {
                    script.killed = true;
                    events.accept(new Event("-script-timeout", script.command.get(0) + " " + script.process.pid(), Event.Level.WARNING,
                            null));
                    kill(script.process);
                }
            } else if (script.time >= 0 && now >= script.time && running < AT_ONCE) {
                running++;
                script.time = -1;
                script.tries++;
                starter.execute(() -> start(script));
            }
        }
    }

    /** What a script has started goes with it. */
    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private void start(Script script) {
        try {
            Process process = new ProcessBuilder(script.command).redirectInput(new File("/dev/null"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            sentinel.execute(() -> {
                script.process = process;
                script.time = clock.getAsLong();
                events.accept(new Event("+script-child", String.valueOf(process.pid()), Event.Level.DEBUG, null));
            });
            process.onExit().thenAcceptAsync(ended -> ended(script, ended.exitValue(), ended.pid()), sentinel);
        } catch (IOException e) {
            sentinel.execute(() -> {
                running--;
                scripts.remove(script);
                events.accept(new Event("-script-error", script.command.get(0) + " 0 2 " + e.getMessage(), Event.Level.WARNING, null));
            });
        }
    }

    private void ended(Script script, int code, long pid) {
        running--;
        int signal = code > SIGNALS ? code - SIGNALS : 0;
        int status = signal > 0 ? 0 : code;
        events.accept(new Event("-script-child", pid + " " + status + " " + signal, Event.Level.DEBUG, null));
        script.process = null;
        script.killed = false;
        if ((signal > 0 || status == 1) && script.tries < TRIES) {
            script.time = clock.getAsLong() + (timing.get().get("SCRIPT-RETRY-DELAY") << script.tries - 1);
            return;
        }
        if (code != 0) {
            events.accept(new Event("-script-error", script.command.get(0) + " " + signal + " " + status, Event.Level.WARNING, null));
        }
        scripts.remove(script);
    }

    public int running() {
        return running;
    }

    /** All that run or wait. */
    public int size() {
        return scripts.size();
    }

    /** As SENTINEL PENDING-SCRIPTS shows them: the command under {@code argv}, numbers and words otherwise. */
    public List<Map<String, Object>> pending() {
        long now = clock.getAsLong();
        List<Map<String, Object>> all = new ArrayList<>();
        for (Script script : scripts) {
            boolean runs = script.process != null;
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("argv", script.command);
            fields.put("flags", runs ? "running" : "scheduled");
            fields.put("pid", String.valueOf(runs ? script.process.pid() : 0));
            if (runs) {
                fields.put("run-time", String.valueOf(now - script.time));
            } else {
                fields.put("run-delay", String.valueOf(script.tries == 0 ? 0 : Math.max(0, script.time - now)));
            }
            fields.put("retry-num", String.valueOf(script.tries));
            all.add(fields);
        }
        return all;
    }

    /** Nothing is started any more; what runs goes on by itself. */
    public void close() {
        starter.shutdownNow();
    }
}
