package io.releve.sentinel.core;

import io.releve.format.guard.Address;
import io.releve.format.guard.Arrangement;
import io.releve.format.guard.GuardAnswer;
import io.releve.format.guard.GuardRequest;
import io.releve.format.guard.Stamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One master that is watched, with its replicas and the other sentinels. */
final class Master {
    /** The id under which the witness answers. */
    static final String WITNESS = "";

    private static final long OPINION_VALID = 5_000;
    private static final int DESYNC = 1_000;

    final Sentinel sentinel;
    final MasterConfig config;
    Server server;
    final Map<Address, Server> replicas = new LinkedHashMap<>();
    final Failover failover;
    final Acceptor acceptor;
    final Lease lease;
    final Witness witness;
    boolean isObjectivelyDown;
    long objectivelyDownSince;
    /** Whom this sentinel voted for, empty without. */
    String leader = "";

    /** Somebody's answer to a request of SENTINEL PEER. */
    interface Answer {
        void from(String id, Object reply);
    }

    private final Map<String, Peer> peers = new LinkedHashMap<>();
    private final Membership membership;
    private InSync inSync;
    private boolean saidTwoHosts;
    /** Whether the master has said since this sentinel's start whose copies count, or has none. */
    private boolean hasToldCopies;

    Master(Sentinel sentinel, MasterConfig config) {
        this.sentinel = sentinel;
        this.config = config;
        this.failover = new Failover(this);
        this.server = new Server(this, config.address, false);
        this.lease = new Lease(this);
        this.inSync = new InSync(this);
        this.witness = config.witness == null ? null : new Witness(this, config.witness);
        this.acceptor = Acceptor.recall(config.remembered.get(MasterConfig.PROMISES), sentinel.world.now());
        this.membership = new Membership(sentinel.config.id, sentinel.world.hostId());
        membership.recall(config.remembered.get("prepared"), config.remembered.get("settled"));
        for (Address address : List.copyOf(config.knownReplicas)) {
            if (!address.equals(config.address)) {
                replicas.put(address, new Server(this, address, true));
            }
        }
        for (MasterConfig.KnownSentinel known : config.knownSentinels) {
            if (!known.id().equals(sentinel.config.id)) {
                addPeer(known.id(), known.address());
            }
        }
        String hosts = config.remembered.get("hosts");
        if (hosts != null) {
            for (String word : hosts.split(" ")) {
                Peer peer = peers.get(word.substring(0, Math.max(0, word.indexOf('@'))));
                if (peer != null) {
                    peer.hostId = word.substring(word.indexOf('@') + 1);
                    membership.know(peer.id(), peer.hostId);
                }
            }
        }
    }

    Collection<Peer> peers() {
        return peers.values();
    }

    Membership.Rules rules() {
        return membership.rules(config.quorum);
    }

    Membership membership() {
        return membership;
    }

    // ---- the beat

    void tick(long now) {
        server.tick(now);
        List.copyOf(replicas.values()).forEach(replica -> replica.tick(now));
        List.copyOf(peers.values()).forEach(peer -> peer.tick(now));
        if (witness != null) {
            witness.tick(now);
        }
        if (!sentinel.isTilted()) {
            act(now);
        }
    }

    private void act(long now) {
        boolean wrongRole = !server.reportsMaster && now - server.roleReportedSince > config.downAfter + 2 * sentinel.timing.info();
        boolean rebooted = config.masterRebootDownAfter > 0 && server.rebootedAt > 0
                && now - server.rebootedAt < config.masterRebootDownAfter;
        server.judge(now, wrongRole || rebooted);
        replicas.values().forEach(replica -> replica.judge(now, false));
        peers.values().forEach(peer -> peer.judge(now, false));
        if (witness != null) {
            witness.judge(now, false);
        }
        step();
        judgeObjectively(now);
        failover.startIfNeeded(now);
        failover.tick(now);
        if (server.isSubjectivelyDown || failover.isRunning()) {
            peers.values().forEach(peer -> peer.ask(now, failover.isElecting()));
        }
        if (!failover.isRunning()) {
            correctReplicas(now);
            inSync.tick(now);
        }
        lease.tick(now);
    }

