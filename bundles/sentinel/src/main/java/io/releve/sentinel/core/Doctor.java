package io.releve.sentinel.core;

import io.releve.format.guard.Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Says in plain words what a group will survive and what not. Unlike CKQUORUM it does not ask what is possible now, but takes
 * away one host, one sentinel and the witness in turn. It knows of sentinels of Redis what their addresses tell.
 */
public final class Doctor {
    private final Sentinel sentinel;

    public Doctor(Sentinel sentinel) {
        this.sentinel = sentinel;
    }

    /** Sentences about one master; those that ask for something to be done begin with an exclamation mark. */
    public List<String> examine(String name) {
        Master master = sentinel.master(name);
        List<String> findings = new ArrayList<>();
        long now = sentinel.world.now();
        Map<String, Set<String>> hosts = hosts(master);
        people(master, hosts, now, findings);
        votes(master, findings);
        losses(master, hosts, now, findings);
        cut(master, hosts, findings);
        oddities(master, now, findings);
        replicas(master, findings);
        return findings;
    }

    /** Sentinels by host: by what they tell, or by their address. */
    private Map<String, Set<String>> hosts(Master master) {
        Map<String, Set<String>> hosts = new TreeMap<>();
        String own = sentinel.world.hostId();
        hosts.computeIfAbsent(own, h -> new TreeSet<>()).add(sentinel.config.id);
        for (Peer peer : master.peers()) {
            String host = peer.address.host();
            if (!peer.hostId.isEmpty()) {
                host = peer.hostId;
            } else if (sentinel.world.ownHosts().contains(host)) {
                host = own;
            }
            hosts.computeIfAbsent(host, h -> new TreeSet<>()).add(peer.id());
        }
        return hosts;
    }

    private void people(Master master, Map<String, Set<String>> hosts, long now, List<String> findings) {
        long alive = master.alive(now).size();
        long foreign = master.peers().stream().filter(peer -> peer.hostId.isEmpty()).count();
        findings.add((master.peers().size() + 1) + " sentinels are known, " + alive + " of them answer; they are on " + hosts.size()
                + (hosts.size() == 1 ? " host." : " hosts.") + (foreign > 0 ? " " + foreign + " of them are not Relève's: the group has"
                + " Redis' guarantees, and hosts are told apart by addresses." : ""));
        if (hosts.size() == 1) {
            findings.add("! All sentinels are on one host: if it is lost, nobody is left to promote a replica.");
        }
    }

    private void votes(Master master, List<String> findings) {
        Membership.Rules rules = master.rules();
        int known = master.peers().size() + 1;
        findings.add("A failover needs " + rules.majority() + " votes of " + known + " (quorum " + master.config.quorum + ")"
                + (rules.isTwoHosts() ? ", or, when the master's host is silent as a whole, those of the sentinels of the other host: "
                + (master.config.quorum + 1) + " at least." : "."));
        if (master.config.quorum > known) {
            findings.add("! The quorum is " + master.config.quorum + ", but only " + known + " sentinels are known: the master is never"
                    + " taken for lost. Set it to " + (known / 2 + 1) + " or less.");
        }
    }

    private void losses(Master master, Map<String, Set<String>> hosts, long now, List<String> findings) {
        String masterHost = master.hostOf(master.config.address);
        Set<String> alive = master.alive(now);
        Map<String, String> failures = new LinkedHashMap<>();
        hosts.forEach((host, ids) -> {
            boolean takesMaster = host.equals(masterHost) || masterHost.isEmpty() && host.equals(master.config.address.host());
            Set<String> left = new TreeSet<>(alive);
            left.removeAll(ids);
            boolean goesOn = left.stream().anyMatch(id -> master.rules().elects(left, id, masterHost, takesMaster));
            if (!goesOn) {
                failures.put(host, takesMaster ? "with the master on it: no failover" : "the master stays, but if it is lost afterwards: no failover");
            }
        });
        failures.forEach((host, what) -> findings.add("! If host " + shown(master, host, hosts) + " is lost, " + what
                + "; the sentinels that are left are too few."));
        for (String id : alive) {
            Set<String> left = new TreeSet<>(alive);
            left.remove(id);
            boolean possible = left.stream().anyMatch(each -> master.rules().elects(left, each, masterHost, false));
            boolean hostLoss = hosts.values().stream().anyMatch(ids -> ids.size() > 1 && ids.contains(id));
            if (!possible && !hostLoss && !failures.isEmpty()) {
                continue;
            }
            if (!possible) {
                findings.add("! If sentinel " + id.substring(0, 8) + " stops, a failover with all hosts there is not possible any more.");
            }
        }
        if (failures.isEmpty() && hosts.size() > 1) {
            findings.add(master.peers().stream().anyMatch(peer -> peer.hostId.isEmpty())
                    ? "As far as addresses tell, the loss of any single host leaves sentinels enough for a failover; two addresses of one"
                    + " machine count as two hosts." : "The loss of any single host leaves sentinels enough for a failover.");
        }
        if (master.witness != null) {
            findings.add((master.witness.isSubjectivelyDown || !master.witness.isConnected() ? "! The witness " + master.config.witness
                    + " does not answer: until it does, no replica is promoted, whatever is lost." : "The witness " + master.config.witness
                    + " answers. If it is lost no replica is promoted until it is back; the master goes on."));
        }
    }

