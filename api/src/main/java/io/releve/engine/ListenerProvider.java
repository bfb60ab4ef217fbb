package io.releve.engine;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A service: who can listen for clients. One of them does and offers {@link Listener}; others, of other versions, lie idle until
 * they take over. What is handed over are the listening sockets themselves: the kernel keeps those who connect meanwhile, so
 * nobody is refused.
 */
@ProviderType
public interface ListenerProvider {
    /** Whether it accepts connections. Any thread. */
    boolean listening();

    /** How many connections it serves; those it has accepted stay with it until they end. Any thread. */
    int connections();

    /**
     * Goes on in the place of another one.
     *
     * @param former null when nobody listens
     * @return how long nobody accepted, ns
     * @throws IOException in one sentence: why the former one goes on
     */
    long takeOver(ListenerProvider former) throws IOException;

    /**
     * Stops accepting and leaves its sockets, which stay open, to another one. When that fails it goes on itself.
     *
     * @return how long nobody accepted, ns
     * @throws IOException in one sentence: why it goes on
     */
    long handOver(Successor next) throws IOException;

    /** Who gets the sockets. */
    @ConsumerType
    interface Successor {
        /** @throws IOException in one sentence; the sockets are as they were then */
        void takeOver(List<ListeningSocket> sockets) throws IOException;
    }
}
