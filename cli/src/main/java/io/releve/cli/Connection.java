package io.releve.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A connection to a server, by TCP or a unix socket. For one thread. */
public final class Connection implements AutoCloseable {
    private final AutoCloseable socket;
    private final OutputStream out;
    private final ReplyReader replies;

    private Connection(AutoCloseable socket, InputStream in, OutputStream out) {
        this.socket = socket;
        this.out = out;
        this.replies = new ReplyReader(in);
    }

    /** @throws IOException with a text that says why, without the address */
    static Connection open(Options options) throws IOException {
        if (options.unixSocket != null) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(options.unixSocket));
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            return new Connection(channel, Channels.newInputStream(channel), Channels.newOutputStream(channel));
        }
        IOException last = null;
        for (InetAddress address : InetAddress.getAllByName(options.host)) {
            try {
                return open(new InetSocketAddress(address, options.port), 0, 0, options);
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    /**
     * Connects by TCP.
     *
     * @param connectTimeout ms, 0: as long as the system tries
     * @param readTimeout ms that a reply may take, 0: for ever; later, reading throws {@link java.net.SocketTimeoutException}
     */
    public static Connection open(InetSocketAddress address, int connectTimeout, int readTimeout) throws IOException {
        return open(address, connectTimeout, readTimeout, null);
    }

    /** @param options null for what is not encrypted */
    private static Connection open(InetSocketAddress address, int connectTimeout, int readTimeout, Options options)
            throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(address, connectTimeout);
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.setSoTimeout(readTimeout);
            if (options != null && options.tls.wanted) {
                Socket encrypted = options.tls.encrypt(socket, options.host, options.port);
                return new Connection(encrypted, encrypted.getInputStream(), encrypted.getOutputStream());
            }
            return new Connection(socket, socket.getInputStream(), socket.getOutputStream());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends a command and reads its reply. */
    public Reply call(String... words) throws IOException {
        send(java.util.Arrays.stream(words).map(word -> word.getBytes(StandardCharsets.UTF_8)).toList());
        return replies.read();
    }

    /** Sends a command; its reply is still to be {@link #read}. */
    public void send(List<byte[]> words) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream(64);
        request.writeBytes(("*" + words.size() + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (byte[] word : words) {
            request.writeBytes(("$" + word.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            request.writeBytes(word);
            request.write('\r');
            request.write('\n');
        }
        request.writeTo(out);
        out.flush();
    }

    /** Bytes that are requests already. */
    void sendRaw(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
    }

    void flush() throws IOException {
        out.flush();
    }

    /** The next reply. */
    public Reply read() throws IOException {
        return replies.read();
    }

    boolean hasBuffered() throws IOException {
        return replies.hasBuffered();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (Exception e) {
            // the connection is given up either way
            return;
        }
    }
}