    private void judgeObjectively(long now) {
        int agreed = 0;
        if (server.isSubjectivelyDown) {
            agreed = 1 + (int) peers.values().stream().filter(peer -> saysDown(peer, now)).count();
        }
        boolean down = server.isSubjectivelyDown && agreed >= config.quorum;
        if (down != isObjectivelyDown) {
            isObjectivelyDown = down;
            objectivelyDownSince = now;
            sentinel.event(down ? "+odown" : "-odown", server.described() + (down ? " #quorum " + agreed + "/" + config.quorum : ""),
                    Event.Level.WARNING, this);
        }
    }

    boolean saysDown(Peer peer, long now) {
        return peer.saysMasterIsDown && now - peer.saidAt < OPINION_VALID;
    }

    /** ms since the master was found to be down; 0 while it is not. */
    long downFor(long now) {
        return server.isSubjectivelyDown ? now - server.downSince : 0;
    }

    // ---- the other sentinels

    /** Whether this sentinel would lead in that epoch, as far as its own vote goes. */
    boolean hasVotedForItself(long epoch) {
        return config.leaderEpoch == epoch && leader.equals(sentinel.config.id);
    }

    /** What this sentinel tells another; as the words of a request, or as an answer. */
    List<String> state(boolean asRequest) {
        PeerState state = new PeerState(config.name, sentinel.config.id, sentinel.world.hostId(), sentinel.world.ownHosts(),
                sentinel.world.ownPort(), sentinel.config.currentEpoch, config.configEpoch, config.leading(),
                new Membership.Report(membership.view(), membership.prepared(), membership.settled()));
        List<String> words = new ArrayList<>();
        if (asRequest) {
            words.addAll(List.of("SENTINEL", "PEER", "STATE"));
        }
        words.addAll(state.words());
        return words;
    }

    /** Another sentinel of ours has told its state. */
    void heard(PeerState state) {
        if (!state.masterName().equals(config.name) || state.id().equals(sentinel.config.id)) {
            return;
        }
        // a sentinel of many addresses does not say which of them is its own: the one it was met at is
        String host = state.hosts().get(0).isEmpty() && peers.containsKey(state.id()) ? peers.get(state.id()).address.host() : state.hosts().get(0);
        Hello hello = new Hello(new Address(host, state.port()), state.id(), state.epoch(), state.masterName(),
                state.master(), state.configEpoch());
        if (!sentinel.accepts(hello)) {
            return;
        }
        Peer peer = peers.get(state.id());
        if (peer == null || !peer.address.equals(hello.sentinel())) {
            meet(hello);
            peer = peers.get(state.id());
        }
        peer.hosts = state.hosts();
        peer.report = state.report();
        peer.heard = true;
        peer.left = false;
        if (!peer.hostId.equals(state.hostId())) {
            peer.hostId = state.hostId();
            membership.know(peer.id(), peer.hostId);
            rememberHosts();
            sentinel.save();
        }
        learn(hello);
        step();
    }

    private void rememberHosts() {
        StringBuilder hosts = new StringBuilder();
        peers.values().stream().filter(peer -> !peer.hostId.isEmpty())
                .forEach(peer -> hosts.append(hosts.isEmpty() ? "" : " ").append(peer.id()).append('@').append(peer.hostId));
        remember("hosts", hosts.toString());
    }

    private void step() {
        if (!hasToldCopies) {
            // what was decided before this sentinel counted it must know, and have written down, when it counts
            return;
        }
        Map<String, Membership.Report> reports = new TreeMap<>();
        peers.values().stream().filter(peer -> peer.report != null).forEach(peer -> reports.put(peer.id(), peer.report));
        String preparedBefore = membership.prepared();
        String settledBefore = membership.settled();
        if (membership.step(reports)) {
            remember("prepared", membership.prepared());
            remember("settled", membership.settled());
            if (!sentinel.save()) {
                membership.recall(preparedBefore, settledBefore);
                remember("prepared", preparedBefore);
                remember("settled", settledBefore);
            } else if (!membership.settled().equals(settledBefore)) {
                sayTwoHosts();
            }
        }
    }

