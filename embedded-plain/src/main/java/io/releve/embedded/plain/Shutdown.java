package io.releve.embedded.plain;

import io.releve.engine.Lifecycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SHUTDOWN ends the instance, not the program it is in. */
final class Shutdown implements Lifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private final String instance;
    private volatile Runnable work = () -> { };

    Shutdown(String instance) {
        this.instance = instance;
    }

    void work(Runnable newWork) {
        work = newWork;
    }

    @Override
    public void failed(String sentence) {
        LOG.error(sentence);
        stop();
    }

    /** Whoever asks may have the turn, which the end needs. */
    @Override
    public void stop() {
        new Thread(work, "releve-" + instance + "-stop-1").start();
    }
}
