package io.releve.distribution;

import io.releve.embedded.Reply;
import io.releve.embedded.Reply.Type;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client of a socket whose replies compare with those of the embedded API. */
final class Socketed implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    Socketed(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
    }

    Reply run(String... words) throws IOException {
        StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            request.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        out.write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
        return next();
    }

    private Reply next() throws IOException {
        int type = in.readUnsignedByte();
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\r'; c = in.readUnsignedByte()) {
            line.append((char) c);
        }
        in.readUnsignedByte();
        byte[] text = line.toString().getBytes(StandardCharsets.ISO_8859_1);
        return switch (type) {
            case '+' -> Reply.of(Type.STATUS, text);
            case '-' -> Reply.of(Type.ERROR, text);
            case ':' -> Reply.integer(Long.parseLong(line.toString()));
            case ',' -> Reply.of(Type.DOUBLE, text);
            case '#' -> Reply.of(Type.BOOLEAN, text);
            case '_' -> Reply.nil();
            case '$' -> bulk(Integer.parseInt(line.toString()));
            case '*' -> list(Type.LIST, Integer.parseInt(line.toString()));
            case '~' -> list(Type.SET, Integer.parseInt(line.toString()));
            case '%' -> list(Type.MAP, 2 * Integer.parseInt(line.toString()));
            default -> throw new IOException("a reply of type " + (char) type);
        };
    }

    private Reply bulk(int length) throws IOException {
        if (length < 0) {
            return Reply.nil();
        }
        byte[] content = in.readNBytes(length);
        in.skipNBytes(2);
        return Reply.of(Type.BULK, content);
    }

    private Reply list(Type type, int size) throws IOException {
        if (size < 0) {
            return Reply.nil();
        }
        List<Reply> parts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            parts.add(next());
        }
        return Reply.of(type, parts);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