    private void sayTwoHosts() {
        boolean two = rules().isTwoHosts();
        if (two != saidTwoHosts) {
            saidTwoHosts = two;
            sentinel.event(two ? "+two-hosts" : "-two-hosts", server.described() + (two
                    ? " all sentinels are on two hosts: if one falls silent as a whole the other decides alone"
                    + (config.witness == null ? ", and a cut between them can leave two masters" : " with the witness") : ""),
                    Event.Level.NOTICE, this);
        }
    }

    private void remember(String key, String value) {
        if (value.isEmpty()) {
            config.remembered.remove(key);
        } else {
            config.remembered.put(key, value);
        }
    }

    /** Takes up a sentinel that is new, or has moved. */
    void meet(Hello hello) {
        Peer peer = peers.get(hello.id());
        if (peer != null && peer.address.equals(hello.sentinel())) {
            return;
        }
        for (Peer other : List.copyOf(peers.values())) {
            if (other != peer && other.address.equals(hello.sentinel())) {
                sentinel.event("+sentinel-invalid-addr", other.described(), Event.Level.NOTICE, this);
                removePeer(other);
            }
        }
        if (peer != null) {
            sentinel.event("+sentinel-address-switch", "master " + config.name + " " + config.address.host() + " "
                    + config.address.port() + " ip " + hello.sentinel().host() + " port " + hello.sentinel().port() + " for "
                    + hello.id(), Event.Level.NOTICE, this);
            peer.release();
            peer.address = hello.sentinel();
        } else {
            peer = addPeer(hello.id(), hello.sentinel());
            sentinel.event("+sentinel", peer.described(), Event.Level.NOTICE, this);
        }
        sentinel.save();
    }

    private Peer addPeer(String id, Address address) {
        Peer peer = new Peer(this, id, address);
        peers.put(id, peer);
        membership.know(id, "");
        return peer;
    }

    private void removePeer(Peer peer) {
        peers.remove(peer.id());
        membership.forget(peer.id());
        peer.release();
        rememberHosts();
    }

    /** A later election has decided on a master. */
    void learn(Hello hello) {
        Peer peer = peers.get(hello.id());
        if (peer != null) {
            peer.lastHello = sentinel.world.now();
            peer.heard = true;
        }
        if (hello.configEpoch() == config.configEpoch && config.configEpoch > 0 && !failover.isRunning()
                && !isSame(hello.master(), config.address) && sentinel.config.id.compareTo(hello.id()) > 0) {
            // failovers by hand need no votes, so two may have had the same epoch: one of them moves on
            sentinel.raise(sentinel.config.currentEpoch + 1, this);
            config.configEpoch = sentinel.config.currentEpoch;
            sentinel.event("+config-epoch-conflict", server.described() + " another sentinel takes " + hello.master()
                    + " for the master in the same epoch: now in " + config.configEpoch, Event.Level.WARNING, this);
            sentinel.save();
        }
        if (hello.configEpoch() > config.configEpoch) {
            config.configEpoch = hello.configEpoch();
            Address old = config.leading();
            if (!isSame(hello.master(), old)) {
                sentinel.event("+config-update-from", peer == null ? hello.id() : peer.described(), Event.Level.WARNING, this);
                sentinel.event("+switch-master", config.name + " " + old.host() + " " + old.port() + " "
                        + hello.master().host() + " " + hello.master().port(), Event.Level.WARNING, this);
                switchTo(hello.master());
                sentinel.world.reconfigured(config, "observer", "start", old, hello.master());
            }
            sentinel.save();
        }
    }

    Hello hello(String localHost) {
        String host = sentinel.world.ownHosts().isEmpty() || sentinel.world.ownHosts().get(0).isEmpty() ? localHost
                : sentinel.world.ownHosts().get(0);
        return new Hello(new Address(host.isEmpty() ? "127.0.0.1" : host, sentinel.world.ownPort()), sentinel.config.id,
                sentinel.config.currentEpoch, config.name, shown(config.leading()), config.configEpoch);
    }

    /** Whether a name and an address, or two of either, mean the same server. */
    private boolean isSame(Address one, Address other) {
        return one.equals(other) || shown(one).equals(shown(other));
    }

    /** An address as sentinels that resolve no names need it. */
    private Address shown(Address address) {
        return new Address(sentinel.world.shown(address.host()), address.port());
    }

    // ---- who is master

