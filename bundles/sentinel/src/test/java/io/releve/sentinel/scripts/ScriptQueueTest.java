package io.releve.sentinel.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.sentinel.core.Event;
import io.releve.sentinel.core.Timing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptQueueTest {
    @TempDir
    Path directory;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final AtomicLong skipped = new AtomicLong();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Timing timing = new Timing();
    private final ScriptQueue queue = new ScriptQueue("test", () -> timing, () -> System.nanoTime() / 1_000_000 + skipped.get(), thread,
            events::add);

    @AfterEach
    void close() {
        queue.close();
        thread.shutdownNow();
    }

    private Path script(String text) throws IOException {
        Path path = directory.resolve("script");
        Files.writeString(path, "#!/bin/sh\n" + text + "\n");
        path.toFile().setExecutable(true);
        return path;
    }

    private void add(Path script, String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        thread.submit(() -> queue.add(command)).get();
    }

    private void until(BooleanSupplier condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!thread.submit(() -> {
            queue.tick();
            return condition.getAsBoolean();
        }).get()) {
            assertTrue(System.nanoTime() < end, "not in time: " + events + thread.submit(queue::pending).get());
            Thread.sleep(10);
        }
    }

    private List<String> loud() {
        return events.stream().filter(event -> event.level() == Event.Level.WARNING).map(event -> event.type() + " " + event.text()).toList();
    }

    @Test
    void runsWithItsArguments() throws Exception {
        Path out = directory.resolve("out");
        add(script("echo \"$1|$2\" > " + out), "a b", "$(c)");
        until(() -> queue.size() == 0);
        assertEquals("a b|$(c)\n", Files.readString(out));
        assertEquals(List.of(), loud());
    }

    @Test
    void anErrorIsSaidAndNotRepeated() throws Exception {
        Path script = script("exit 7");
        add(script);
        until(() -> queue.size() == 0);
        assertEquals(List.of("-script-error " + script + " 0 7"), loud());
    }

    /** Ten times, with delays that double. */
    @Test
    void exitCodeOneAsksForAnotherTry() throws Exception {
        Path out = directory.resolve("out");
        Path script = script("echo x >> " + out + "; exit 1");
        add(script);
        long delay = timing.get("SCRIPT-RETRY-DELAY");
        for (int run = 1; run < 10; run++) {
            int times = run;
            until(() -> queue.running() == 0 && Integer.valueOf(times).toString().equals(queue.pending().get(0).get("retry-num")));
            assertEquals("scheduled", thread.submit(() -> queue.pending().get(0).get("flags")).get());
            long left = Long.parseLong(thread.submit(() -> queue.pending().get(0).get("run-delay")).get().toString());
            assertTrue(left <= delay && left > delay - 5_000, left + " of " + delay);
            skipped.addAndGet(delay);
            delay *= 2;
        }
        until(() -> queue.size() == 0);
        assertEquals(10, Files.readAllLines(out).size());
        assertEquals(List.of("-script-error " + script + " 0 1"), loud());
    }

    @Test
    void whatHangsIsKilled() throws Exception {
        Path script = script("sleep 1000");
        add(script);
        until(() -> "running".equals(queue.pending().get(0).get("flags")));
        long pid = Long.parseLong(thread.submit(() -> queue.pending().get(0).get("pid")).get().toString());
        skipped.addAndGet(60_001);
        until(() -> "scheduled".equals(queue.pending().get(0).get("flags")));
        assertEquals(List.of("-script-timeout " + script + " " + pid), loud());
        assertEquals("1", thread.submit(() -> queue.pending().get(0).get("retry-num")).get());
        assertTrue(ProcessHandle.of(pid).isEmpty() || !ProcessHandle.of(pid).get().isAlive());
    }

    @Test
    void manyAreQueuedAndNoMoreThanSomeRun() throws Exception {
        Path script = script("sleep 1000");
        for (int i = 0; i < 400; i++) {
            add(script, "" + i);
        }
        until(() -> queue.pending().stream().filter(each -> each.get("flags").equals("running")).count() == 16);
        assertEquals(16, thread.submit(queue::running).get());
        assertEquals(256, thread.submit(queue::size).get());
        thread.submit(() -> queue.pending()).get().forEach(each -> ProcessHandle.of(Long.parseLong(each.get("pid").toString()))
                .filter(process -> process.pid() > 0 && each.get("flags").equals("running")).ifPresent(process -> {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }));
    }

    @Test
    void aProgramThatIsNotThere() throws Exception {
        add(directory.resolve("absent"));
        until(() -> queue.size() == 0);
        assertTrue(loud().get(0).startsWith("-script-error " + directory.resolve("absent") + " 0 2"), loud().toString());
    }
}
