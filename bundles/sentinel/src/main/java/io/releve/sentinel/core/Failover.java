package io.releve.sentinel.core;

import io.releve.format.guard.Address;
import io.releve.format.guard.Arrangement;
import io.releve.format.guard.GuardAnswer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A change of the master, from the election to the last replica that follows the new one. The steps and their events are Redis'
 * (redis.io, High availability with Sentinel); PREPARE, CATCH_UP and AGREE are ours (docs/sentinel-protocol.md).
 */
final class Failover {
    /** Where it stands. */
    enum Step { NONE, WAIT_START, PREPARE, SELECT_SLAVE, CATCH_UP, AGREE, SEND_SLAVEOF_NOONE, WAIT_PROMOTION, RECONF_SLAVES, UPDATE_CONFIG }

    private static final long STAGGER = 150;
    /** ms for which a master holds its writes in a planned change. */
    static final long PAUSE = 2_000;

    private final Master master;
    private final Sentinel sentinel;
    private Step step = Step.NONE;
    private long epoch;
    /** When an election may next begin counts from here, also when it was another's. */
    private long startedAt = Long.MIN_VALUE / 2;
    private long stepSince;
    private long roundSince;
    private boolean isForced;
    private Server promoted;
    private final Map<String, List<Arrangement>> told = new HashMap<>();
    private final Set<String> agreed = new TreeSet<>();
    private final Set<Server> fresh = new java.util.HashSet<>();
    private long proposedAt;
    private long caughtUpTo = -1;
    /** The master's clock when it had stopped. */
    private long releasedClock;
    private boolean saidDelay;
    private long begunSince;

    Failover(Master master) {
        this.master = master;
        this.sentinel = master.sentinel;
        this.begunSince = sentinel.world.now();
    }

    boolean isRunning() {
        return step != Step.NONE;
    }

    boolean isElecting() {
        return step == Step.WAIT_START;
    }

    Step step() {
        return step;
    }

    long epoch() {
        return epoch;
    }

    Server promoted() {
        return promoted;
    }

    /** Whether this server is being made master. */
    boolean isLedTo(Server server) {
        return promoted == server && promoted != null && step.ordinal() >= Step.SEND_SLAVEOF_NOONE.ordinal();
    }

    /** This sentinel has voted for another. */
    void postpone(long from) {
        startedAt = from;
        saidDelay = false;
        if (isElecting() && !isForced) {
            reset();
        }
    }

    // ---- the beginning

    void startIfNeeded(long now) {
        if (isRunning() || !master.isObjectivelyDown && !isUnfinished(now)) {
            return;
        }
        long wait = 2 * master.config.failoverTimeout;
        if (now - startedAt < wait) {
            if (!saidDelay) {
                saidDelay = true;
                sentinel.event("+failover-delayed", master.server.described() + " next election in " + (wait - now + startedAt)
                        + " ms at the earliest", Event.Level.DEBUG, null);
            }
            return;
        }
        Set<String> alive = master.alive(now);
        List<String> candidates = new ArrayList<>(alive);
        long turn = STAGGER * candidates.indexOf(sentinel.config.id);
        if ((!master.isObjectivelyDown || now - master.objectivelyDownSince >= turn) && master.rules().canLead(sentinel.config.id, alive)) {
            start(now, !master.isObjectivelyDown);
        }
    }

    /** A leader has had another master accepted here, and was not heard of since: the change is to be finished. */
    private boolean isUnfinished(long now) {
        if (master.acceptor.arrangement().stamp().term() <= master.config.configEpoch) {
            begunSince = now;
        }
        return now - begunSince > master.config.downAfter + 2_000;
    }

    /** SENTINEL FAILOVER: whatever the others think. */
    void force() {
        start(sentinel.world.now(), true);
    }

    private void start(long now, boolean forced) {
        isForced = forced;
        startedAt = now + sentinel.world.random(1_000);
        saidDelay = false;
        nextEpoch(now);
        sentinel.event("+try-failover", master.server.described(), Event.Level.WARNING, master);
        enter(Step.WAIT_START, now);
        vote();
    }

    private void nextEpoch(long now) {
        epoch = Math.max(sentinel.config.currentEpoch, master.acceptor.arrangement().stamp().ballot()) + 1;
        if (!master.rules().mayUse(sentinel.config.id, epoch)) {
            epoch++;
        }
        sentinel.raise(epoch, master);
        roundSince = now;
    }

