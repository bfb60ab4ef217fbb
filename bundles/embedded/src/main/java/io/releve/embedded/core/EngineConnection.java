package io.releve.embedded.core;

import io.releve.embedded.InterruptedCallException;
import io.releve.embedded.ReleveException;
import io.releve.embedded.Reply;
import io.releve.engine.Connection;
import io.releve.engine.Lane;
import io.releve.engine.Session;
import io.releve.format.resp.Request;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.LockSupport;

/** A session of the engine with its lane: runs requests on the thread that calls. */
final class EngineConnection implements Connection {
    private static final int IDLE = 0;
    private static final int RUNNING = 1;
    private static final int CLOSED = 2;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(EngineConnection.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final EngineReleve releve;
    private final Lane lane;
    private final Session session;
    private final Inbox inbox = new Inbox();
    final Output output = new Output();
    final LiveInvocation invocation = new LiveInvocation(this);
    private volatile int state;

    EngineConnection(EngineReleve releve) {
        this.releve = releve;
        lane = releve.dispatcher().lane();
        session = releve.dispatcher().connect(this);
        if (session == null) {
            throw new ReleveException("max number of clients reached");
        }
        session.authenticated(true);
    }

    Session session() {
        return session;
    }

    Inbox inbox() {
        return inbox;
    }

    // Running requests

    /**
     * From here to {@link #leave} the connection belongs to this thread. That it is not ended meanwhile is seen to where the turn is
     * held, see {@link #begin}, so that no more than a look is needed here.
     */
    private void enter() {
        if (state != IDLE) {
            throw state == CLOSED ? closed() : new IllegalStateException("Two threads use one connection at the same time");
        }
        STATE.setOpaque(this, RUNNING);
    }

    /** Who ends the connection at this moment may not see it, and looks again; see {@link #shut}. */
    private void leave() {
        STATE.setRelease(this, IDLE);
        if (inbox.closed() || session.closing()) {
            shut();
        }
    }

    private static ReleveException closed() {
        return new ReleveException("The connection is closed");
    }

    /** Back to where it was taken from for one command. */
    void giveBack() {
        releve.give(this);
    }

    /** Runs one request; its answer, and what else came with it, is in {@link #output} then. */
    void run(Request request) {
        enter();
        try {
            output.clear(session.protocol());
            dispatch(request);
        } finally {
            leave();
        }
    }

    /** Runs several requests, many for one turn; @return an answer for each, null where there is none */
    Reply[] runAll(List<Request> requests) {
        Reply[] replies = new Reply[requests.size()];
        enter();
        try {
            for (int done = 0; done < replies.length;) {
                done = batch(requests, done, replies);
            }
            return replies;
        } finally {
            leave();
        }
    }

    private int batch(List<Request> requests, int from, Reply[] replies) {
        int most = Math.min(requests.size(), from + Batch.MOST);
        int[] ends = new int[most - from];
        output.clear(session.protocol());
        boolean goOn = true;
        boolean waits = false;
        long position;
        int next = from;
        inbox.expectResume();
        begin();
        try {
            while (next < most && output.length() < Batch.MOST_BYTES) {
                goOn = lane.dispatch(session, requests.get(next), output.reply);
                if (!goOn) {
                    waits = session.blocked();
                    break;
                }
                output.reply.protocol(session.protocol());
                ends[next++ - from] = output.length();
            }
        } finally {
            position = end();
        }
        String late = acknowledged(position);
        byte[] bytes = output.array();
        for (int i = from, at = 0; i < next; at = ends[i - from], i++) {
            replies[i] = late == null ? answer(bytes, at, ends[i - from]) : error(late);
        }
        if (goOn) {
            return next;
        }
        output.clear(session.protocol());
        if (waits) {
            awaitAnswer();
        } else {
            awaitTurn();
            dispatch(requests.get(next));
        }
        replies[next] = answer(output.array(), 0, output.length());
        return next + 1;
    }

    /** How many requests run for one turn. */
    private static final class Batch {
        static final int MOST = 64;
        static final int MOST_BYTES = 1 << 20;
    }

    private void dispatch(Request request) {
        while (true) {
            boolean goOn;
            boolean waits;
            long position;
            inbox.expectResume();
            begin();
            try {
                goOn = lane.dispatch(session, request, output.reply);
                waits = !goOn && session.blocked();
            } finally {
                position = end();
            }
            if (goOn || waits) {
                String late = acknowledged(position);
                if (late != null) {
                    output.clear(session.protocol());
                    output.reply.error(late);
                }
            }
            if (waits) {
                awaitAnswer();
            } else if (!goOn) {
                awaitTurn();
                continue;
            }
            return;
        }
    }

    private String acknowledged(long position) {
        return releve.acknowledgements().missing(position)
                ? releve.acknowledgements().await(position, inbox::closed) : null;
    }

    /** The request was not consumed: CLIENT PAUSE, or its bundle is being exchanged. */
    private void awaitTurn() {
        try {
            if (!inbox.awaitResume()) {
                throw closed();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedCallException("Interrupted while commands are held back");
        }
    }

    /** The request was consumed and waits for a key, for copies, or for work done elsewhere. */
    private void awaitAnswer() {
        boolean interrupted = false;
        while (true) {
            try {
                if (!inbox.awaitResume()) {
                    throw closed();
                }
                break;
            } catch (InterruptedException e) {
                if (!interrupted && unblock()) {
                    inbox.takeAnswer();
                    Thread.currentThread().interrupt();
                    throw new InterruptedCallException("Interrupted while the command waits");
                }
                // it was served in the same moment, or is at work that has an end
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Inbox.Message answer = inbox.takeAnswer();
        if (answer != null) {
            String late = acknowledged(answer.position());
            output.append(late == null ? answer.bytes() : ("-" + late + "\r\n").getBytes(
                    java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private boolean unblock() {
        begin();
        try {
            return releve.engine().unblock(session, true);
        } finally {
            end();
        }
    }

    /** Begins a batch. The session of a connection that is ended goes with the turn: it is there to the batch's end, or not at all. */
    private void begin() {
        try {
            lane.begin();
        } catch (IllegalStateException e) {
            throw closed();
        }
        if (inbox.closed()) {
            end();
            throw closed();
        }
    }

    /** Ends the batch, and hands on at once what it has changed: no further input is waited for here. */
    private long end() {
        long position = lane.end();
        lane.flush();
        return position;
    }

    // Answers

    /**
     * The answer among what one request was answered: the first that is no push, else the first; null when there is none. The
     * others are kept for {@link #inbox}.
     */
    Reply answer(byte[] bytes, int from, int to) {
        Reply answer = null;
        int answerAt = -1;
        int answerEnd = -1;
        ReplyParser parser = new ReplyParser(bytes, from);
        while (parser.position() < to) {
            int at = parser.position();
            Reply next = parser.next();
            if (answer == null || answer.type() == Reply.Type.PUSH && next.type() != Reply.Type.PUSH) {
                answer = next;
                answerAt = at;
                answerEnd = parser.position();
            }
        }
        if (answer != null && (answerAt > from || answerEnd < to)) {
            keep(bytes, from, answerAt);
            keep(bytes, answerEnd, to);
        }
        return answer;
    }

    private void keep(byte[] bytes, int from, int to) {
        ReplyParser parser = new ReplyParser(bytes, from);
        while (parser.position() < to) {
            int at = parser.position();
            parser.next();
            inbox.add(Arrays.copyOfRange(bytes, at, parser.position()), 0);
        }
    }

    static Reply error(String message) {
        return Reply.of(Reply.Type.ERROR, message.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** What came by itself; null when nothing does in time. */
    Reply receive(long nanos) throws InterruptedException {
        Inbox.Message message = inbox.take(nanos);
        if (message == null) {
            if (inbox.closed()) {
                throw closed();
            }
            return null;
        }
        releve.acknowledgements().await(message.position(), inbox::closed);
        return new ReplyParser(message.bytes(), 0).next();
    }

    // End

    /** Ends it from any thread; one that waits in it hears of it. */
    void shut() {
        inbox.close();
        releve.acknowledgements().wake();
        while (!STATE.compareAndSet(this, IDLE, CLOSED)) {
            if (state == CLOSED) {
                return;
            }
            LockSupport.parkNanos(50_000);
        }
        releve.dispatcher().disconnect(session);
        releve.forget(this);
    }

    // Connection

    @Override
    public Kind kind() {
        return Kind.EMBEDDED;
    }

    @Override
    public String remoteAddress() {
        return "embedded:0";
    }

    @Override
    public String localAddress() {
        return "embedded:0";
    }

    @Override
    public void send(byte[] message, long position) {
        // SHUTDOWN answers with nothing
        if (message.length > 0 && !inbox.add(message, position)) {
            close(false);
        }
    }

    @Override
    public void resume() {
        inbox.resume();
    }

    /** The caller may have the turn, which the end needs: another thread sees to it. */
    @Override
    public void close(boolean flush) {
        inbox.close();
        ForkJoinPool.commonPool().execute(this::shut);
    }
}
