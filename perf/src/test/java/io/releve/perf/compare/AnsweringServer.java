package io.releve.perf.compare;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers GET with a kilobyte and everything else with OK, and can be made to stall. */
final class AnsweringServer implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger writes = new AtomicInteger();
    private volatile long stallUntil;

    AnsweringServer() throws IOException {
        daemon(() -> {
            while (true) {
                Socket socket = listener.accept();
                daemon(() -> serve(socket));
            }
        });
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Answers nothing for a while, on any connection. */
    void stall(long milliseconds) {
        stallUntil = System.nanoTime() + milliseconds * 1_000_000;
    }

    private void serve(Socket socket) throws IOException, InterruptedException {
        InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        OutputStream out = socket.getOutputStream();
        byte[] bulk = ("$1024\r\n" + "x".repeat(1024) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream replies = new ByteArrayOutputStream();
        while (true) {
            String header = line(in);
            String name = null;
            for (int i = Integer.parseInt(header.substring(1)); i > 0; i--) {
                String word = new String(in.readNBytes(Integer.parseInt(line(in).substring(1)) + 2),
                        StandardCharsets.US_ASCII);
                name = name == null ? word.strip() : name;
            }
            boolean read = name.equals("GET");
            (read ? reads : writes).incrementAndGet();
            replies.writeBytes(read ? bulk : "+OK\r\n".getBytes(StandardCharsets.US_ASCII));
            if (in.available() == 0) {
                long stalled = stallUntil - System.nanoTime();
                if (stalled > 0) {
                    Thread.sleep(stalled / 1_000_000);
                }
                replies.writeTo(out);
                replies.reset();
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new IOException("closed");
            }
            line.append((char) c);
        }
        in.skipNBytes(1);
        return line.toString();
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException e) {
                // the test is over
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