    private void vote() {
        master.vote(epoch, sentinel.config.id);
        long now = sentinel.world.now();
        master.peers().forEach(peer -> peer.ask(now, true));
    }

    private void enter(Step next, long now) {
        step = next;
        stepSince = now;
    }

    private void abort(String why) {
        sentinel.event(why, master.server.described(), Event.Level.WARNING, master);
        if (isForced && master.server.guard != null && master.server.guard.paused()) {
            master.server.pause(0, 0);
        }
        reset();
    }

    /** The master is another one: the next election need not wait for what was before. */
    void begin() {
        reset();
        startedAt = Long.MIN_VALUE / 2;
    }

    void reset() {
        step = Step.NONE;
        promoted = null;
        master.config.promoted = null;
        isForced = false;
        told.clear();
        agreed.clear();
        fresh.clear();
        caughtUpTo = -1;
        master.replicas.values().forEach(replica -> {
            replica.isPromoted = false;
            replica.reconfiguration = Server.Reconfiguration.NONE;
        });
    }

    // ---- the steps

    void tick(long now) {
        switch (step) {
            case WAIT_START -> waitForElection(now);
            case PREPARE -> prepare(now);
            case SELECT_SLAVE -> select(now);
            case CATCH_UP -> catchUp(now);
            case AGREE -> agree(now);
            case SEND_SLAVEOF_NOONE -> sendNoOne(now);
            case WAIT_PROMOTION -> {
                if (now - stepSince > master.config.failoverTimeout) {
                    abort("-failover-abort-slave-timeout");
                } else {
                    promoted.askInfo();
                }
            }
            case RECONF_SLAVES -> reconfigure(now);
            case UPDATE_CONFIG -> finish();
            default -> { }
        }
    }

    private void waitForElection(long now) {
        Set<String> votes = votes();
        if (isElected(votes, now)) {
            sentinel.event("+elected-leader", master.server.described(), Event.Level.WARNING, master);
            if (sentinel.fails(Sentinel.Failure.AFTER_ELECTION)) {
                return;
            }
            sentinel.world.reconfigured(master.config, "leader", "start", master.config.address, master.config.address);
            enter(Step.PREPARE, now);
            tellStep();
            tick(now);
            return;
        }
        if (isForced && !needsAgreement() && now - stepSince > 1_000) {
            enter(Step.SELECT_SLAVE, now);
            tellStep();
            return;
        }
        if (isTooLate(now)) {
            abort("-failover-abort-not-elected");
        } else if (isSplit() && now - roundSince > 150 + sentinel.world.random(450)) {
            nextEpoch(now);
            vote();
        }
    }

    /** Somebody has voted for another: in this epoch there may never be a leader. */
    private boolean isSplit() {
        return !master.hasVotedForItself(epoch)
                || master.peers().stream().anyMatch(peer -> peer.leaderEpoch >= epoch && !peer.leader.equals(sentinel.config.id));
    }

    private Set<String> votes() {
        Set<String> votes = new TreeSet<>();
        master.peers().stream().filter(peer -> peer.leaderEpoch == epoch && peer.leader.equals(sentinel.config.id)
                && !peer.isMisdirected()).forEach(peer -> votes.add(peer.id()));
        if (master.hasVotedForItself(epoch)) {
            votes.add(sentinel.config.id);
        }
        return votes;
    }

    private boolean isElected(Set<String> votes, long now) {
        String host = master.hostOf(master.config.address);
        long agree = master.peers().stream().filter(peer -> master.saysDown(peer, now)).count();
        boolean silent = !isForced && !host.isEmpty() && master.isHostSilent(host, now) && agree >= master.config.quorum;
        return votes.contains(sentinel.config.id) && master.rules().elects(votes, sentinel.config.id, host, silent);
    }

    /** Whether this change must be written down by those who voted, before it takes place. */
    private boolean needsAgreement() {
        return master.witness != null || copies().need() > 0;
    }

    /** Whether the witness is among those who have answered, if there is one. */
    private boolean hasWitness(Set<String> answered) {
        return master.witness == null || answered.contains(Master.WITNESS);
    }

    /** The time for an election, or for a step after it, is over. */
    private boolean isTooLate(long now) {
        return now - stepSince > Math.min(sentinel.timing.election(), master.config.failoverTimeout);
    }

