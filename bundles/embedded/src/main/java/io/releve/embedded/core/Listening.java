package io.releve.embedded.core;

import io.releve.embedded.MessageListener;
import io.releve.embedded.ReleveException;
import io.releve.embedded.Reply;
import io.releve.embedded.Subscription;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A subscription: a connection of its own in RESP3, and the thread that calls the listener. */
final class Listening implements Subscription, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

    private final EngineConnection connection;
    private final MessageListener listener;
    private final Thread thread;
    private volatile boolean closing;

    Listening(EngineConnection connection, MessageListener listener, String threadName) {
        this.connection = connection;
        this.listener = listener;
        connection.session().protocol(3);
        thread = new Thread(this, threadName);
        thread.setDaemon(true);
    }

    Listening start() {
        thread.start();
        return this;
    }

    boolean ended() {
        return !thread.isAlive();
    }

    @Override
    public void run() {
        try {
            while (true) {
                Reply push = connection.receive(TimeUnit.DAYS.toNanos(1));
                if (push != null && !closing) {
                    deliver(push.list());
                }
            }
        } catch (InterruptedException e) {
            connection.shut();
        } catch (ReleveException e) {
            if (!closing) {
                listener.onEnd(e);
            }
        }
    }

    private void deliver(List<Reply> parts) {
        try {
            switch (parts.get(0).text()) {
                case "message" -> listener.onMessage(null, parts.get(1).text(), parts.get(2).bytes());
                case "pmessage" -> listener.onMessage(parts.get(1).text(), parts.get(2).text(), parts.get(3).bytes());
                default -> {
                    // that something was subscribed
                }
            }
        } catch (RuntimeException e) {
            LOG.error("A listener of {} failed", parts.get(1), e);
        }
    }

    @Override
    public void subscribe(String... channels) {
        run("SUBSCRIBE", channels);
    }

    @Override
    public void unsubscribe(String... channels) {
        run("UNSUBSCRIBE", channels);
    }

    @Override
    public void psubscribe(String... patterns) {
        run("PSUBSCRIBE", patterns);
    }

    @Override
    public void punsubscribe(String... patterns) {
        run("PUNSUBSCRIBE", patterns);
    }

    private synchronized void run(String command, String... words) {
        connection.invocation.begin(command, false).addAll(words).reply();
    }

    @Override
    public void close() {
        closing = true;
        connection.shut();
        if (Thread.currentThread() != thread) {
            join();
        }
    }

    private void join() {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for its thread after the instance has closed the connection, for a while: the listener is somebody else's. */
    void awaitEnd() {
        if (Thread.currentThread() != thread) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
