package io.releve.replication;

import io.releve.command.Call;
import io.releve.info.InfoSection;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The replication of one engine: it leads replicas, or follows a master, or both (redis.io, Replication). Methods are called
 * while the turn is held unless they say otherwise.
 */
@ConsumerType
public interface Replication {
    /** The data is there: it begins to follow the master that the settings name, if any. */
    void start();

    /** Number of replicas that have confirmed the log up to a position. */
    int replicas(long position);

    /** Number of replicas that have confirmed that they have it on disk. */
    int durableReplicas(long position);

    /** Asks the replicas how far they are. */
    void askReplicas();

    /** ROLE. */
    void role(Call call);

    /** REPLICAOF and SLAVEOF. */
    void replicaOf(Call call);

    /** PSYNC and SYNC: the session becomes a replica's. */
    void synchronise(Call call);

    /** REPLCONF. */
    void configure(Call call);

    /** FAILOVER. */
    void failover(Call call);

    /** GUARD: a sentinel of ours tells who leads. */
    void guard(Call call);

    /** The time asked for with {@link ReplicationContext#reconsiderAt} is over: what may clients do now? */
    void reconsider();

    /** The session is gone. */
    void disconnected(io.releve.engine.Session session);

    /** Lines for INFO replication, all of them. */
    void describe(InfoSection.Lines lines);

    /** About ten times a second. */
    void tick();

    /** The server is about to stop: what replicas have not got yet is sent to them. @return whether all have everything */
    boolean drained();

    /** Ends all links. What the log knows stays, so that they can be taken up again. */
    void close();

    /** After {@link #close}: whether its threads have ended too, some of which may need the turn for that. Any thread. */
    default boolean ended() {
        return true;
    }
}
