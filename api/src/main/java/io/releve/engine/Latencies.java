package io.releve.engine;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How long commands take, as distributions ({@code latency-tracking}), and single events that took longer than
 * {@code latency-monitor-threshold} (redis.io, Latency monitoring). Used while the turn is held.
 */
@ProviderType
public interface Latencies {
    /**
     * How often a command took how long.
     *
     * @param command lower case
     * @param microseconds upper ends of classes, each twice the one before
     * @param counts calls that took no longer
     */
    record Distribution(String command, long calls, List<Long> microseconds, List<Long> counts) {
    }

    /**
     * The worst of one second.
     *
     * @param time seconds since the epoch
     */
    record Sample(long time, long milliseconds) {
    }

    /**
     * What happened of one kind.
     *
     * @param samples the oldest first, at least one
     * @param worst of all time, ms
     */
    record Event(String name, List<Sample> samples, long worst) {
    }

    /** Distributions of the commands that have one: all of them, or those of a command (its subcommands with a container). */
    List<Distribution> distributions(String command);

    /** All events by name. */
    List<Event> events();

    /** The event of this name, or null. */
    Event event(String name);

    /** Forgets events: that of this name, or with null all of them. @return how many there were */
    int reset(String name);
}
