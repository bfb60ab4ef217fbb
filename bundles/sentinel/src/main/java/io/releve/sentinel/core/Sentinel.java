package io.releve.sentinel.core;

import io.releve.format.guard.Address;
import io.releve.format.guard.Arrangement;
import io.releve.format.guard.Stamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A sentinel: what it thinks, from what it is told and from the passing of time. Everything on one thread. */
public final class Sentinel {
    /** Ends it asks for itself, to see how the others get on: SENTINEL SIMULATE-FAILURE. */
    public enum Failure { AFTER_ELECTION, AFTER_PROMOTION }

    /** An epoch this much beyond what is known was not reached by elections. */
    private static final long LEAP = 1L << 32;

    final World world;
    final SentinelConfig config;
    final Timing timing = new Timing();
    private final Map<String, Master> masters = new LinkedHashMap<>();
    private final Map<String, Acceptor> witnessed = new LinkedHashMap<>();
    private final Set<Failure> failures = EnumSet.noneOf(Failure.class);
    private long lastTick;
    private long lastWall;
    private boolean tilted;
    private long tiltedSince;
    private boolean unsaved;
    private long saveTried;

    public Sentinel(World world, SentinelConfig config) {
        this.world = world;
        this.config = config;
        lastTick = world.now();
        lastWall = world.wallClock();
        config.remembered.forEach((name, promises) -> witnessed.put(name, Acceptor.recall(promises, lastTick)));
        config.masters.values().forEach(this::watch);
    }

    private Master watch(MasterConfig of) {
        Master master = new Master(this, of);
        masters.put(of.name, master);
        event("+monitor", master.server.described() + " quorum " + of.quorum, Event.Level.WARNING, master);
        return master;
    }

    /** Every 50 to 100 ms. */
    public void tick() {
        long now = world.now();
        long wall = world.wallClock();
        long gap = Math.max(now - lastTick, wall - lastWall);
        if (gap > timing.tiltTrigger() || wall - lastWall < -timing.tiltTrigger()) {
            tilted = true;
            tiltedSince = now;
            event("+tilt", "#tilt mode entered", Event.Level.WARNING, null);
        }
        for (Master master : masters.values()) {
            if (gap > Math.min(timing.tiltTrigger(), master.config.downAfter / 2)) {
                master.peers().forEach(peer -> peer.heard = false);
            }
        }
        lastTick = now;
        lastWall = wall;
        if (tilted && now - tiltedSince > timing.tilt()) {
            tilted = false;
            event("-tilt", "#tilt mode exited", Event.Level.WARNING, null);
        }
        if (unsaved && now - saveTried > 1_000) {
            save();
        }
        for (Master master : List.copyOf(masters.values())) {
            master.tick(now);
        }
    }

    boolean isTilted() {
        return tilted;
    }

    long tiltedFor() {
        return tilted ? world.now() - tiltedSince : -1;
    }

    Collection<Master> masters() {
        return masters.values();
    }

    /** Null when there is none of this name. */
    Master master(String name) {
        return masters.get(name);
    }

    /** Writes the configuration; tried again each second until it is written. */
    public boolean save() {
        saveTried = world.now();
        masters.values().forEach(Master::noteKnown);
        unsaved = !world.save();
        return !unsaved;
    }

    void event(String type, String text, Event.Level level, Master master) {
        world.event(new Event(type, text, level, master == null ? null : master.config));
    }

    /** A later epoch has been heard of. */
    void raise(long epoch, Master because) {
        if (epoch > config.currentEpoch) {
            config.currentEpoch = epoch;
            save();
            event("+new-epoch", String.valueOf(epoch), Event.Level.WARNING, because);
        }
    }

    /** Whether elections can have led to an epoch, by what is known here. */
    boolean isCredible(long epoch) {
        return epoch - config.currentEpoch < LEAP;
    }

    /** Whether an arrangement can have come to be, by what is known here: one from too far ahead would stand in the way of all others. */
    boolean isCredible(Stamp stamp) {
        return isCredible(stamp.term()) && isCredible(stamp.ballot()) && stamp.version() < LEAP;
    }

    boolean fails(Failure failure) {
        if (failures.contains(failure)) {
            world.crash();
            return true;
        }
        return false;
    }

