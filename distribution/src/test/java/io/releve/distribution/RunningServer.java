package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The packaged {@code bin/releve server}, started as a user would, in a directory of its own. */
final class RunningServer implements AutoCloseable {
    static final Path HOME = Path.of("target/releve").toAbsolutePath();

    private final Process process;
    private final StringBuffer output = new StringBuffer();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Thread reader;

    private RunningServer(Process process) {
        this.process = process;
        reader = new Thread(this::read, "output");
        reader.setDaemon(true);
        reader.start();
    }

    static RunningServer start(Path workingDirectory, String... arguments) throws IOException {
        return run(workingDirectory, "server", arguments);
    }

    static RunningServer run(Path workingDirectory, String verb, String... arguments) throws IOException {
        return run(HOME, workingDirectory, verb, arguments);
    }

    static RunningServer run(Path home, Path workingDirectory, String verb, String... arguments) throws IOException {
        return run(List.of(), home, workingDirectory, verb, arguments);
    }

    /** @param within a command that runs the one behind it, for example in a network namespace */
    static RunningServer run(List<String> within, Path home, Path workingDirectory, String verb, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(within);
        command.addAll(List.of(home.resolve("bin/releve").toString(), verb));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(workingDirectory.toFile())
                .redirectErrorStream(true);
        Path cache = home.equals(HOME) ? Path.of("target/cache").toAbsolutePath() : home.resolve("cache");
        builder.environment().put("RELEVE_CACHE", cache.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // a server of a test is over before the optimising compiler has paid; an archive of a copy's classes would be made
        // for one run alone
        builder.environment().put("RELEVE_JAVA_OPTS", "-XX:TieredStopAtLevel=1" + (home.equals(HOME) ? "" : " -Xshare:auto"));
        Process process = builder.start();
        if (!verb.equals("console")) {
            process.getOutputStream().close();
        }
        return new RunningServer(process);
    }

    /** A port of the loopback interface nobody listens on. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                if (line.contains("is ready on")) {
                    ready.countDown();
                }
            }
        } catch (IOException e) {
            output.append(e);
        }
    }

    RunningServer awaitReady() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!ready.await(100, TimeUnit.MILLISECONDS)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("not ready:\n" + output);
            }
        }
        return this;
    }

    RunningServer awaitOutput(String text) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (output.indexOf(text) < 0) {
            Thread.sleep(50);
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("no '" + text + "':\n" + output);
            }
        }
        return this;
    }

    /** Enters a line at the console. */
    void enter(String line) throws IOException {
        process.getOutputStream().write((line + '\n').getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Sends SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("still running:\n" + output);
        }
        reader.join(TimeUnit.SECONDS.toMillis(10));
        return process.exitValue();
    }

    /** Sends SIGTERM: it must end well. */
    void endWell() throws InterruptedException {
        terminate();
        int code = exitCode();
        close();
        assertEquals(0, code, output());
    }

    long pid() {
        return process.pid();
    }

    String output() {
        return output.toString();
    }

    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