    /** Starts anew with another master; what was the master becomes a replica. */
    void switchTo(Address successor) {
        Address old = config.address;
        failover.begin();
        lease.forget();
        inSync = new InSync(this);
        List<Address> known = new ArrayList<>(replicas.keySet());
        server.release();
        replicas.values().forEach(Server::release);
        replicas.clear();
        config.address = successor;
        server = new Server(this, successor, false);
        known.remove(successor);
        if (!known.contains(old) && !old.equals(successor)) {
            known.add(old);
        }
        known.forEach(address -> addReplica(address));
        isObjectivelyDown = false;
        leader = "";
        peers.values().forEach(peer -> {
            peer.leader = "";
            peer.saysMasterIsDown = false;
        });
    }

    Server addReplica(Address address) {
        Server replica = new Server(this, address, true);
        replicas.put(address, replica);
        sentinel.event("+slave", replica.described(), Event.Level.NOTICE, this);
        return replica;
    }

    /** Forgets replicas and sentinels, as SENTINEL RESET asks. */
    void reset() {
        config.address = config.leading();
        failover.reset();
        lease.forget();
        List.copyOf(peers.values()).forEach(this::removePeer);
        replicas.values().forEach(Server::release);
        replicas.clear();
        server.release();
        server = new Server(this, config.address, false);
        isObjectivelyDown = false;
        leader = "";
        sentinel.event("+reset-master", server.described(), Event.Level.WARNING, this);
        sentinel.save();
    }

    void release() {
        failover.reset();
        peers.values().forEach(Instance::release);
        replicas.values().forEach(Instance::release);
        server.release();
        if (witness != null) {
            witness.release();
        }
    }

    // ---- what servers say

    void informed(Server from, InfoReply info) {
        long now = sentinel.world.now();
        String runId = info.runId();
        if (!runId.isEmpty() && !runId.equals(from.runId)) {
            if (!from.runId.isEmpty()) {
                sentinel.event("+reboot", from.described(), Event.Level.NOTICE, this);
                from.rebootedAt = now;
            }
            from.runId = runId;
        }
        from.isOurs = info.isOurs();
        hasToldCopies |= from == server && !info.isOurs();
        if (info.isMaster() || info.isReplica()) {
            if (from.reportsMaster != info.isMaster()) {
                from.reportsMaster = info.isMaster();
                from.roleReportedSince = now;
                sentinel.event(info.isMaster() == !from.isReplica ? "+role-change" : "-role-change", from.described()
                        + " new reported role is " + (info.isMaster() ? "master" : "slave"), Event.Level.NOTICE, this);
            }
        }
        if (info.isMaster()) {
            if (!from.isReplica) {
                info.replicas().stream().filter(address -> !replicas.containsKey(address) && !address.equals(config.address))
                        .limit(Math.max(0, 10_000 - replicas.size())).forEach(address -> {
                            addReplica(address);
                            sentinel.save();
                        });
            } else {
                failover.promoted(from);
            }
        } else if (info.isReplica()) {
            replica(from, info, now);
        }
    }

    private void replica(Server from, InfoReply info, long now) {
        String host = info.text("master_host");
        int port = (int) info.number("master_port", 0);
        if (!host.equals(from.masterHost) || port != from.masterPort) {
            from.masterHost = host;
            from.masterPort = port;
            from.masterChangedAt = now;
        }
        from.masterLinkUp = info.text("master_link_status").equals("up");
        from.masterLinkDown = Math.max(0, info.number("master_link_down_since_seconds", 0)) * 1_000;
        from.priority = (int) info.number("slave_priority", 100);
        from.offset = info.number("slave_repl_offset", 0);
        from.announced = info.number("replica_announced", 1) == 1;
        failover.reconfigured(from);
    }

    /** A server of ours has answered what the sentinels told it. */
    void guarded(Server from, GuardAnswer answer) {
        Arrangement said = answer.arrangement();
        if (from == server && answer.isMaster() && !said.stamp().equals(Stamp.NONE) && answer.epoch() <= config.configEpoch
                && sentinel.isCredible(said.stamp())) {
            Arrangement before = acceptor.published();
            acceptor.published(new Arrangement(said.stamp(), config.address, said.need(), said.members()));
            if (!acceptor.published().equals(before)) {
                savePromises();
            }
        }
        if (from == server) {
            hasToldCopies = true;
            lease.told(answer);
            inSync.told(answer);
        }
        failover.guarded(from, answer);
        if (from.isReplica && answer.isMaster() && answer.term() > config.configEpoch && !failover.isLedTo(from)
                && sentinel.isCredible(answer.term())) {
            learn(new Hello(hello("").sentinel(), sentinel.config.id, sentinel.config.currentEpoch, config.name, from.address, answer.term()));
        }
        if (!answer.fence().isEmpty() && from == server && answer.isMaster() && isInformed()) {
            from.askGuard();
        }
    }