    /** Sentinels that are not ours know nothing of copies: with them a group has Redis' guarantees. */
    private Set<String> withOthers(Set<String> ours) {
        Set<String> all = new TreeSet<>(ours);
        Set<String> votes = votes();
        master.peers().stream().filter(peer -> peer.hostId.isEmpty() && votes.contains(peer.id())).forEach(peer -> all.add(peer.id()));
        all.add(sentinel.config.id);
        all.remove(Master.WITNESS);
        return all;
    }

    /** What do those who voted, and the witness, know of the copies? */
    private void prepare(long now) {
        if (now - proposedAt > 200 || proposedAt < stepSince) {
            proposedAt = now;
            master.askAll("ARRANGEMENT", List.of(String.valueOf(epoch)), (id, reply) -> {
                List<String> words = Link.words(reply);
                if (step == Step.PREPARE && words != null) {
                    try {
                        List<Arrangement> known = Acceptor.parse(words);
                        known.forEach(sentinel::credible);
                        told.put(id, known);
                    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                        sentinel.event("-arrangement-refused", String.valueOf(e.getMessage()), Event.Level.NOTICE, null);
                    }
                }
            });
        }
        if (hasWitness(told.keySet()) && isElected(withOthers(told.keySet()), now)) {
            enter(Step.SELECT_SLAVE, now);
            tellStep();
        } else if (isTooLate(now)) {
            abort(!hasWitness(told.keySet()) ? "-failover-abort-no-witness" : "-failover-abort-not-elected");
        }
    }

    /** What those who voted, and this sentinel, know. */
    private Copies copies() {
        Map<String, List<Arrangement>> all = new HashMap<>(told);
        all.put(sentinel.config.id, master.acceptor.all());
        return new Copies(all, master.config.address, master::blocks);
    }

    private void select(long now) {
        Copies copies = copies();
        Server chosen;
        if (copies.need() > 0 && !isForced) {
            if (!havePromised(copies, now)) {
                if (isTooLate(now)) {
                    abort("-failover-abort-no-good-slave");
                }
                return;
            }
            chosen = complete(copies);
        } else {
            chosen = copies.begun() == null ? choose(now) : master.replicas.get(copies.begun());
        }
        if (chosen == null) {
            abort("-failover-abort-no-good-slave");
            return;
        }
        boolean agreeing = isForced && master.server.guard != null && chosen.guard != null;
        if (isForced && !agreeing && master.server.isOurs && chosen.isOurs && now - stepSince < 1_000) {
            // a link that has just been made: they have not answered yet
            master.server.askGuard();
            chosen.askGuard();
            return;
        }
        promoted = chosen;
        chosen.isPromoted = true;
        sentinel.event("+selected-slave", chosen.described(), Event.Level.WARNING, master);
        if (isForced && copies.need() > 0 && !agreeing) {
            abort("-failover-abort-no-good-slave");
            return;
        }
        if (agreeing) {
            enter(Step.CATCH_UP, now);
            master.server.pause(PAUSE, epoch);
        } else {
            enter(needsAgreement() ? Step.AGREE : Step.SEND_SLAVEOF_NOONE, now);
        }
        tellStep();
        tick(now);
    }

    /**
     * Enough of those whose copies may count have promised to acknowledge nothing more to a master of before this epoch, and
     * said what they have: every write that was ever answered is at one of them.
     */
    private boolean havePromised(Copies copies, long now) {
        Set<String> members = copies.members();
        for (Server replica : master.replicas.values()) {
            if (members.contains(replica.runId)) {
                if (replica.guard != null && replica.guard.promise() == epoch) {
                    replica.offset = replica.guard.offset();
                    fresh.add(replica);
                } else if (replica.isConnected()) {
                    replica.askPromise(epoch);
                }
            }
        }
        fresh.removeIf(replica -> !members.contains(replica.runId) || replica.isSubjectivelyDown || replica.guard == null);
        Set<String> promised = new TreeSet<>();
        fresh.forEach(replica -> promised.add(replica.runId));
        return copies.areEnough(promised) && (fresh.size() == members.size() || now - stepSince > 500);
    }

