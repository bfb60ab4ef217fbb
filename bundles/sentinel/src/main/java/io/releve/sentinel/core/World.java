package io.releve.sentinel.core;

import io.releve.format.guard.Address;

/** What a sentinel has from outside: time, chance, connections, a disk, and somebody to tell. All of it on its own thread. */
public interface World {
    /** ms of a clock that never goes back; its origin means nothing. */
    long now();

    /** ms since 1970, for what is shown to people and compared with the clock of a machine that slept. */
    long wallClock();

    /** 0 to bound - 1. */
    int random(int bound);

    /** Begins to connect; the owner hears of the outcome later, never within this call. */
    Link connect(Address to, Link.Owner owner);

    /** Puts the configuration on disk; false when it is not there for certain, and then nothing that rests on it may be said. */
    boolean save();

    /** Something happened. */
    void event(Event event);

    /** Runs {@code client-reconfig-script}: the words behind the path of the script. */
    void reconfigured(MasterConfig master, String role, String state, Address from, Address to);

    /** Names the machine this sentinel runs on, the same for all its sentinels. */
    String hostId();

    /** Under which addresses this sentinel can be reached, the announced one first; the others are those of its machine. */
    java.util.List<String> ownHosts();

    /** How a host is named to others: a name as its address, where names are not announced. */
    default String shown(String host) {
        return host;
    }

    /** The port it listens on or announces. */
    int ownPort();

    /** Ends the process without a word, as SIMULATE-FAILURE asks. */
    void crash();
}