    /** What GUARD tells a server: who leads, and what is needed to lead. */
    GuardRequest guardRequest(Server to) {
        boolean promoted = failover.isLedTo(to);
        Address leading = promoted ? to.address : config.leading();
        long epoch = promoted ? failover.epoch() : config.configEpoch;
        boolean leads = leading.equals(to.address);
        GuardRequest request = GuardRequest.of(config.name, sentinel.config.id, epoch, leads, leading, config.downAfter)
                .with(lease.said(leads && !failover.isRunning()));
        if (leads && !failover.isRunning()) {
            if (inSync.decided() != null) {
                request = request.with(inSync.decided());
            }
            if (to.guard != null && !to.guard.fence().isEmpty() && isInformed()) {
                request = request.confirming(to.guard.fence());
            }
        } else if (promoted && acceptor.published().stamp().term() == epoch && acceptor.published().need() > 0) {
            request = request.with(acceptor.published());
        }
        return request;
    }

    /** Whether those this sentinel has heard of since it started, or slept, would know of another master. */
    private boolean isInformed() {
        Set<String> heard = new TreeSet<>(Set.of(sentinel.config.id));
        peers.values().stream().filter(peer -> peer.heard).forEach(peer -> heard.add(peer.id()));
        return !sentinel.isTilted() && rules().blocks(heard, "");
    }

    /** Replicas that lead, or follow another, are put right. */
    private void correctReplicas(long now) {
        boolean sane = server.reportsMaster && !server.isSubjectivelyDown && !isObjectivelyDown
                && server.infoRefreshed > 0 && now - server.infoRefreshed < 2 * sentinel.timing.info();
        long hold = 4 * sentinel.timing.publish();
        for (Server replica : List.copyOf(replicas.values())) {
            if (!replica.isConnected() || replica.isSubjectivelyDown || now - replica.lastCommanded() < 1_000) {
                continue;
            }
            GuardAnswer guard = replica.guard;
            boolean outdated = guard != null && guard.isMaster() && isInformed()
                    && (guard.epoch() < config.configEpoch || !guard.fence().isEmpty());
            if (outdated) {
                correct(replica, "+convert-to-slave");
            } else if (replica.infoRefreshed > 0 && replica.reportsMaster && sane && now - replica.roleReportedSince > hold
                    && replica.isUpFor(hold, now) && server.isUpFor(hold, now)) {
                correct(replica, "+convert-to-slave");
            } else if (replica.infoRefreshed > 0 && !replica.reportsMaster && sane && !replica.masterHost.isEmpty()
                    && !followsMaster(replica) && now - replica.masterChangedAt > hold && replica.isUpFor(hold, now)
                    && server.isUpFor(hold, now)) {
                correct(replica, "+fix-slave-config");
            }
        }
    }

    boolean followsMaster(Server replica) {
        return replica.masterHost.equals(config.address.host()) && replica.masterPort == config.address.port();
    }

    private void correct(Server replica, String type) {
        sentinel.event(type, replica.described(), Event.Level.NOTICE, this);
        replica.follow(config.address, taken -> {
            if (taken) {
                replica.askInfo();
                replica.askGuard();
            }
        });
    }

    /** What was met, into the configuration that is about to be written. */
    void noteKnown() {
        config.knownReplicas.clear();
        config.knownReplicas.addAll(replicas.keySet());
        if (config.knownReplicas.remove(config.promoted)) {
            config.knownReplicas.add(config.address);
        }
        config.knownSentinels.clear();
        peers.values().forEach(peer -> config.knownSentinels.add(new MasterConfig.KnownSentinel(peer.id(), peer.address)));
    }

    // ---- promises

