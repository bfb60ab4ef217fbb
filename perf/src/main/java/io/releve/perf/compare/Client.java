package io.releve.perf.compare;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A blocking connection for what is not measured: PING, INFO, and loading keys. Understands simple replies only. */
final class Client implements AutoCloseable {
    private static final int CONNECT_TIMEOUT_MS = 1_000;
    private static final int REPLY_TIMEOUT_MS = 60_000;
    private static final int INPUT_BUFFER = 1 << 16;

    private final Socket socket = new Socket();
    private final InputStream in;

    Client(int port) throws IOException {
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_TIMEOUT_MS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(REPLY_TIMEOUT_MS);
            in = new BufferedInputStream(socket.getInputStream(), INPUT_BUFFER);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** The words of a request as the protocol wants them. */
    static byte[] encode(List<String> words) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("*" + words.size() + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (String word : words) {
            byte[] text = word.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(("$" + text.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            bytes.writeBytes(text);
            bytes.write('\r');
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }

    void send(List<String> words) throws IOException {
        byte[] request = encode(words);
        send(request, request.length);
    }

    /** Sends bytes that are requests already. */
    void send(byte[] requests, int length) throws IOException {
        socket.getOutputStream().write(requests, 0, length);
    }

    /**
     * Sends a request and reads its reply.
     *
     * @return the text of a simple string, integer or bulk string, null for null
     * @throws IOException also for an error reply
     */
    String call(String... words) throws IOException {
        send(List.of(words));
        return read();
    }

    /** Reads one reply, see {@link #call}. */
    String read() throws IOException {
        int type = in.read();
        String line = line();
        switch (type) {
            case '+', ':' -> {
                return line;
            }
            case '$' -> {
                int length = Integer.parseInt(line);
                if (length < 0) {
                    return null;
                }
                byte[] text = in.readNBytes(length);
                in.skipNBytes(2);
                return new String(text, StandardCharsets.UTF_8);
            }
            case -1 -> throw new EOFException("The server closed the connection");
            default -> throw new IOException((char) type + line);
        }
    }

    /** Passes over one reply, of whatever kind. */
    void skip() throws IOException {
        int type = in.read();
        if (type < 0) {
            throw new EOFException("The server closed the connection");
        }
        String line = line();
        if (type == '$' && !line.equals("-1")) {
            in.skipNBytes(Long.parseLong(line) + 2);
        } else if (type == '*') {
            for (long i = Long.parseLong(line); i > 0; i--) {
                skip();
            }
        } else if (type == '-') {
            throw new IOException(line);
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The server closed the connection");
            }
            line.append((char) c);
        }
        in.skipNBytes(1);
        return line.toString();
    }

    /** The fields of INFO, of one section or of all. */
    Map<String, String> info(String... section) throws IOException {
        String[] words = new String[section.length + 1];
        words[0] = "INFO";
        System.arraycopy(section, 0, words, 1, section.length);
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : call(words).split("\r\n")) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.charAt(0) != '#') {
                fields.put(line.substring(0, colon), line.substring(colon + 1));
            }
        }
        return fields;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