    /** The one that has most, if it counts in any case. */
    private Server complete(Copies copies) {
        long most = fresh.stream().mapToLong(replica -> replica.offset).max().orElse(-1);
        return fresh.stream().filter(replica -> replica.offset == most && copies.mayLead(replica.runId, replica.address)
                        && !replica.reportsMaster)
                .min(Comparator.comparingInt((Server s) -> s.priority == 0 ? Integer.MAX_VALUE : s.priority)
                        .thenComparing(s -> s.runId)).orElse(null);
    }

    boolean hasCandidate(long now) {
        return choose(now) != null;
    }

    private Server choose(long now) {
        long down = master.downFor(now);
        long infoAge = master.server.isSubjectivelyDown ? 5 * sentinel.timing.ping() : 3 * sentinel.timing.info();
        Comparator<Server> byPriority = Comparator.comparingInt((Server s) -> s.priority);
        Comparator<Server> byOffset = Comparator.comparingLong((Server s) -> -s.offset);
        Comparator<Server> byId = Comparator.comparing((Server s) -> s.runId.isEmpty() ? "~" : s.runId);
        return master.replicas.values().stream()
                .filter(s -> !s.isSubjectivelyDown && s.isConnected() && now - s.lastAvailable <= 5 * sentinel.timing.ping())
                .filter(s -> s.priority != 0 && s.infoRefreshed > 0 && now - s.infoRefreshed <= infoAge)
                .filter(s -> s.masterLinkDown <= down + 10 * master.config.downAfter)
                .min(byPriority.thenComparing(byOffset).thenComparing(byId)).orElse(null);
    }

    /**
     * A planned change: the old master has stopped its writes and promised to answer none before it is known to lead beyond this
     * epoch; the new one shall have all of them.
     */
    private void catchUp(long now) {
        if (now - stepSince > PAUSE * 3 / 4) {
            sentinel.event("-failover-slave-behind", promoted.described() + (caughtUpTo < 0 ? " the master has not paused"
                    : " at " + (promoted.guard == null ? "?" : promoted.guard.offset()) + " of " + caughtUpTo), Event.Level.WARNING, master);
            abort("-failover-abort-slave-behind");
        } else if (caughtUpTo < 0) {
            return;
        } else if (promoted.guard != null && promoted.guard.offset() >= caughtUpTo) {
            if (master.witness != null) {
                master.askAll("RELEASE", List.of(master.config.address.host(), String.valueOf(master.config.address.port()),
                        String.valueOf(releasedClock)), (id, reply) -> { });
                master.acceptor.released(master.config.address, releasedClock);
            }
            enter(needsAgreement() ? Step.AGREE : Step.SEND_SLAVEOF_NOONE, now);
            tellStep();
            tick(now);
        } else {
            promoted.askGuard();
        }
    }

    void guarded(Server from, GuardAnswer answer) {
        if (step == Step.CATCH_UP && from == master.server && answer.paused() && answer.promise() == epoch) {
            caughtUpTo = answer.offset();
            releasedClock = answer.clock();
            promoted.askGuard();
        }
    }

    private void agree(long now) {
        Copies copies = copies();
        List<String> words = List.of(String.valueOf(epoch), copies.stamp().toString(), promoted.address.host(),
                String.valueOf(promoted.address.port()), String.valueOf(copies.need()));
        if (proposedAt < stepSince || now - proposedAt > 150) {
            proposedAt = now;
            master.askAll("PROMOTE", words, (id, reply) -> {
                if (step == Step.AGREE && Long.valueOf(1).equals(reply)) {
                    agreed.add(id);
                }
            });
        }
        Set<String> all = withOthers(agreed);
        if (hasWitness(agreed) && isElected(all, now)
                && master.acceptor.promote(epoch, copies.stamp(), promoted.address, copies.need(), now)) {
            if (!master.savePromises()) {
                abort("-failover-abort-not-written");
                return;
            }
            enter(Step.SEND_SLAVEOF_NOONE, now);
            tellStep();
            tick(now);
        } else if (isTooLate(now)) {
            abort("-failover-abort-not-agreed");
        }
    }

    private void sendNoOne(long now) {
        if (!promoted.isConnected()) {
            if (now - stepSince > master.config.failoverTimeout) {
                abort("-failover-abort-slave-timeout");
            }
            return;
        }
        enter(Step.WAIT_PROMOTION, now);
        Server leads = promoted;
        promoted.follow(null, taken -> {
            if (taken) {
                leads.askInfo();
            }
        });
        sentinel.event("+failover-state-wait-promotion", promoted.described(), Event.Level.WARNING, master);
    }

