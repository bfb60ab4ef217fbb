package io.releve.sentinel.core;

import io.releve.format.guard.Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a sentinel shows of what it watches. Names, order and number of the fields are those of redis-sentinel, as clients read
 * them by position too. On the sentinel's thread.
 */
public final class Overview {
    private final Sentinel sentinel;

    public Overview(Sentinel sentinel) {
        this.sentinel = sentinel;
    }

    /**
     * One master in a line.
     *
     * @param status ok, sdown or odown
     * @param sentinels this one included
     */
    public record Line(String name, String status, Address address, int replicas, int sentinels) {
    }

    /**
     * What INFO and ROLE show.
     *
     * @param tiltedFor ms, -1 outside of tilt mode
     */
    public record Summary(List<Line> masters, long tiltedFor, Set<Sentinel.Failure> simulated) {
    }

    public Summary summary() {
        List<Line> lines = sentinel.masters().stream().map(master -> new Line(master.config.name,
                master.isObjectivelyDown ? "odown" : master.server.isSubjectivelyDown ? "sdown" : "ok", shown(master.config.leading()),
                master.replicas.size(), master.peers().size() + 1)).toList();
        return new Summary(lines, sentinel.tiltedFor(), sentinel.simulated());
    }

    public boolean watches(String name) {
        return sentinel.master(name) != null;
    }

    /** Name, IP and so on, of a master. */
    public Map<String, String> master(String name) {
        return Fields.of(sentinel.master(name));
    }

    public List<Map<String, String>> masters() {
        return sentinel.masters().stream().map(Fields::of).toList();
    }

    public List<Map<String, String>> replicas(String name) {
        return sentinel.master(name).replicas.values().stream().map(Fields::of).toList();
    }

    public List<Map<String, String>> sentinels(String name) {
        return sentinel.master(name).peers().stream().map(Fields::of).toList();
    }

    /** Where clients find it, a promoted replica once it leads; null when it is not watched. */
    public Address currentMaster(String name) {
        Master master = sentinel.master(name);
        return master == null ? null : shown(master.config.leading());
    }

    private Address shown(Address address) {
        return new Address(sentinel.world.shown(address.host()), address.port());
    }

    public String described(String name) {
        return sentinel.master(name).server.described();
    }

    /** The last INFO of each server with its age in ms, by the name of the master; an age and a text of null where there is none. */
    public Map<String, List<Object>> infoCache(Set<String> names) {
        long now = sentinel.world.now();
        Map<String, List<Object>> all = new LinkedHashMap<>();
        for (String name : names) {
            Master master = sentinel.master(name);
            if (master == null) {
                continue;
            }
            List<Object> entries = new ArrayList<>();
            entries.add(cached(master.server, now));
            master.replicas.values().forEach(replica -> entries.add(cached(replica, now)));
            all.put(name, entries);
        }
        return all;
    }

    private static List<Object> cached(Server server, long now) {
        List<Object> entry = new ArrayList<>();
        entry.add(server.infoRefreshed == 0 ? 0L : now - server.infoRefreshed);
        entry.add(server.info.isEmpty() ? null : server.info);
        return entry;
    }

    /**
     * Whether a failover could be agreed upon now.
     *
     * @return a sentence that begins with OK or NOQUORUM
     */
    public String quorum(String name) {
        Master master = sentinel.master(name);
        Set<String> usable = new TreeSet<>(Set.of(sentinel.config.id));
        master.peers().stream().filter(peer -> !peer.isSubjectivelyDown && !peer.left && !peer.isMisdirected())
                .forEach(peer -> usable.add(peer.id()));
        StringBuilder wrong = new StringBuilder();
        if (usable.size() < master.config.quorum) {
            wrong.append(" Not enough available Sentinels to reach the specified quorum for this master");
        }
        String host = master.hostOf(master.config.address);
        boolean silent = !host.isEmpty() && !host.equals(sentinel.world.hostId())
                && master.peers().stream().noneMatch(peer -> peer.hostId.equals(host) && usable.contains(peer.id()));
        // what the quorum alone forbids is not said twice
        Membership.Rules rules = wrong.isEmpty() ? master.rules() : master.membership().rules(1);
        if (usable.stream().noneMatch(id -> rules.elects(usable, id, host, silent))) {
            wrong.append(wrong.isEmpty() ? "" : ".").append(" Not enough available Sentinels to reach the majority and authorize a failover");
        }
        return (wrong.isEmpty() ? "OK " : "NOQUORUM ") + usable.size() + " usable Sentinels."
                + (wrong.isEmpty() ? " Quorum and failover authorization can be reached" : wrong);
    }
}
