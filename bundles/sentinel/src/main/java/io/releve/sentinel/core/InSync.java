package io.releve.sentinel.core;

import io.releve.format.guard.Arrangement;
import io.releve.format.guard.GuardAnswer;
import io.releve.format.guard.Stamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Changes whose copies count: lets a master go on without replicas that are gone, and takes up those that have caught up. It is
 * decided when those who wrote it down keep everybody else from being elected, so that nobody without all answered writes
 * can come to lead (docs/sentinel-protocol.md).
 */
final class InSync {
    /** ms that an election has, from the vote on, to bring another master in. */
    private static final long ELECTION = Failover.PAUSE + 1_000;

    private final Master master;
    private final Set<String> accepted = new TreeSet<>();
    private Arrangement proposed;
    private Stamp base;
    private Arrangement decided;
    private Arrangement wish = Arrangement.NONE;
    private long proposedAt;
    private Arrangement lingering = Arrangement.NONE;
    private long lingeringSince;
    /** The highest election something was promised to, and since when. */
    private long ballot;
    private long ballotSince;
    /** Since when a member is not to be found. */
    private final Map<String, Long> missing = new HashMap<>();

    InSync(Master master) {
        this.master = master;
    }

    /** What the master is to be told; null while nothing is decided that it does not know. */
    Arrangement decided() {
        return decided == null || decided.stamp().compareTo(master.acceptor.arrangement().stamp()) < 0 ? null : decided;
    }

    /** The master has said what it works by, and what it asks for. */
    void told(GuardAnswer answer) {
        wish = answer.isMaster() && answer.epoch() == master.config.configEpoch ? answer.wish() : Arrangement.NONE;
    }

    void tick(long now) {
        Arrangement current = master.acceptor.arrangement();
        Arrangement said = master.acceptor.published();
        Arrangement asked = wish.equals(Arrangement.NONE) ? current : wish;
        if (!current.equals(lingering)) {
            lingering = current;
            lingeringSince = now;
        }
        if (master.acceptor.ballot() != ballot) {
            ballot = master.acceptor.ballot();
            ballotSince = now;
        }
        if (current.need() == 0 && asked.need() == 0 || master.server.isSubjectivelyDown || current.stamp().term() > master.config.configEpoch
                || now - proposedAt < master.config.downAfter / 8 + 100) {
            return;
        }
        missing.keySet().retainAll(asked.members());
        List<String> kept = asked.members().stream().filter(id -> !isGone(id, now)).toList();
        Stamp before = current.stamp();
        boolean bound = ballot > master.config.configEpoch && ballot >= before.ballot();
        if (bound && isUndecided(now)) {
            return;
        }
        // what was proposed and came to nothing is in the way of what comes later
        boolean stuck = current != said && now - lingeringSince > master.config.downAfter / 2;
        if (kept.equals(current.members()) && asked.need() == current.need() && !bound && !stuck) {
            return;
        }
        proposedAt = now;
        base = before;
        // an election that came to nothing leaves promises behind, which bind until it is known that the master leads beyond them
        long next = bound ? Math.max(ballot, master.sentinel.config.currentEpoch) + 1 : before.ballot();
        proposed = new Arrangement(new Stamp(master.config.configEpoch, next, before.version() + 1), master.config.address,
                asked.need(), kept);
        accepted.clear();
        accepted.add(master.sentinel.config.id);
        Arrangement proposal = proposed;
        List<String> words = new ArrayList<>(List.of(base.toString()));
        words.addAll(proposal.words());
        master.askAll("PROPOSE", words, (id, reply) -> {
            if (proposal == proposed && Long.valueOf(1).equals(reply)) {
                accepted.add(id);
                decide();
            }
        });
    }

    /**
     * Whether the election may still succeed: who does not miss the master yet must not overtake one who does. The leader itself
     * knows when it has come to nothing.
     */
    private boolean isUndecided(long now) {
        return !master.hasVotedForItself(ballot) && now - ballotSince < ELECTION;
    }

    private void decide() {
        if (decided == proposed || !master.blocks(accepted)) {
            return;
        }
        int before = master.acceptor.arrangement().members().size();
        if (!master.acceptor.propose(base, proposed) || !master.savePromises()) {
            return;
        }
        decided = proposed;
        if (decided.members().size() < before) {
            master.sentinel.event("+in-sync-shrunk", master.server.described() + " goes on with "
                    + (decided.members().isEmpty() ? "no replica" : String.join(",", decided.members())), Event.Level.WARNING, master);
        }
        master.server.askGuard();
    }

    /** A replica that has started again is another one; one that is down, or has lost its master, does not count. */
    private boolean isGone(String runId, long now) {
        Server replica = master.replicas.values().stream().filter(each -> each.runId.equals(runId)).findFirst().orElse(null);
        boolean up = replica != null && !replica.isSubjectivelyDown && (replica.masterLinkUp || replica.infoRefreshed == 0);
        if (up) {
            missing.remove(runId);
            return false;
        }
        long since = missing.computeIfAbsent(runId, id -> now);
        if (replica != null) {
            return replica.isSubjectivelyDown || now - since > master.config.downAfter;
        }
        return now - since > master.config.downAfter + master.sentinel.timing.info();
    }
}