    /** By the addresses of its sentinels. */
    private String shown(Master master, String host, Map<String, Set<String>> hosts) {
        Set<String> addresses = new TreeSet<>();
        if (hosts.get(host).contains(sentinel.config.id)) {
            addresses.add(sentinel.world.ownHosts().get(0));
        }
        master.peers().stream().filter(peer -> hosts.get(host).contains(peer.id())).forEach(peer -> addresses.add(peer.address.host()));
        return String.join(", ", addresses) + " (" + hosts.get(host).size() + (hosts.get(host).size() == 1 ? " sentinel)" : " sentinels)");
    }

    private void cut(Master master, Map<String, Set<String>> hosts, List<String> findings) {
        int need = master.acceptor.arrangement().need();
        if (master.rules().isTwoHosts()) {
            if (master.witness != null) {
                findings.add("In a cut between the two hosts the side that reaches the witness goes on, the master's first.");
            } else if (need > 0) {
                findings.add("In a cut between the two hosts the replica's side goes on; the old master answers no writes, since it has no copy"
                        + " (min-replicas-to-ack). The same if the replica's host is lost: the master cannot tell it from a cut. A witness on a"
                        + " third machine would let it go on.");
            } else {
                findings.add("! In a cut between the two hosts both go on as masters. What is written to the old one is lost when the cut heals."
                        + " A witness on a third machine, or min-replicas-to-ack 1, prevents that.");
            }
        } else if (hosts.size() == 2 && !master.peers().isEmpty()) {
            findings.add("In a cut between the two hosts " + (master.membership().settled().isEmpty() && master.peers().stream()
                    .noneMatch(peer -> peer.hostId.isEmpty()) ? "nothing is decided yet: the sentinels have not all agreed upon who they are."
                    : "a side goes on only if it has " + master.rules().majority() + " sentinels."));
        }
        if (need > 0) {
            int copies = master.acceptor.arrangement().members().size();
            findings.add("Writes are answered when " + need + " of " + copies + " copies in sync have them; "
                    + (copies == 0 ? "at the moment the master is alone, and if it is lost nobody is promoted." : "no answered write is lost"
                    + " with up to " + need + " of these servers."));
        } else {
            findings.add("Writes are answered before replicas have them: the last moments before a failure may be lost"
                    + " (min-replicas-to-ack 1 would keep them).");
        }
    }

    private void oddities(Master master, long now, List<String> findings) {
        Map<Address, String> seen = new LinkedHashMap<>();
        for (Peer peer : master.peers()) {
            String other = seen.putIfAbsent(peer.address, peer.id());
            if (other != null) {
                findings.add("! Sentinels " + other.substring(0, 8) + " and " + peer.id().substring(0, 8) + " announce the same address "
                        + peer.address + ": others take them for one.");
            }
            if (peer.isMisdirected()) {
                findings.add("! " + peer.address + " is announced by sentinel " + peer.id().substring(0, 8)
                        + ", but somebody else answers there, perhaps this sentinel itself. Redis would count one vote twice. Give every sentinel"
                        + " a bind or announce-ip of its own.");
            } else if (peer.isSubjectivelyDown) {
                findings.add("! Sentinel " + peer.id().substring(0, 8) + " at " + peer.address + " has been silent for "
                        + (now - peer.downSince) / 1_000 + " s, and counts for the number of votes needed. If it is gone for good:"
                        + " SENTINEL RESET " + master.config.name + " on each sentinel.");
            }
        }
    }

    private void replicas(Master master, List<String> findings) {
        if (master.replicas.isEmpty()) {
            findings.add("! The master has no replica: there is nobody to promote.");
            return;
        }
        boolean candidate = false;
        for (Server replica : master.replicas.values()) {
            if (replica.isSubjectivelyDown || !replica.isConnected()) {
                findings.add("! Replica " + replica.address + " does not answer.");
            } else if (!replica.masterLinkUp) {
                findings.add("! Replica " + replica.address + " has no link to its master" + (replica.masterLinkDown > 0 ? ", for "
                        + replica.masterLinkDown / 1_000 + " s." : "."));
            } else if (replica.priority > 0) {
                candidate = true;
            }
        }
        if (!candidate) {
            findings.add("! No replica can be promoted now" + (master.replicas.values().stream().allMatch(r -> r.priority == 0)
                    ? ": all have replica-priority 0." : "."));
        }
    }
}
