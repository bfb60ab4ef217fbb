package io.releve.contracts;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real redis-server on a free port of the loopback address, to compare replies with. A test that starts one is
 * skipped where redis-server is not installed.
 */
public final class Oracle implements AutoCloseable {
    private static final String SERVER = "redis-server";
    private static final int START_TIMEOUT_MS = 10_000;
    private static final int REPLY_TIMEOUT_MS = 20_000;

    /** Null for a further client. */
    private final Process process;
    private final Path directory;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private Oracle(Process process, Path directory, Socket socket) throws IOException {
        this.process = process;
        this.directory = directory;
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        out = socket.getOutputStream();
    }

    /** Whether redis-server is on the path. */
    public static boolean installed() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, SERVER))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Starts a server without persistence and connects to it; skips the test when there is none.
     *
     * @param options further words of its command line
     */
    public static Oracle start(String... options) throws IOException {
        assumeTrue(installed(), "redis-server is not installed: nothing to compare with");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path directory = Files.createTempDirectory("oracle");
        List<String> command = new ArrayList<>(List.of(SERVER, "--bind", "127.0.0.1", "--port", Integer.toString(port),
                "--save", "", "--appendonly", "no", "--dir", directory.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile()).start();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_TIMEOUT_MS);
        while (true) {
            try {
                return new Oracle(process, directory, connect(port));
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    process.destroyForcibly();
                    throw new IOException(
                            "redis-server did not start: " + Files.readString(directory.resolve("log")), e);
                }
                pause();
            }
        }
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(REPLY_TIMEOUT_MS);
        return socket;
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits until it has loaded its files. */
    public Oracle awaitLoaded() {
        while (run("ping").startsWith("-LOADING")) {
            pause();
        }
        return this;
    }

    /** Where it listens, for further clients. */
    public int port() {
        return socket.getPort();
    }

    /** A client of any server that listens on a port of the loopback address. */
    public static Oracle at(int port) throws IOException {
        return new Oracle(null, null, connect(port));
    }

    /** A further client of the same server. */
    public Oracle client() throws IOException {
        return new Oracle(null, null, connect(port()));
    }

    /** Waits for a message that comes by itself and returns it as {@link RawReply} reads it. */
    public Object message() {
        try {
            StringBuilder message = new StringBuilder();
            read(message);
            return RawReply.parse(message.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a request, words of one byte a character, and returns the raw reply likewise. */
    public String run(String... words) {
        try {
            StringBuilder request = new StringBuilder().append('*').append(words.length).append("\r\n");
            for (String word : words) {
                request.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
            }
            out.write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            StringBuilder reply = new StringBuilder();
            read(reply);
            return reply.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", words), e);
        }
    }

    /** Sends a request and returns the reply as {@link RawReply} reads it. */
    public Object ask(String... words) {
        return RawReply.parse(run(words));
    }

    private void read(StringBuilder reply) throws IOException {
        int start = reply.length();
        int c;
        do {
            c = in.read();
            if (c < 0) {
                throw new IOException("redis-server closed the connection");
            }
            reply.append((char) c);
        } while (c != '\n');
        String count = reply.substring(start + 1, reply.length() - 2);
        switch (reply.charAt(start)) {
            case '$', '=', '!' -> {
                int length = Integer.parseInt(count);
                if (length >= 0) {
                    reply.append(new String(in.readNBytes(length + 2), StandardCharsets.ISO_8859_1));
                }
            }
            case '*', '~', '>' -> readAll(reply, Integer.parseInt(count));
            case '%' -> readAll(reply, 2 * Integer.parseInt(count));
            default -> {
                // A line is all of it.
            }
        }
    }

    private void readAll(StringBuilder reply, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            read(reply);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try (java.util.stream.Stream<Path> left = Files.list(directory)) {
            for (Path file : left.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(directory);
    }
}
