package io.releve.contracts;

import io.releve.engine.Connection;
import io.releve.engine.Dispatcher;
import io.releve.engine.Lane;
import io.releve.engine.Session;
import io.releve.format.resp.ReplyBuffer;
import io.releve.format.resp.Request;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A client inside the JVM, without a socket: requests go to an engine's dispatcher as words and come back as the bytes a
 * listener would send. Not for several threads at once.
 */
public final class LocalClient implements Connection, AutoCloseable {
    private final Dispatcher dispatcher;
    private final Lane lane;
    private final Session session;
    private final Request request = new Request();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ReplyBuffer reply = new ReplyBuffer((bytes, length) -> out.write(bytes, 0, length));
    private boolean closed;
    private boolean suspended;

    public LocalClient(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
        lane = dispatcher.lane();
        session = dispatcher.connect(this);
        if (session == null) {
            throw new IllegalStateException("max number of clients reached");
        }
    }

    public Session session() {
        return session;
    }

    /** Runs one request and returns its raw reply; empty when it was held back (see {@link #suspended}). */
    public byte[] run(byte[]... words) {
        out.reset();
        reply.clear();
        reply.protocol(session.protocol());
        lane.begin();
        try {
            suspended = !lane.dispatch(session, request.words(List.of(words)), reply);
        } finally {
            lane.end();
            lane.flush();
        }
        out.write(reply.array(), 0, reply.length());
        byte[] answer = out.toByteArray();
        out.reset();
        return answer;
    }

    /** The same with words of text, one byte a character; returns the raw reply likewise. */
    public String run(String... words) {
        List<byte[]> bytes = new ArrayList<>();
        for (String word : words) {
            bytes.add(word.getBytes(StandardCharsets.ISO_8859_1));
        }
        return new String(run(bytes.toArray(byte[][]::new)), StandardCharsets.ISO_8859_1);
    }

    /** What has come by itself since the last request, raw: a late reply, messages. */
    public String received() {
        String text = out.toString(StandardCharsets.ISO_8859_1);
        out.reset();
        return text;
    }

    /** Whether the last request was held back. */
    public boolean suspended() {
        return suspended;
    }

    public boolean closed() {
        return closed;
    }

    @Override
    public Kind kind() {
        return Kind.EMBEDDED;
    }

    @Override
    public String remoteAddress() {
        return "127.0.0.1:0";
    }

    @Override
    public String localAddress() {
        return "127.0.0.1:0";
    }

    @Override
    public void send(byte[] message, long position) {
        out.writeBytes(message);
    }

    @Override
    public void resume() {
        suspended = false;
    }

    @Override
    public void close(boolean flush) {
        closed = true;
    }

    @Override
    public void close() {
        dispatcher.disconnect(session);
    }
}
