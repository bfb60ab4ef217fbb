package io.releve.sentinel.core;

import io.releve.format.guard.Address;
import java.util.List;

/** Another sentinel that watches the same master. */
final class Peer extends Instance {
    /** Empty while it has not told, as those that are not ours never do. */
    String hostId = "";
    /** Addresses of its machine. */
    List<String> hosts = List.of();
    /** What it says of the membership; null while it has said nothing. */
    Membership.Report report;
    /** Whether it has been heard of since this sentinel started or slept. */
    boolean heard;
    /** It said that it stops. */
    boolean left;
    boolean saysMasterIsDown;
    long saidAt = Long.MIN_VALUE / 2;
    /** Whom it voted for, empty without. */
    String leader = "";
    long leaderEpoch;
    long lastHello;

    private final String id;
    /** Whether it answered with another id than the one it is known by. */
    private boolean misdirected;
    private boolean identified;
    private boolean ours = true;
    private boolean statePending;
    private long lastHelloSent;
    private long stateSent;
    private long asked;
    private boolean askPending;

    Peer(Master master, String id, Address address) {
        super(master, address);
        this.id = id;
        this.runId = id;
        lastHello = sentinel.world.now();
    }

    String id() {
        return id;
    }

    @Override
    String described() {
        return "sentinel " + id + " " + address.host() + " " + address.port() + " @ " + master.config.name + " "
                + master.config.address.host() + " " + master.config.address.port();
    }

    /** The address may lead to somebody else, even to this sentinel: then nothing that is said there counts. */
    @Override
    void introduced() {
        send(reply -> {
            boolean before = misdirected;
            misdirected = reply instanceof String other && !other.equals(id);
            identified = true;
            if (misdirected && !before) {
                sentinel.event("+sentinel-misdirected", described() + " answers as " + (reply.equals(sentinel.config.id)
                        ? "this sentinel itself" : reply), Event.Level.WARNING, master);
            }
        }, "SENTINEL", "MYID");
        ours = true;
        exchangeState();
    }

    @Override
    void lost() {
        statePending = false;
        askPending = false;
        identified = false;
    }

    boolean isMisdirected() {
        return misdirected;
    }

    /** It hears us, and is who it says. */
    boolean isAlive(long now) {
        return !isSubjectivelyDown && !left && isConnected() && !misdirected && silence(now) < master.config.downAfter / 2 + 1_000;
    }

    /** Nothing has come from it for as long as a master may be silent. */
    boolean isSilent(long now) {
        return left || isSubjectivelyDown || misdirected || silence(now) >= master.config.downAfter;
    }

    @Override
    void tick(long now) {
        super.tick(now);
        if (address == null || !isConnected()) {
            return;
        }
        if (ours && now - stateSent >= Math.min(1_000, Math.max(100, master.config.downAfter / 6))) {
            exchangeState();
        }
        if (now - lastHelloSent >= sentinel.timing.publish()) {
            lastHelloSent = now;
            send(reply -> { }, "PUBLISH", Hello.CHANNEL, master.hello(localHost()).text());
        }
    }

    void exchangeState() {
        stateSent = sentinel.world.now();
        if (statePending) {
            return;
        }
        statePending = true;
        send(reply -> {
            statePending = false;
            if (reply instanceof Link.Failure) {
                ours = false;
                return;
            }
            PeerState state = PeerState.of(reply);
            if (state != null && !misdirected) {
                master.heard(state);
            }
        }, master.state(true).toArray(String[]::new));
    }

    /** Asks what it thinks of the master, and for its vote if there is an election. */
    void ask(long now, boolean hurry) {
        if (askPending && now - asked < sentinel.timing.ask() || !hurry && now - asked < sentinel.timing.ask() || !identified) {
            return;
        }
        asked = now;
        askPending = true;
        Failover failover = master.failover;
        boolean election = failover.isElecting();
        send(reply -> {
            askPending = false;
            if (!misdirected && reply instanceof List<?> answer) {
                answered(answer);
            }
        }, "SENTINEL", "is-master-down-by-addr", master.config.address.host(), String.valueOf(master.config.address.port()),
                String.valueOf(sentinel.config.currentEpoch), election ? sentinel.config.id : "*");
    }

    private void answered(List<?> answer) {
        if (answer.size() < 3 || !(answer.get(0) instanceof Long down) || !(answer.get(1) instanceof String voted)
                || !(answer.get(2) instanceof Long epoch)) {
            return;
        }
        saidAt = sentinel.world.now();
        saysMasterIsDown = down == 1;
        if (!voted.equals("*")) {
            if (leaderEpoch != epoch || !leader.equals(voted)) {
                sentinel.event("+vote-from", id + " for " + voted + " " + epoch, Event.Level.DEBUG, null);
            }
            leader = voted;
            leaderEpoch = epoch;
        }
    }
}
