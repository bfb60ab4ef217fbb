package io.releve.sentinel.core;

import io.releve.format.guard.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What sentinel.conf says of one master: what the operator wrote, and what was learnt and must outlive a restart. Touched
 * by the sentinel's thread only. Directives and defaults: redis.io, High availability with Sentinel.
 */
public final class MasterConfig {
    /** A sentinel that was met before. */
    public record KnownSentinel(String id, Address address) {
    }

    /** Key of what an acceptor has promised, in {@link #remembered}. */
    public static final String PROMISES = "promises";

    public final String name;
    /** {@code monitor}: as the operator wrote it, or as the last failover left it. */
    public Address address;
    /** A replica that leads already, while the others are still told to follow it; null without one. */
    Address promoted;
    /** Sentinels that must agree that the master is down. */
    public int quorum;
    /** ms */
    public long downAfter = 30_000;
    /** ms */
    public long failoverTimeout = 180_000;
    public int parallelSyncs = 1;
    /** ms; 0: a master that has started again counts as up at once. */
    public long masterRebootDownAfter;
    /** Empty without one. */
    public String authUser = "";
    public String authPass = "";
    /** Path of a program, empty without one. */
    public String notificationScript = "";
    public String clientReconfigScript = "";
    /** Command in lower case to the name the servers know it by. */
    public final Map<String, String> renamedCommands = new TreeMap<>();
    /** A sentinel that decides between two hosts, null without one. Ours. */
    public Address witness;

    public long configEpoch;
    public long leaderEpoch;
    public final List<Address> knownReplicas = new ArrayList<>();
    public final List<KnownSentinel> knownSentinels = new ArrayList<>();
    /** What sentinels of ours remember beyond Redis' lines, a key and its words; written as comments, which Redis leaves alone. */
    public final Map<String, String> remembered = new TreeMap<>();

    public MasterConfig(String name, Address address, int quorum) {
        this.name = name;
        this.address = address;
        this.quorum = quorum;
    }

    /** Who leads in the epoch that is said: what is written, and told, together with it. */
    public Address leading() {
        return promoted == null ? address : promoted;
    }
}