    /** Votes in an election, once in each epoch (docs/sentinel-protocol.md). */
    Vote vote(long epoch, String candidate) {
        sentinel.raise(epoch, this);
        if (config.leaderEpoch < epoch && sentinel.config.currentEpoch <= epoch && rules().mayUse(candidate, epoch)) {
            config.leaderEpoch = sentinel.config.currentEpoch;
            acceptor.voted(epoch);
            rememberPromises();
            if (!sentinel.save()) {
                leader = "";
                return new Vote("*", 0);
            }
            leader = candidate;
            sentinel.event("+vote-for-leader", candidate + " " + epoch, Event.Level.WARNING, this);
            if (!candidate.equals(sentinel.config.id)) {
                failover.postpone(sentinel.world.now() + sentinel.world.random(DESYNC));
            }
        }
        return new Vote(leader.isEmpty() ? "*" : leader, leader.isEmpty() ? 0 : config.leaderEpoch);
    }

    /** Whom this sentinel has voted for, and when. */
    record Vote(String leader, long epoch) {
    }

    private void rememberPromises() {
        config.remembered.put(MasterConfig.PROMISES, acceptor.remember());
    }

    boolean savePromises() {
        rememberPromises();
        return sentinel.save();
    }

    /** Arguments of GRANT. */
    List<String> grantWords(Address holder, long ms, long clock) {
        List<String> words = new ArrayList<>(List.of(holder.host(), String.valueOf(holder.port()), String.valueOf(config.configEpoch),
                String.valueOf(ms), String.valueOf(clock)));
        words.addAll(acceptor.published().words());
        return words;
    }

    /** Somebody grants nothing, since a leader has had another master accepted: that is to be finished. */
    void refused(Object reply) {
        List<String> words = Link.words(reply);
        if (words != null) {
            try {
                Arrangement accepted = Arrangement.parse(words);
                if (sentinel.isCredible(accepted.stamp()) && acceptor.adopt(accepted, sentinel.world.now())) {
                    savePromises();
                }
            } catch (IllegalArgumentException e) {
                sentinel.event("-arrangement-refused", String.valueOf(e.getMessage()), Event.Level.DEBUG, null);
            }
        }
    }

    boolean grantOwn(Address holder, long ms, long clock) {
        boolean written = acceptor.remembers(holder, ms);
        return acceptor.grant(holder, config.configEpoch, ms, clock, sentinel.world.now()) && (written || savePromises());
    }

    /** Sends a request to the witness and to the other sentinels of ours. */
    void askAll(String what, List<String> arguments, Answer answer) {
        List<String> words = new ArrayList<>(List.of("SENTINEL", "PEER", what, config.name));
        words.addAll(arguments);
        String[] request = words.toArray(String[]::new);
        if (witness != null) {
            witness.send(reply -> answer.from(WITNESS, reply), request);
        }
        for (Peer peer : peers.values()) {
            if (!peer.hostId.isEmpty() && !peer.isMisdirected()) {
                peer.send(reply -> answer.from(peer.id(), reply), request);
            }
        }
    }

    /** Whether nobody can come to lead without one of these; {@link #WITNESS} may be among them. */
    boolean blocks(Set<String> promised) {
        return promised.contains(WITNESS) || rules().blocks(promised, hostOf(config.address));
    }

    /** The host a server is on, as far as the sentinels' addresses tell; empty if they do not. */
    String hostOf(Address address) {
        if (sentinel.world.ownHosts().contains(address.host())) {
            return sentinel.world.hostId();
        }
        return peers.values().stream().filter(peer -> !peer.hostId.isEmpty())
                .filter(peer -> peer.hosts.contains(address.host()) || peer.address.host().equals(address.host()))
                .map(peer -> peer.hostId).findFirst().orElse("");
    }

    /** Nobody on that host has been heard of for as long as a master may be silent. */
    boolean isHostSilent(String hostId, long now) {
        return peers.values().stream().filter(peer -> peer.hostId.equals(hostId)).allMatch(peer -> peer.isSilent(now));
    }

    Set<String> alive(long now) {
        Set<String> alive = new TreeSet<>(Set.of(sentinel.config.id));
        peers.values().stream().filter(peer -> peer.isAlive(now)).forEach(peer -> alive.add(peer.id()));
        return alive;
    }
}