    /**
     * SENTINEL FAILOVER.
     *
     * @return empty, or the error
     */
    public String failover(String name) {
        Master master = masters.get(name);
        if (master == null) {
            return "ERR No such master with that name";
        }
        if (master.failover.isRunning()) {
            return "INPROG Failover already in progress";
        }
        if (!master.failover.hasCandidate(world.now())) {
            return "NOGOODSLAVE No suitable replica to promote";
        }
        master.failover.force();
        return "";
    }

    // ---- what is watched

    public Timing timing() {
        return timing;
    }

    /** The failures that are simulated. */
    public Set<Failure> simulated() {
        return Set.copyOf(failures);
    }

    /** Watches another master from now on. False, and nothing is changed, when that cannot be written down. */
    public boolean monitor(MasterConfig of) {
        config.masters.put(of.name, of);
        if (!save()) {
            config.masters.remove(of.name);
            return false;
        }
        watch(of);
        return true;
    }

    /** Watches a master no longer. False, and nothing is changed, when that cannot be written down. */
    public boolean remove(String name) {
        Map<String, MasterConfig> before = new LinkedHashMap<>(config.masters);
        Master master = masters.remove(name);
        config.masters.remove(name);
        if (!save()) {
            config.masters.clear();
            config.masters.putAll(before);
            masters.put(name, master);
            return false;
        }
        event("-monitor", master.server.described(), Event.Level.WARNING, master);
        master.release();
        return true;
    }

    /** Forgets the replicas and sentinels of a master. */
    public void reset(String name) {
        masters.get(name).reset();
    }

    /** Tells the other sentinels of ours that this one stops. @param answered is run for each that has heard it; @return how many are told */
    public int leave(Runnable answered) {
        Map<String, Peer> others = new LinkedHashMap<>();
        masters.values().forEach(master -> master.peers().stream().filter(Instance::isConnected)
                .forEach(peer -> others.putIfAbsent(peer.id(), peer)));
        others.values().forEach(peer -> peer.send(reply -> answered.run(), "SENTINEL", "PEER", "BYE", config.id));
        return others.size();
    }

    /** Closes all links. */
    public void close() {
        masters.values().forEach(Master::release);
    }

    public void simulate(Set<Failure> wanted) {
        failures.clear();
        failures.addAll(wanted);
    }

    // ---- hellos

    /** A hello, from a channel or as a request of another sentinel. */
    public void hello(String text) {
        Hello hello;
        try {
            hello = Hello.parse(text);
        } catch (IllegalArgumentException e) {
            event("-hello-refused", String.valueOf(e.getMessage()), Event.Level.DEBUG, null);
            return;
        }
        Master master = masters.get(hello.masterName());
        if (master == null || hello.id().equals(config.id) || !accepts(hello)) {
            return;
        }
        master.meet(hello);
        master.learn(hello);
    }

    boolean accepts(Hello hello) {
        if (!isCredible(hello.latestEpoch())) {
            event("-hello-refused", hello.text() + " its epoch cannot be true beside " + config.currentEpoch, Event.Level.WARNING, null);
            return false;
        }
        raise(hello.epoch(), masters.get(hello.masterName()));
        return true;
    }

    // ---- what other sentinels ask

    /**
     * SENTINEL IS-MASTER-DOWN-BY-ADDR.
     *
     * @param candidate {@code *} asks for the opinion alone
     * @return down (0 or 1), leader, epoch of the vote
     */
    public List<Object> isMasterDown(String host, int port, long epoch, String candidate) {
        for (Master master : masters.values()) {
            Address address = master.config.address;
            if ((address.host().equals(host) || world.shown(address.host()).equals(host)) && address.port() == port) {
                boolean down = master.server.isSubjectivelyDown && !tilted;
                if (candidate.equals("*") || !isCredible(epoch)) {
                    return List.of(down ? 1L : 0L, "*", 0L);
                }
                Master.Vote vote = master.vote(epoch, candidate);
                return List.of(down ? 1L : 0L, vote.leader(), vote.epoch());
            }
        }
        return List.of(0L, "*", 0L);
    }

    /**
     * SENTINEL PEER: what sentinels of ours ask each other (docs/sentinel-protocol.md).
     *
     * @throws IllegalArgumentException if it cannot be understood
     */
    public Object peer(List<String> words) {
        try {
            return answer(words);
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a request of a sentinel has more words", e);
        }
    }

