package io.releve.server.netty;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Several clients of one server, who speak in a written order; what each of them hears after each line is noted. */
final class Conversation implements AutoCloseable {
    /** Nobody says anything for so long: everything has been said. */
    private static final long QUIET_MS = 25;
    /** So long an answer may take. */
    private static final long PATIENCE_MS = 10_000;

    private final int port;
    private final Map<String, Client> clients = new TreeMap<>();

    private static final class Client {
        final Socket socket;
        final ByteArrayOutputStream heard = new ByteArrayOutputStream();

        Client(int port) throws IOException {
            socket = new Socket("127.0.0.1", port);
            socket.setTcpNoDelay(true);
        }

        boolean listen() throws IOException {
            InputStream in = socket.getInputStream();
            int available = in.available();
            heard.write(in.readNBytes(available));
            return available > 0;
        }
    }

    Conversation(int port) {
        this.port = port;
    }

    /**
     * Lines of the form {@code name> words}, several requests of one client at once parted by a bar; {@code name~> words}
     * if no answer is expected at once; a line
     * {@code wait ms} waits; {@code name> bye} cuts the connection.
     *
     * @return what was heard, a line for each client that heard something after each line
     */
    List<String> hold(String script) {
        List<String> transcript = new ArrayList<>();
        try {
            for (String line : script.split("\n")) {
                String text = line.strip();
                if (!text.isEmpty() && !text.startsWith("#")) {
                    say(text);
                    listen(text, transcript);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return transcript;
    }

    private void say(String text) throws IOException {
        if (text.startsWith("wait ")) {
            pause(Long.parseLong(text.substring(5)));
            return;
        }
        int mark = text.indexOf('>');
        String name = speaker(text);
        Client client = clients.get(name);
        if (client == null) {
            client = new Client(port);
            clients.put(name, client);
        }
        String request = text.substring(mark + 1).strip();
        if (request.equals("bye")) {
            clients.remove(name).socket.close();
            return;
        }
        client.socket.getOutputStream().write((request.replace(" | ", "\r\n") + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String speaker(String text) {
        return text.substring(0, Math.max(0, text.indexOf('>'))).replace("~", "");
    }

    private void listen(String text, List<String> transcript) throws IOException {
        Client speaker = text.contains("~>") ? null : clients.get(speaker(text));
        long quietSince = System.nanoTime();
        while (System.nanoTime() - quietSince < 1_000_000
                * (speaker != null && speaker.heard.size() == 0 ? PATIENCE_MS : QUIET_MS)) {
            for (Client client : clients.values()) {
                if (client.listen()) {
                    quietSince = System.nanoTime();
                }
            }
            pause(1);
        }
        clients.forEach((name, client) -> {
            if (client.heard.size() > 0) {
                transcript.add(text + " => " + name + ": "
                        + client.heard.toString(StandardCharsets.UTF_8).replace("\r\n", " "));
                client.heard.reset();
            }
        });
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (Client client : clients.values()) {
            client.socket.close();
        }
    }
}
