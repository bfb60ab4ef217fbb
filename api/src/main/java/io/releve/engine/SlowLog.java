package io.releve.engine;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Requests that took longer than {@code slowlog-log-slower-than} (redis.io, SLOWLOG). Used while the turn is held. */
@ProviderType
public interface SlowLog {
    /**
     * One request.
     *
     * @param id rises by one from entry to entry, also when the log is emptied
     * @param time when it was noted, seconds since the epoch
     * @param microseconds how long it took
     * @param words of the request, long ones and many of them cut short; secrets are left out
     * @param address of the client
     * @param name of the client
     */
    record Entry(long id, long time, long microseconds, List<byte[]> words, String address, String name) {
    }

    /** The newest entries first, at most so many; all of them with a negative count. */
    List<Entry> newest(long count);

    int size();

    void clear();
}
