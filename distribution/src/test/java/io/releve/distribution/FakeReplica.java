package io.releve.distribution;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A replica that a test writes. */
final class FakeReplica implements AutoCloseable {
    private static final int MARK = 40;

    private final Socket socket = new Socket();
    private final InputStream in;

    FakeReplica(int master) throws IOException {
        // what it does not read is to be noticed soon
        socket.setReceiveBufferSize(1 << 16);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), master));
        socket.setSoTimeout(20_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    void send(String... words) throws IOException {
        socket.getOutputStream().write(FakeMaster.command(words));
    }

    /** Sends a request and reads its answer of one line. */
    String ask(String... words) throws IOException {
        send(words);
        return line();
    }

    /** Reads a line that is not empty. */
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed");
            }
            if (next == '\n' && line.size() > 0) {
                return line.toString(StandardCharsets.ISO_8859_1);
            }
            if (next != '\r' && next != '\n') {
                line.write(next);
            }
        }
    }

    /** Takes all data that are streamed, and the stream behind it. @return the offset */
    long synchronise() throws IOException {
        ask("REPLCONF", "capa", "eof", "capa", "psync2");
        String[] words = ask("PSYNC", "?", "-1").split(" ");
        byte[] mark = line().substring("$EOF:".length()).getBytes(StandardCharsets.ISO_8859_1);
        byte[] last = new byte[MARK];
        int at = 0;
        do {
            last[at++ % MARK] = (byte) in.read();
        } while (!ends(last, at, mark));
        send("REPLCONF", "ACK", words[2]);
        return Long.parseLong(words[2]);
    }

    private static boolean ends(byte[] last, int at, byte[] mark) {
        for (int i = 0; i < MARK; i++) {
            if (last[(at + i) % MARK] != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** Reads the next request of the stream. */
    List<String> request() throws IOException {
        int size = Integer.parseInt(line().substring(1));
        List<String> words = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int length = Integer.parseInt(line().substring(1));
            words.add(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
            in.readNBytes(2);
        }
        return words;
    }

    /** Reads until the master closes the connection. */
    void awaitEnd() {
        try {
            while (in.read() >= 0) {
                // of no interest
            }
        } catch (IOException e) {
            if (e instanceof java.net.SocketTimeoutException) {
                throw new AssertionError("the master goes on", e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
