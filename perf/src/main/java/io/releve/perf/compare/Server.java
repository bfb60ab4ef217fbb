package io.releve.perf.compare;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A server of either kind, as a child process on a free port of the loopback address, with a directory of its own. */
final class Server implements AutoCloseable {
    private static final long READY_TIMEOUT = TimeUnit.SECONDS.toNanos(120);
    private static final long STOP_TIMEOUT = TimeUnit.SECONDS.toNanos(120);
    /** Each look is a new connection: a thousand of them a second would be a load of their own. */
    private static final long POLL_NANOS = 10_000_000;

    private final Product product;
    private final Path installation;
    private final Path home;
    private final String save;
    private final List<String> more;
    private final int port;
    private Process process;

    /**
     * @param installation the unpacked distribution of Relève
     * @param work where this server's directories are made
     * @param save save points, empty for none
     */
    Server(Product product, Path installation, Path work, String save) throws IOException {
        this(product, installation, work, save, List.of());
    }

    /** @param more further words of the command line */
    Server(Product product, Path installation, Path work, String save, List<String> more) throws IOException {
        this.product = product;
        this.installation = installation;
        this.save = save;
        this.more = more;
        Files.createDirectories(work);
        home = Files.createTempDirectory(work, product.name().toLowerCase(Locale.ROOT));
        Files.createDirectories(data());
        port = freePort();
    }

    /** A port of the loopback interface nobody listens on. */
    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    Product product() {
        return product;
    }

    int port() {
        return port;
    }

    /** Where the server keeps its data. */
    Path data() {
        return home.resolve("data");
    }

    ProcessFigures figures() {
        return new ProcessFigures(process.pid());
    }

    Client connect() throws IOException {
        return new Client(port);
    }

    /**
     * Starts the server and waits until it answers a request as expected.
     *
     * @return milliseconds from the start of the process to the answer
     */
    double start(String answer, String... request) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(product.command(installation, port, data(), save, more))
                .directory(home.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()));
        // a class archive and a bundle cache of our own: other servers of this account do not matter
        builder.environment().put("RELEVE_CACHE", home.getParent().resolve("cache").toString());
        long begin = System.nanoTime();
        process = builder.start();
        while (!answers(answer, request)) {
            if (!process.isAlive() || System.nanoTime() - begin > READY_TIMEOUT) {
                throw new IOException(product.title() + " did not start:\n" + Files.readString(home.resolve("log")));
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    private boolean answers(String answer, String... request) {
        try (Client client = new Client(port)) {
            return answer.equals(client.call(request));
        } catch (IOException e) {
            // not listening yet, or still loading
            return false;
        }
    }

    double start() throws IOException {
        return start("PONG", "PING");
    }

    /**
     * Stops the server in good order with SIGTERM.
     *
     * @return milliseconds until the process had ended
     */
    double stop() throws IOException {
        long begin = System.nanoTime();
        process.destroy();
        return awaitEnd(begin);
    }

    /** Stops the server with SHUTDOWN SAVE; milliseconds until the process had ended. */
    double save() throws IOException {
        long begin = System.nanoTime();
        try (Client client = connect()) {
            client.send(List.of("SHUTDOWN", "SAVE"));
            return awaitEnd(begin);
        }
    }

    private double awaitEnd(long begin) throws IOException {
        try {
            if (!process.waitFor(STOP_TIMEOUT, TimeUnit.NANOSECONDS)) {
                process.destroyForcibly();
                throw new IOException(product.title() + " did not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    /** Ends the process and removes what it wrote. */
    @Override
    public void close() throws IOException {
        if (process != null && process.isAlive()) {
            stop();
        }
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
