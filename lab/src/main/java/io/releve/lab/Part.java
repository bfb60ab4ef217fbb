package io.releve.lab;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server or a sentinel on a machine: a process that may be killed, stopped and started again. */
public final class Part {
    private static final int START_MS = 60_000;

    private final String name;
    private final Endpoint endpoint;
    private final Path directory;
    private final List<String> command;
    private final Map<String, String> environment;
    private Process process;
    private boolean paused;
    private boolean closed;

    Part(String name, Endpoint endpoint, Path directory, List<String> command, Map<String, String> environment) {
        this.name = name;
        this.endpoint = endpoint;
        this.directory = directory;
        this.command = command;
        this.environment = environment;
    }

    public String name() {
        return name;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    public synchronized void start() {
        if (closed || isAlive()) {
            return;
        }
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
                .redirectInput(new File("/dev/null")).redirectOutput(ProcessBuilder.Redirect.appendTo(outputFile().toFile()));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new LabException(name + " cannot be started: " + e.getMessage(), e);
        }
        paused = false;
    }

    /** @throws LabException with what it printed, when it ends or does not answer */
    void awaitReady() {
        try {
            Wait.until("no answer", START_MS, () -> !isAlive() || endpoint.ask("PING") != null);
        } catch (LabException e) {
            throw new LabException(name + ": " + e.getMessage() + ":\n" + output(), e);
        }
        if (!isAlive()) {
            throw new LabException(name + " has ended:\n" + output());
        }
    }

    synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    synchronized boolean isPaused() {
        return paused;
    }

    /** SIGKILL; it is gone when this returns. */
    public synchronized void kill() {
        if (process != null) {
            try {
                process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** SIGTERM; it has ended when this returns. */
    void stop() {
        signal("TERM");
        Wait.until(name + " does not stop", START_MS, () -> !isAlive());
    }

    /** Kills it for good: it does not start again. */
    synchronized void close() {
        closed = true;
        kill();
    }

    /** SIGSTOP. */
    public synchronized void pause() {
        signal("STOP");
        paused = true;
    }

    /** SIGCONT. */
    public synchronized void resume() {
        signal("CONT");
        paused = false;
    }

    private void signal(String signal) {
        if (!isAlive()) {
            throw new LabException(name + " does not run");
        }
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
        } catch (IOException e) {
            throw new LabException("kill: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path outputFile() {
        return directory.resolve("output");
    }

    /** What it and those before it have printed. */
    String output() {
        try {
            return Files.readString(outputFile(), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "nothing was printed";
        }
    }
}
