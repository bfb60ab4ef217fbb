package io.releve.replication.psync;

import io.releve.command.Arguments;
import io.releve.command.CommandException;
import io.releve.engine.Connection;
import io.releve.engine.Session;
import io.releve.log.ChangeLog;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One replica: who it says it is, how far it is, and the stream on its way to it. What is not said to be of another thread is
 * used with the turn.
 */
final class ReplicaLink {
    /** How far a replica has come, with the names of INFO. */
    enum State {
        /** It has said something about itself, and not asked for anything yet. */
        NEW("wait_bgsave"),
        /** It waits for a snapshot to begin. */
        WAITING("wait_bgsave"),
        /** A snapshot is being written or sent to it. */
        RECEIVING("send_bulk"),
        /** It has the snapshot, and must say so before the stream may follow. */
        LOADING("send_bulk"),
        ONLINE("online");

        private final String redisName;

        State(String redisName) {
            this.redisName = redisName;
        }

        String redisName() {
            return redisName;
        }
    }

    final Session session;
    /** As it has announced them; 0 and empty before. */
    int port;
    String ip = "";
    boolean streamsSnapshots;
    boolean psync2;
    /** Whether it is of ours: it is kept alive beside the stream, and tells what it has on disk. */
    boolean ours;
    /** Of one of ours: who it is, and before which epoch it acknowledges nothing to any master any more. */
    String runId = "";
    long promise;
    /** Whether it has asked with SYNC. */
    boolean oldProtocol;
    /** Whether it wants a snapshot and nothing behind it. */
    boolean rdbOnly;
    volatile State state = State.NEW;
    /** Position up to which it has everything, and has it on disk. */
    long acknowledged;
    long durable = -1;
    /** When it last said so, and since when it waits, ms since the epoch. */
    long acknowledgedAt;
    long waitingSince;
    /** Whether it has said so while the end of the snapshot was still being sent. */
    boolean loaded;
    /** Bytes it had sent when it was looked at last, and when these were more than before, ms since the epoch. */
    long heard;
    long heardAt;
    /** Since when the stream follows, ms since the epoch. */
    long onlineAt;
    /** When it was first too far behind, ms since the epoch; 0 while it is not. */
    long behindSince;
    private ChangeLog.Reader reader;
    private Connection.Stream stream;
    /** Whether the socket has not taken yet what it was given; with the lock. */
    private boolean congested;
    private volatile boolean closed;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    /** Whether the snapshot's writer may go on. */
    private final Semaphore room = new Semaphore(0);

    ReplicaLink(Session session) {
        this.session = session;
    }

    /** The address it says it has, or the one it comes from. */
    String host() {
        if (!ip.isEmpty()) {
            return ip;
        }
        String remote = session.connection().remoteAddress();
        String host = remote.substring(0, Math.max(0, remote.lastIndexOf(':')));
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Takes up what it says of itself with REPLCONF: option {@code i} and its value. */
    void introduce(Arguments words, int i) {
        if (words.is(i, "LISTENING-PORT")) {
            port = (int) words.integer(i + 1);
        } else if (words.is(i, "IP-ADDRESS")) {
            if (words.get(i + 1).length() > 255) {
                throw new CommandException("ERR REPLCONF ip-address provided by replica instance is too long: "
                        + words.get(i + 1).length() + " bytes");
            }
            ip = words.get(i + 1).text();
        } else if (words.is(i, "CAPA")) {
            streamsSnapshots |= words.is(i + 1, "EOF");
            psync2 |= words.is(i + 1, "PSYNC2");
        } else if (words.is(i, MasterConnection.OURS)) {
            ours = words.integer(i + 1) == 1;
        } else if (words.is(i, MasterConnection.RUN_ID)) {
            runId = words.get(i + 1).text();
        } else if (words.is(i, MasterConnection.PROMISE)) {
            promise = words.integer(i + 1);
        } else if (words.is(i, "RDB-ONLY")) {
            rdbOnly = words.integer(i + 1) != 0;
        } else if (words.is(i, "RDB-FILTER-ONLY")) {
            throw new CommandException("ERR Unsupported rdb-filter-only option: " + words.get(i + 1).text());
        } else {
            throw new CommandException("ERR Unrecognized REPLCONF option: " + words.get(i).text());
        }
    }

    @Override
    public String toString() {
        return host() + ':' + (port > 0 ? Integer.toString(port) : "<unknown-replica-port>");
    }

    void stream(Connection.Stream newStream) {
        stream = newStream;
    }

    boolean hasStream() {
        return stream != null;
    }

    /** It goes on from here. */
    void reader(ChangeLog.Reader newReader) {
        if (reader != null) {
            reader.close();
        }
        reader = newReader;
    }

    /** Bytes of the stream that it has not been sent. */
    long behind() {
        return reader == null ? 0 : reader.available();
    }

    /** Whether what it is to be sent is not there any more. */
    boolean lost() {
        return reader != null && reader.lost();
    }

    boolean closed() {
        return closed;
    }

    /** Ends the connection. Any thread. */
    void close() {
        if (!closed) {
            closed = true;
            room.release();
            session.connection().close(false);
        }
    }

    /** The connection is gone. */
    void forget() {
        closed = true;
        room.release();
        if (reader != null) {
            reader.close();
        }
    }

    /** Sends what has come together with what the connection's thread is still to add. Any thread. */
    void pumpSoon() {
        if (state == State.ONLINE && !scheduled.getAndSet(true)) {
            stream.soon(() -> {
                scheduled.set(false);
                pump();
            });
        }
    }

    /** Sends what has come, as much as the socket takes. Any thread. */
    synchronized void pump() {
        while (!congested && !closed && state == State.ONLINE && !reader.lost()) {
            ByteBuffer next = reader.peek();
            int count = next.remaining();
            if (count == 0) {
                return;
            }
            congested = !stream.write(next, this::taken);
            reader.skip(count);
        }
    }

    private void taken() {
        synchronized (this) {
            congested = false;
        }
        pump();
    }

    /** Keeps a link alive on which nothing goes: a line break, which is no part of the stream. */
    synchronized void keepAlive() {
        if (!congested && !closed && stream != null && (state == State.WAITING || state == State.ONLINE && ours
                && reader.available() == 0)) {
            congested = !stream.write(ByteBuffer.wrap(new byte[] {'\n'}), this::taken);
        }
    }

    /** Sends a line of the protocol before the stream begins. */
    synchronized void line(String text) {
        stream.write(ByteBuffer.wrap((text + "\r\n").getBytes(StandardCharsets.US_ASCII)), () -> { });
    }

    /**
     * Sends a piece of a snapshot and waits until the socket has taken it; on the snapshot's thread.
     *
     * @return false when it was not taken in time
     */
    boolean send(ByteBuffer piece, long timeoutMs) {
        if (closed) {
            return false;
        }
        room.drainPermits();
        if (stream.write(piece, room::release)) {
            return true;
        }
        try {
            return room.tryAcquire(timeoutMs, TimeUnit.MILLISECONDS) && !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
