package io.releve.distribution;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A master that a test writes: it listens, and does what its script says with every connection. */
final class FakeMaster implements AutoCloseable {
    static final String ID = "0123456789abcdef0123456789abcdef01234567";

    private final ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    private final BlockingQueue<List<String>> asked = new LinkedBlockingQueue<>();
    private final List<Socket> connections = new ArrayList<>();
    private volatile Script script;

    /** What it does with a connection; whatever it throws ends the connection. */
    interface Script {
        void run(Peer peer) throws IOException;
    }

    FakeMaster(Script script) throws IOException {
        this.script = script;
        start(this::listen);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "fake-master");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** What it does with the next connection. */
    void script(Script next) {
        script = next;
    }

    /** The words of the next PSYNC. */
    List<String> awaitPsync() throws InterruptedException {
        List<String> words = asked.poll(20, TimeUnit.SECONDS);
        if (words == null) {
            throw new AssertionError("it is not asked again");
        }
        return words;
    }

    private void listen() {
        while (!socket.isClosed()) {
            try {
                Socket accepted = socket.accept();
                synchronized (connections) {
                    connections.add(accepted);
                }
                start(() -> serve(accepted));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket accepted) {
        try (accepted) {
            script.run(new Peer(accepted));
        } catch (IOException e) {
            // the other side has had enough
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        synchronized (connections) {
            for (Socket each : connections) {
                each.close();
            }
        }
    }

    /** A replica that has connected. */
    final class Peer {
        private final InputStream in;
        private final OutputStream out;

        private Peer(Socket socket) throws IOException {
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        }

        void send(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        void send(byte[] bytes) throws IOException {
            out.write(bytes);
        }

        /** Sends text with a line break. */
        void line(String text) throws IOException {
            send((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }

        /** Sends a command. */
        void command(String... words) throws IOException {
            send(FakeMaster.command(words));
        }

        /** Answers as Redis does until the other asks for data. */
        void awaitPsync() throws IOException {
            while (true) {
                List<String> words = read();
                switch (words.get(0)) {
                    case "PING" -> line("+PONG");
                    case "PSYNC" -> {
                        asked.add(words);
                        return;
                    }
                    default -> line(words.contains("RELEVE") ? "-ERR Unrecognized REPLCONF option: RELEVE" : "+OK");
                }
            }
        }

        /** Reads one request. */
        List<String> read() throws IOException {
            int count = Integer.parseInt(readLine().substring(1));
            List<String> words = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                byte[] word = in.readNBytes(Integer.parseInt(readLine().substring(1)));
                readLine();
                words.add(new String(word, StandardCharsets.ISO_8859_1));
            }
            return words;
        }

        private String readLine() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new IOException("closed");
                }
                if (next != '\r') {
                    line.append((char) next);
                }
            }
            return line.toString();
        }

        /** Reads until the other closes. */
        void awaitEnd() throws IOException {
            while (in.read() >= 0) {
                // acknowledgements
            }
        }
    }

    /** A command as it stands in a stream. */
    static byte[] command(String... words) {
        StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
