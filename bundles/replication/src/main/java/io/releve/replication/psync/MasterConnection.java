package io.releve.replication.psync;

import io.releve.security.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The socket to a master. Used by the link's thread; {@link #close} by any. */
final class MasterConnection implements AutoCloseable {
    /**
     * REPLCONF with this option is understood only by servers of ours: with 1 the master keeps the link alive by line breaks
     * beside the stream instead of PINGs in it. A master that is cut off then writes nothing of its own accord that the others
     * do not have.
     */
    static final String OURS = "RELEVE";

    /** The replica's run id, and the epoch before which it acknowledges nothing (docs/sentinel-protocol.md). */
    static final String RUN_ID = "RELEVE-RUN-ID";
    static final String PROMISE = "RELEVE-PROMISE";

    /** The answer to that of a master that wants to hear at once of what has arrived. */
    static final String AT_ONCE = "ACK-AT-ONCE";

    private static final int FIRST = 1 << 16;
    private static final int LONGEST_LINE = 1 << 12;
    private static final int MOST_SHOWN = 128;
    /** A larger array is given back once it is empty. */
    private static final int KEPT = 1 << 20;
    private static final int POLL_MS = 1000;

    /** Another when encryption begins. */
    private volatile Socket socket = new Socket();
    private InputStream in;
    private OutputStream out;
    private byte[] buffer = new byte[FIRST];
    private int start;
    private int end;
    private String remoteAddress = "";
    private String localAddress = "";
    private volatile long heardAt = System.nanoTime();
    private volatile long bytesRead;
    /** Changed with the lock. */
    private volatile long bytesWritten;

    /**
     * @param source address of ours, empty for any
     * @param tls null for a link that is not encrypted
     */
    void connect(Address address, int timeoutMs, boolean noDelay, String source, Tls tls) throws IOException {
        InetSocketAddress target = new InetSocketAddress(address.host(), address.port());
        if (target.isUnresolved()) {
            throw new IOException("the name " + address.host() + " cannot be resolved");
        }
        if (!source.isEmpty()) {
            socket.bind(new InetSocketAddress(source, 0));
        }
        socket.connect(target, timeoutMs);
        socket.setTcpNoDelay(noDelay);
        socket.setKeepAlive(true);
        socket.setSoTimeout(POLL_MS);
        remoteAddress = shown(socket.getInetAddress(), socket.getPort());
        localAddress = shown(socket.getLocalAddress(), socket.getLocalPort());
        if (tls != null) {
            socket = tls.connecting(socket);
        }
        in = socket.getInputStream();
        out = socket.getOutputStream();
        heardAt = System.nanoTime();
    }

    private static String shown(InetAddress address, int port) {
        String text = address.getHostAddress();
        return (address instanceof Inet6Address ? '[' + text + ']' : text) + ':' + port;
    }

    /** {@code address:port}, for IPv6 {@code [address]:port}. */
    String remoteAddress() {
        return remoteAddress;
    }

    /** The same of this end. */
    String localAddress() {
        return localAddress;
    }

    /** Any thread. */
    synchronized void send(String... words) throws IOException {
        StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            text.append('$').append(bytes.length).append("\r\n").append(word).append("\r\n");
        }
        write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private synchronized void write(byte[] bytes) throws IOException {
        out.write(bytes);
        bytesWritten += bytes.length;
    }

    /** Says that this server is alive. */
    void lineBreak() throws IOException {
        write(new byte[] {'\n'});
    }

    /** Sends a request and waits for its answer of one line. */
    String ask(long timeoutMs, String... words) throws IOException {
        send(words);
        return line(timeoutMs);
    }

    /** Reads a line that is not empty: line breaks alone keep the link alive. */
    String line(long timeoutMs) throws IOException {
        while (true) {
            for (int i = start; i < end; i++) {
                if (buffer[i] == '\n') {
                    int length = i - start - (i > start && buffer[i - 1] == '\r' ? 1 : 0);
                    String line = new String(buffer, start, length, StandardCharsets.ISO_8859_1);
                    start = i + 1;
                    if (!line.isEmpty()) {
                        return line;
                    }
                }
            }
            if (end - start > LONGEST_LINE) {
                throw new IOException("it sent a line that does not end");
            }
            awaitMore(timeoutMs);
        }
    }

    /** A line of the master as it may stand in the log. */
    static String shown(String line) {
        String text = line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN) + "...";
        return text.replaceAll("[^ -~]", "?");
    }

    /** Reads what there is, at least one byte. */
    int read(byte[] target, int from, int length, long timeoutMs) throws IOException {
        if (start == end) {
            awaitMore(timeoutMs);
        }
        int count = Math.min(length, end - start);
        System.arraycopy(buffer, start, target, from, count);
        start += count;
        return count;
    }

    private void awaitMore(long timeoutMs) throws IOException {
        while (!fill()) {
            if (silentMs() > timeoutMs) {
                throw new IOException("it sent nothing for " + timeoutMs + " ms");
            }
        }
    }

    /**
     * Reads more behind what is in the {@link #buffer}, waiting for it at most a second.
     *
     * @return whether something came
     */
    boolean fill() throws IOException {
        if (start == end) {
            start = 0;
            end = 0;
            if (buffer.length > KEPT) {
                buffer = new byte[FIRST];
            }
        } else if (end == buffer.length) {
            if (start > 0) {
                System.arraycopy(buffer, start, buffer, 0, end - start);
                end -= start;
                start = 0;
            } else if (buffer.length >= Integer.MAX_VALUE / 2) {
                throw new IOException("it sent a command of more than " + buffer.length + " bytes");
            } else {
                buffer = Arrays.copyOf(buffer, 2 * buffer.length);
            }
        }
        int count;
        try {
            count = in.read(buffer, end, buffer.length - end);
        } catch (SocketTimeoutException e) {
            return false;
        }
        if (count < 0) {
            throw new IOException("it closed the connection");
        }
        end += count;
        bytesRead += count;
        heardAt = System.nanoTime();
        return true;
    }

    byte[] buffer() {
        return buffer;
    }

    /** Where in the buffer the bytes begin that were not consumed. */
    int start() {
        return start;
    }

    int end() {
        return end;
    }

    void consumeTo(int position) {
        start = position;
    }

    /** Bytes that were read and are not consumed yet, more or less. Any thread. */
    int unread() {
        return Math.max(0, end - start);
    }

    /** Bytes ever read. Any thread. */
    long bytesRead() {
        return bytesRead;
    }

    /** Bytes ever sent. Any thread. */
    long bytesWritten() {
        return bytesWritten;
    }

    /** How long nothing has come, ms. Any thread. */
    long silentMs() {
        return (System.nanoTime() - heardAt) / 1_000_000;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no more use in any case
        }
    }
}
