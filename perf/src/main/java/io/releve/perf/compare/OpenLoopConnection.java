package io.releve.perf.compare;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.HdrHistogram.Histogram;

/** One connection of {@link OpenLoop}: requests to be sent, and when those under way were due. Allocates nothing. */
final class OpenLoopConnection implements AutoCloseable {
    private static final int OUTPUT = 16 << 20;
    private static final int INPUT = 1 << 18;
    /** Requests under way at most; a power of two. */
    private static final int WINDOW = 1 << 14;

    private final SocketChannel channel;
    /** Bytes of the longest request. */
    private final int longest;
    private final ByteBuffer output = ByteBuffer.allocateDirect(OUTPUT);
    private final ByteBuffer input = ByteBuffer.allocateDirect(INPUT);
    private final long[] due = new long[WINDOW];
    private long sent;
    private long answered;
    /** Bytes of a bulk reply, its line end included, that are still to come. */
    private int body;
    /** Length in the reply's first line as far as it was read; negative outside such a line. */
    private int length = -1;

    OpenLoopConnection(int port, int longest) throws IOException {
        this.longest = longest;
        channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
    }

    void register(Selector selector) throws IOException {
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Whether a request can be added; if not, the server is far behind. */
    boolean hasRoom() {
        return sent - answered < WINDOW && output.remaining() >= longest;
    }

    /** Adds a request that was or is due at a time of {@link System#nanoTime()}; {@link #hasRoom} has said yes. */
    void add(byte[] request, long when) {
        output.put(request);
        due[(int) sent++ & WINDOW - 1] = when;
    }

    /** Sends what there is, as far as the socket takes it. */
    void flush() throws IOException {
        if (output.position() > 0) {
            output.flip();
            channel.write(output);
            output.compact();
        }
    }

    /** Reads what has come and records the latency of each reply; how many there were. */
    int read(Histogram histogram) {
        try {
            input.clear();
            if (channel.read(input) < 0) {
                throw new EOFException("The server closed the connection");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long now = System.nanoTime();
        input.flip();
        int replies = 0;
        while (input.hasRemaining()) {
            if (body > 0) {
                int skipped = Math.min(body, input.remaining());
                input.position(input.position() + skipped);
                body -= skipped;
            } else if (!lineEnds(input.get())) {
                continue;
            }
            if (body == 0) {
                histogram.recordValue(Math.max(0, now - due[(int) answered++ & WINDOW - 1]));
                replies++;
            }
        }
        return replies;
    }

    /** Takes a byte of a reply's first line; after its end {@link #body} says what follows. */
    private boolean lineEnds(byte next) {
        switch (next) {
            case '\n' -> {
                body = length < 0 ? 0 : length + 2;
                length = -1;
                return true;
            }
            case '$' -> length = 0;
            case '-' -> throw new IllegalStateException("The server answers with an error, or a key is missing");
            default -> {
                if (length >= 0 && next >= '0' && next <= '9') {
                    length = length * 10 + next - '0';
                }
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