    private Object answer(List<String> words) {
        String name = words.get(1);
        Master master = masters.get(name);
        switch (words.get(0).toUpperCase(java.util.Locale.ROOT)) {
            case "STATE":
                PeerState state = PeerState.of(words.subList(1, words.size()));
                if (state == null || master == null) {
                    throw new IllegalArgumentException("no state of a master that is watched here");
                }
                master.heard(state);
                return master.state(false);
            case "BYE":
                masters.values().forEach(each -> each.peers().stream().filter(peer -> peer.id().equals(name))
                        .forEach(peer -> peer.left = true));
                return 1L;
            case "ARRANGEMENT":
                return arrangement(acceptor(name, true), Long.parseLong(words.get(2)), name);
            case "PROMOTE":
                return promote(name, words);
            case "PROPOSE":
                return propose(name, words);
            case "GRANT":
                return grant(name, words);
            case "RELEASE":
                Acceptor released = acceptor(name, false);
                if (released != null) {
                    released.released(new Address(words.get(2), Integer.parseInt(words.get(3))), Long.parseLong(words.get(4)));
                }
                return 1L;
            default:
                throw new IllegalArgumentException("unknown request of a sentinel");
        }
    }

    private Object propose(String name, List<String> words) {
        Acceptor acceptor = acceptor(name, false);
        Stamp base = Stamp.parse(words.get(2));
        Arrangement next = credible(Arrangement.parse(words.subList(3, words.size())));
        if (next.holder() == null) {
            throw new IllegalArgumentException("a proposal names the master");
        }
        return acceptor != null && acceptor.propose(base, next) && keep(name) ? 1L : 0L;
    }

    /** @throws IllegalArgumentException if it is not */
    Arrangement credible(Arrangement arrangement) {
        if (!isCredible(arrangement.stamp())) {
            throw new IllegalArgumentException("its stamp cannot be true: " + arrangement.stamp());
        }
        return arrangement;
    }

    private Object arrangement(Acceptor acceptor, long epoch, String name) {
        if (epoch < acceptor.ballot() || !isCredible(epoch)) {
            return 0L;
        }
        acceptor.voted(epoch);
        return keep(name) ? acceptor.words() : 0L;
    }

    private Object promote(String name, List<String> words) {
        Acceptor acceptor = acceptor(name, true);
        long epoch = Long.parseLong(words.get(2));
        if (!isCredible(epoch)) {
            return 0L;
        }
        return acceptor.promote(epoch, Stamp.parse(words.get(3)), new Address(words.get(4), Integer.parseInt(words.get(5))),
                Integer.parseInt(words.get(6)), world.now()) && keep(name) ? 1L : 0L;
    }

    private Object grant(String name, List<String> words) {
        Acceptor acceptor = acceptor(name, true);
        Address holder = new Address(words.get(2), Integer.parseInt(words.get(3)));
        long term = Long.parseLong(words.get(4));
        long ms = Long.parseLong(words.get(5));
        long clock = Long.parseLong(words.get(6));
        Arrangement said = credible(Arrangement.parse(words.subList(7, words.size())));
        if (term < 0 || !isCredible(term)) {
            throw new IllegalArgumentException("its epoch cannot be true beside " + config.currentEpoch);
        }
        if (ms < 0 || ms > 86_400_000) {
            throw new IllegalArgumentException("no lease is that long");
        }
        if (said.holder() != null && said.holder().equals(holder) && said.stamp().term() == term) {
            acceptor.published(said);
        }
        boolean written = acceptor.remembers(holder, ms);
        if (acceptor.grant(holder, term, ms, clock, world.now())) {
            return written || keep(name) ? 1L : 0L;
        }
        return acceptor.arrangement().stamp().term() > term ? new ArrayList<>(acceptor.arrangement().words()) : 0L;
    }

    /** Of a master that is watched here, or of one this sentinel is witness for. */
    private Acceptor acceptor(String name, boolean make) {
        Master master = masters.get(name);
        if (master != null) {
            return master.acceptor;
        }
        if (make && witnessed.size() >= 1_000 && !witnessed.containsKey(name)) {
            throw new IllegalArgumentException("witness of too many masters");
        }
        return make ? witnessed.computeIfAbsent(name, n -> new Acceptor()) : witnessed.get(name);
    }

    private boolean keep(String name) {
        Master master = masters.get(name);
        if (master != null) {
            return master.savePromises();
        }
        config.remembered.put(name, witnessed.get(name).remember());
        return save();
    }
}
