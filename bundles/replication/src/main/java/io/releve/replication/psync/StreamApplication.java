package io.releve.replication.psync;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.engine.Turn;
import io.releve.format.resp.ProtocolException;
import io.releve.format.resp.Request;
import io.releve.format.resp.RequestLimits;
import io.releve.log.ChangeLog;
import io.releve.log.Entry;
import io.releve.replication.ReplicationContext;
import java.io.IOException;

/**
 * Applies the master's stream: what is complete is run, and its bytes become part of this server's stream as they are. A
 * transaction is applied when its end is there. On the link's thread.
 */
final class StreamApplication {
    /** Commands between two looks at the clock, and how long the turn is kept from others who want it. */
    private static final int STRIDE = 32;
    private static final long SLICE_NANOS = 500_000;
    private static final long ACKNOWLEDGED_EACH = 1_000_000_000L;
    private static final RequestLimits LIMITS = RequestLimits.authenticated(Integer.MAX_VALUE);

    private final ReplicationContext context;
    private final MasterLink link;
    private final MasterConnection connection;
    private final ChangeLog log;
    private final Turn turn;
    private final boolean lineBreaksBeside;
    private final boolean atOnce;
    private final Request request = new Request();
    private final Request ahead = new Request();
    private final Bytes raw = new Bytes();
    /** Where the end of a transaction is looked for on, from its start; 0 outside of one. */
    private int scanned;
    private boolean asked;
    /** Position of the last acknowledgement. */
    private long told;

    /**
     * @param lineBreaksBeside whether line breaks between commands are no part of the stream
     * @param atOnce whether the master wants to hear of every batch
     */
    StreamApplication(ReplicationContext context, MasterLink link, MasterConnection connection, boolean lineBreaksBeside,
            boolean atOnce) {
        this.atOnce = atOnce;
        this.context = context;
        this.link = link;
        this.connection = connection;
        this.lineBreaksBeside = lineBreaksBeside;
        log = context.parts().log();
        turn = context.parts().turn();
    }

    /** Goes on until the link breaks. @param silenceMs how long the master may send nothing */
    void run(long silenceMs) throws IOException {
        link.acknowledge(connection);
        // what is forced to the disk is told as soon as that is known
        Runnable end = atOnce ? log.onAcknowledged(this::forced) : () -> { };
        try {
            follow(silenceMs);
        } finally {
            end.run();
        }
    }

    private void forced() {
        try {
            link.acknowledge(connection);
        } catch (IOException e) {
            // the link's thread finds it out as well
        }
    }

    private void follow(long silenceMs) throws IOException {
        long acknowledgedAt = System.nanoTime();
        while (!link.closed()) {
            if (connection.start() < connection.end()) {
                apply();
            }
            long now = System.nanoTime();
            if (asked || atOnce && log.position() != told || now - acknowledgedAt >= ACKNOWLEDGED_EACH) {
                asked = false;
                acknowledgedAt = now;
                told = log.position();
                link.acknowledge(connection);
            }
            if (!connection.fill() && connection.silentMs() > silenceMs) {
                throw new IOException("it sent nothing for " + silenceMs + " ms");
            }
        }
    }

    private void apply() throws IOException {
        turn.take();
        try {
            // closed with the turn: what it would still apply belongs to nobody
            long sliceEnd = System.nanoTime() + SLICE_NANOS;
            int count = 0;
            while (!link.closed() && next()) {
                if (++count % STRIDE == 0 && System.nanoTime() > sliceEnd && turn.wanted()) {
                    context.batchOver();
                    turn.lend();
                    sliceEnd = System.nanoTime() + SLICE_NANOS;
                }
            }
            context.batchOver();
        } catch (ProtocolException e) {
            throw new IOException("it sent what is no command: " + e.getMessage(), e);
        } finally {
            turn.give();
        }
    }

    /** Applies the next command or transaction. @return false when it is not complete */
    private boolean next() throws IOException {
        byte[] buffer = connection.buffer();
        int start = connection.start();
        int limit = connection.end();
        while (lineBreaksBeside && start < limit && buffer[start] == '\n') {
            start++;
            connection.consumeTo(start);
        }
        if (start == limit) {
            return false;
        }
        if (scanned == 0) {
            int end = request.parse(buffer, start, limit, LIMITS);
            if (end < 0) {
                return false;
            }
            if (!isWord(request, "MULTI")) {
                run(request);
                append(request, start, end, 0);
                connection.consumeTo(end);
                return true;
            }
            scanned = end - start;
        }
        return transaction(buffer, start, limit);
    }

    private static boolean isWord(Request request, String word) {
        return request.size() > 0 && request.is(0, word);
    }

    private boolean transaction(byte[] buffer, int start, int limit) throws IOException {
        while (true) {
            int end = ahead.parse(buffer, start + scanned, limit, LIMITS);
            if (end < 0) {
                return false;
            }
            scanned = end - start;
            if (isWord(ahead, "EXEC") || isWord(ahead, "DISCARD")) {
                break;
            }
        }
        int end = start + scanned;
        scanned = 0;
        // it becomes part of this server's stream only when all of it was run: the link goes on at its start otherwise
        for (int at = start; at < end;) {
            at = request.parse(buffer, at, end, LIMITS);
            run(request);
        }
        for (int at = start; at < end;) {
            int next = request.parse(buffer, at, end, LIMITS);
            append(request, at, next, end - next);
            at = next;
        }
        connection.consumeTo(end);
        return true;
    }

    private void run(Arguments command) throws IOException {
        if (kind(command) != Entry.Kind.CONTROL) {
            try {
                context.run(command);
            } catch (IOException e) {
                throw new IOException("its stream has a command that cannot be applied here, and nothing is left out: "
                        + e.getMessage(), e);
            }
        } else if (command.size() > 1 && command.is(0, "REPLCONF") && command.is(1, "GETACK")) {
            asked = true;
        }
    }

    /** @param remaining not 0 when more of the same transaction follows */
    private void append(Arguments command, int start, int end, int remaining) {
        Entry.Kind kind = kind(command);
        log.appendForeign(kind, context.selected(), remaining, command,
                raw.set(connection.buffer(), start, end - start));
    }

    private static Entry.Kind kind(Arguments command) {
        if (command.size() == 0 || command.is(0, "PING") || command.is(0, "REPLCONF")) {
            return Entry.Kind.CONTROL;
        }
        return command.is(0, "PUBLISH") || command.is(0, "SPUBLISH") ? Entry.Kind.MESSAGE : Entry.Kind.EFFECT;
    }
}
