package io.releve.commands.keys;

import io.releve.bytes.ByteSource;
import io.releve.bytes.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The conversation of MIGRATE with another server. Every step ends within the time-out. Not for several threads. */
final class TargetConnection implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    /** A step has failed or taken too long; the message is Redis' error reply. */
    static final class FailedException extends Exception {
        FailedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey readiness;
    private final long timeout;
    private final ByteBuffer out = ByteBuffer.allocate(BUFFER);
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER).flip();

    private TargetConnection(SocketChannel channel, Selector selector, int timeout) throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.timeout = TimeUnit.MILLISECONDS.toNanos(timeout);
        channel.configureBlocking(false);
        readiness = channel.register(selector, 0);
    }

    static TargetConnection open(String host, int port, int timeout) throws FailedException {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new FailedException("IOERR error or timeout connecting to the client", e);
        }
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            TargetConnection connection = new TargetConnection(channel, Selector.open(), timeout);
            connection.connect(new InetSocketAddress(address, Math.max(0, port)));
            return connection;
        } catch (IOException e) {
            closeQuietly(channel);
            // Redis notices only when it writes
            throw writing(e);
        }
    }

    private void connect(InetSocketAddress address) throws IOException {
        try {
            boolean done = channel.connect(address);
            long deadline = System.nanoTime() + timeout;
            while (!done) {
                await(SelectionKey.OP_CONNECT, deadline);
                done = channel.finishConnect();
            }
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        } catch (IOException e) {
            selector.close();
            throw e;
        }
    }

    private static FailedException writing(IOException cause) {
        return new FailedException("IOERR error or timeout writing to target instance", cause);
    }

    private void await(int operation, long deadline) throws IOException {
        readiness.interestOps(operation);
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0 || Thread.currentThread().isInterrupted()) {
            throw new IOException("time is over");
        }
        selector.select(left);
        selector.selectedKeys().clear();
    }

    /** Our end, as {@link io.releve.engine.Connection#remoteAddress} of the other one shows it. */
    String localAddress() {
        InetSocketAddress local = (InetSocketAddress) channel.socket().getLocalSocketAddress();
        String address = local.getAddress().getHostAddress();
        return (address.indexOf(':') < 0 ? address : '[' + address + ']') + ':' + local.getPort();
    }

    /** Sends a request; a word is a byte source or its text. */
    void send(Object... words) throws FailedException {
        try {
            put("*" + words.length + "\r\n");
            for (Object word : words) {
                if (word instanceof ByteSource bytes) {
                    put(bytes);
                } else {
                    put(Bytes.of(word.toString()));
                }
            }
        } catch (IOException e) {
            throw writing(e);
        }
    }

    private void put(ByteSource word) throws IOException {
        put("$" + word.length() + "\r\n");
        for (int done = 0; done < word.length(); ) {
            if (!out.hasRemaining()) {
                write();
            }
            int part = Math.min(out.remaining(), word.length() - done);
            word.copyTo(done, out.array(), out.position(), part);
            out.position(out.position() + part);
            done += part;
        }
        put("\r\n");
    }

    private void put(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        if (out.remaining() < bytes.length) {
            write();
        }
        out.put(bytes);
    }

    private void write() throws IOException {
        out.flip();
        long deadline = System.nanoTime() + timeout;
        while (out.hasRemaining()) {
            if (channel.write(out) > 0) {
                deadline = System.nanoTime() + timeout;
            } else {
                await(SelectionKey.OP_WRITE, deadline);
            }
        }
        out.clear();
    }

    /** Sends what is still held back. */
    void flush() throws FailedException {
        try {
            write();
        } catch (IOException e) {
            throw writing(e);
        }
    }

    /** The next reply, which must be of one line, with its type. */
    String readLine() throws FailedException {
        StringBuilder line = new StringBuilder();
        long deadline = System.nanoTime() + timeout;
        try {
            while (true) {
                while (in.hasRemaining()) {
                    char c = (char) (in.get() & 0xff);
                    if (c == '\n') {
                        return line.toString().strip();
                    }
                    line.append(c);
                }
                if (line.length() > BUFFER) {
                    throw new IOException("the reply has no end");
                }
                in.clear();
                int count = channel.read(in);
                in.flip();
                if (count < 0) {
                    throw new IOException("the target has closed the connection");
                }
                if (count == 0) {
                    await(SelectionKey.OP_READ, deadline);
                }
            }
        } catch (IOException e) {
            throw new FailedException("IOERR error or timeout reading to target instance", e);
        }
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (Exception e) {
            // There is nothing left to do with it.
        }
    }

    @Override
    public void close() {
        closeQuietly(selector);
        closeQuietly(channel);
    }
}
