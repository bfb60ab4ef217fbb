package io.releve.sentinel.core;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may elect a leader, and what keeps anybody from being elected. Redis' rule is max(quorum, majority of the known
 * sentinels). Two hosts need another one, since the loss of either takes half of the votes: docs/sentinel-protocol.md.
 */
final class Electorate {
    /** Sentinel id to host id; an empty one where the host is not known, as with every sentinel that is not ours. */
    private final Map<String, String> hosts;
    private final int quorum;
    private final List<String> names;

    Electorate(Map<String, String> hosts, int quorum) {
        this.hosts = Map.copyOf(hosts);
        this.quorum = quorum;
        this.names = List.copyOf(new TreeSet<>(hosts.values()));
    }

    /** Whether the two-host rule holds, once the membership is settled. */
    boolean isTwoHosts() {
        return names.size() == 2 && !names.contains("");
    }

    boolean has(String id) {
        return hosts.containsKey(id);
    }

    Set<String> members() {
        return hosts.keySet();
    }

    String hostOf(String id) {
        return hosts.getOrDefault(id, "");
    }

    /** Redis' number of votes. */
    int majority() {
        return Math.max(quorum, hosts.size() / 2 + 1);
    }

    /**
     * Whether the votes make the candidate leader.
     *
     * @param masterHost id of the host the lost master is on, empty if unknown
     * @param masterHostSilent whether the candidate hears of nobody on that host any more
     */
    boolean elects(Set<String> votes, String candidate, String masterHost, boolean masterHostSilent) {
        int count = count(votes, null);
        if (!isTwoHosts()) {
            return count >= majority();
        }
        String own = hostOf(candidate);
        if (own.isEmpty() || count(votes, own) < majorityOf(own)) {
            return false;
        }
        return joint(votes) || masterHostSilent && !masterHost.isEmpty() && !own.equals(masterHost) && survivor(votes, own);
    }

    /** Epochs are dealt out to the two hosts in turn, so that halves that do not hear of each other never use the same. */
    boolean mayUse(String candidate, long epoch) {
        return !isTwoHosts() || has(candidate) && Math.floorMod(epoch, 2) == names.indexOf(hostOf(candidate));
    }

    /** Whether a candidate of this host could be elected with the votes of these. */
    boolean canLead(String candidate, Set<String> alive) {
        return !isTwoHosts() || count(alive, hostOf(candidate)) >= majorityOf(hostOf(candidate));
    }

    /** Whether nobody can be elected without one of those who have promised; the master's host is empty if unknown. */
    boolean blocks(Collection<String> promised, String masterHost) {
        Set<String> others = new TreeSet<>(hosts.keySet());
        others.removeAll(promised);
        if (!isTwoHosts()) {
            return others.size() < majority();
        }
        for (String host : names) {
            if (count(others, host) >= majorityOf(host)
                    && (joint(others) || !host.equals(masterHost) && survivor(others, host))) {
                return false;
            }
        }
        return true;
    }

    /** A majority of all that cannot be had without somebody from either host. */
    private boolean joint(Set<String> votes) {
        for (String host : names) {
            if (count(votes, host) < sizeOf(host) - majorityOf(host) + 1) {
                return false;
            }
        }
        return count(votes, null) >= majority();
    }

    /** The host that is left decides alone: the one who asks, and as many others as the quorum says. */
    private boolean survivor(Set<String> votes, String host) {
        return count(votes, host) >= Math.max(majorityOf(host), quorum + 1);
    }

    private int majorityOf(String host) {
        return sizeOf(host) / 2 + 1;
    }

    private int sizeOf(String host) {
        return (int) hosts.values().stream().filter(host::equals).count();
    }

    private int count(Set<String> ids, String host) {
        return (int) ids.stream().filter(id -> hosts.containsKey(id) && (host == null || hosts.get(id).equals(host))).count();
    }
}