    /** INFO of the chosen replica says that it leads. */
    void promoted(Server server) {
        if (step != Step.WAIT_PROMOTION || server != promoted || !server.reportsMaster) {
            return;
        }
        long now = sentinel.world.now();
        master.config.configEpoch = epoch;
        master.config.promoted = server.address;
        enter(Step.RECONF_SLAVES, now);
        sentinel.save();
        sentinel.event("+promoted-slave", server.described(), Event.Level.WARNING, master);
        if (sentinel.fails(Sentinel.Failure.AFTER_PROMOTION)) {
            return;
        }
        tellStep();
        sentinel.world.reconfigured(master.config, "leader", "start", master.config.address, server.address);
        master.server.publishHello();
        master.replicas.values().forEach(Server::publishHello);
        if (isForced && master.server.isOurs && master.server.isConnected()) {
            master.server.follow(server.address, taken -> { });
        }
        tick(now);
    }

    private void reconfigure(long now) {
        int busy = 0;
        int left = 0;
        boolean late = now - stepSince > master.config.failoverTimeout;
        for (Server replica : master.replicas.values()) {
            if (replica == promoted || replica.reconfiguration == Server.Reconfiguration.DONE) {
                continue;
            }
            if (replica.reconfiguration == Server.Reconfiguration.SENT && now - replica.reconfigurationSince > sentinel.timing.reconfigured()) {
                sentinel.event("-slave-reconf-sent-timeout", replica.described(), Event.Level.NOTICE, master);
                replica.reconfiguration = Server.Reconfiguration.NONE;
            }
            if (replica.reconfiguration != Server.Reconfiguration.NONE) {
                busy++;
            }
        }
        for (Server replica : master.replicas.values()) {
            if (replica == promoted || replica.reconfiguration == Server.Reconfiguration.DONE || replica.isSubjectivelyDown) {
                continue;
            }
            left++;
            if (replica.reconfiguration == Server.Reconfiguration.NONE && (busy < master.config.parallelSyncs || late)
                    && replica.isConnected()) {
                busy++;
                replica.reconfiguration = Server.Reconfiguration.SENT;
                replica.reconfigurationSince = now;
                replica.follow(promoted.address, taken -> replica.askInfo());
                sentinel.event("+slave-reconf-sent", replica.described(), Event.Level.NOTICE, master);
            }
        }
        if (left == 0 || late) {
            if (late && left > 0) {
                sentinel.event("+failover-end-for-timeout", master.server.described(), Event.Level.WARNING, master);
            }
            sentinel.event("+failover-end", master.server.described(), Event.Level.WARNING, master);
            enter(Step.UPDATE_CONFIG, now);
            tick(now);
        }
    }

    /** INFO of a replica: how far it is on its way. */
    void reconfigured(Server replica) {
        if (promoted == null || replica == promoted) {
            return;
        }
        boolean follows = replica.masterHost.equals(promoted.address.host()) && replica.masterPort == promoted.address.port();
        if (replica.reconfiguration == Server.Reconfiguration.SENT && follows) {
            replica.reconfiguration = Server.Reconfiguration.IN_PROGRESS;
            sentinel.event("+slave-reconf-inprog", replica.described(), Event.Level.NOTICE, master);
        }
        if (replica.reconfiguration == Server.Reconfiguration.IN_PROGRESS && replica.masterLinkUp) {
            replica.reconfiguration = Server.Reconfiguration.DONE;
            sentinel.event("+slave-reconf-done", replica.described(), Event.Level.NOTICE, master);
        }
    }

    private void finish() {
        Address old = master.config.address;
        Address successor = promoted.address;
        sentinel.event("+switch-master", master.config.name + " " + old.host() + " " + old.port() + " " + successor.host() + " "
                + successor.port(), Event.Level.WARNING, master);
        sentinel.world.reconfigured(master.config, "leader", "end", old, successor);
        master.switchTo(successor);
        sentinel.save();
        master.peers().forEach(Peer::exchangeState);
    }

    private void tellStep() {
        String name = "+failover-state-" + step.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        Server about = step == Step.SELECT_SLAVE || step == Step.RECONF_SLAVES || step == Step.PREPARE || promoted == null
                ? master.server : promoted;
        sentinel.event(name, about.described(), Event.Level.WARNING, master);
    }
}
