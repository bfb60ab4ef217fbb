package io.releve.keyspace;

import java.io.IOException;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * All databases of one engine, which owns it. Everything but {@link #usedMemory} and {@link #details} is called only while
 * the turn is held.
 */
@ConsumerType
public interface Keyspace {
    /** The provider's name. */
    String provider();

    Database database(int index);

    /** Exchanges two databases; both keep their identity, so views stay valid. */
    void swap(int first, int second);

    /**
     * Why the data is there or not, in one sentence for the log: found after a clean stop, new, or put aside because of
     * something.
     */
    String origin();

    /** Whether the data of an earlier run was found and is in use. */
    boolean restored();

    /** Bytes used by data, on the heap or mapped ({@code used_memory_dataset}). Any thread. */
    long usedMemory();

    /** Figures for INFO, name to value. Any thread. */
    Map<String, String> details();

    /**
     * A call is over: views handed out to it may be used again, and detached values that were not attached go away. Must
     * be cheap.
     */
    default void endCall() {
    }

    /**
     * Sees to it that changes with this much content can be made one after the other without a {@link FullException} in
     * between. What the keyspace has ready at any time suffices for 64 KiB.
     *
     * @throws FullException when there is no room
     */
    default void reserve(long bytes) {
    }

    /**
     * Does a slice of pending work (growth, giving pages back), stopping soon after {@code deadline}.
     *
     * @param deadline of {@link System#nanoTime}
     * @return whether more is to be done
     */
    boolean maintain(long deadline);

    /**
     * Begins a snapshot. There is one at a time.
     *
     * @throws IllegalStateException when there is one already
     */
    Snapshot snapshot(Snapshot.Sink sink);

    /**
     * Stops using the data.
     *
     * @param keep whether the data is to be found again by the next {@link KeyspaceProvider#open}; otherwise the files,
     *             if any, are of no further use
     * @param identity what {@link KeyspaceSettings#identity} must be for that
     * @throws IOException when the data could not be kept
     */
    void close(boolean keep, long identity) throws IOException;

    /** The same with the identity it was opened with. */
    void close(boolean keep) throws IOException;

    /** The memory or the disk for a change is not there; the change was not made. */
    final class FullException extends RuntimeException {
        public FullException(String message) {
            super(message, null, false, false);
        }
    }
}
