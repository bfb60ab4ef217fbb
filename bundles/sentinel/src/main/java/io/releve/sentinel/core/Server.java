package io.releve.sentinel.core;

import io.releve.format.guard.Address;
import io.releve.format.guard.GuardAnswer;
import io.releve.format.guard.GuardRequest;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** A master or a replica: its INFO, its hellos, and what the sentinels tell it. */
final class Server extends Instance {
    /** How far a replica is on its way to another master. */
    enum Reconfiguration { NONE, SENT, IN_PROGRESS, DONE }

    boolean isReplica;
    boolean isPromoted;
    /** Whether it takes GUARD. */
    boolean isOurs;
    /** The last INFO, empty without one. */
    String info = "";
    long infoRefreshed;
    boolean reportsMaster;
    long roleReportedSince;
    long rebootedAt;
    /** As a replica tells them; an empty host while it has not. */
    String masterHost = "";
    int masterPort;
    boolean masterLinkUp;
    /** ms */
    long masterLinkDown;
    long masterChangedAt;
    int priority = 100;
    long offset;
    boolean announced = true;
    Reconfiguration reconfiguration = Reconfiguration.NONE;
    long reconfigurationSince;
    /** The last answer to GUARD, null while there is none on this link. */
    GuardAnswer guard;
    long lastHelloHeard;

    private long infoSent;
    private boolean infoPending;
    private long guardSent;
    private boolean guardPending;
    private long helloSent;
    private long commanded;
    private Link helloLink;
    private long helloAttempted;

    Server(Master master, Address address, boolean isReplica) {
        super(master, address);
        this.isReplica = isReplica;
        this.reportsMaster = !isReplica;
        long now = sentinel.world.now();
        roleReportedSince = now;
        masterChangedAt = now;
        lastHelloHeard = now;
        helloSent = now - sentinel.world.random((int) sentinel.timing.publish() + 1);
    }

    @Override
    String described() {
        if (!isReplica) {
            return "master " + master.config.name + " " + address.host() + " " + address.port();
        }
        return "slave " + address + " " + address.host() + " " + address.port() + " @ " + master.config.name + " "
                + master.config.address.host() + " " + master.config.address.port();
    }

    @Override
    String[] credentials() {
        return authentication(master.config.authUser, master.config.authPass);
    }

    @Override
    String[] renamed(String[] words) {
        String name = master.config.renamedCommands.get(words[0].toLowerCase(Locale.ROOT));
        if (name == null) {
            return words;
        }
        String[] renamed = words.clone();
        renamed[0] = name;
        return renamed;
    }

    @Override
    void introduced() {
        askInfo();
    }

    @Override
    void lost() {
        infoPending = false;
        guardPending = false;
        guard = null;
    }

    @Override
    void tick(long now) {
        super.tick(now);
        if (address == null) {
            return;
        }
        tickHelloLink(now);
        long period = sentinel.timing.info();
        if (isReplica && (master.isObjectivelyDown || master.failover.isRunning() || !masterLinkUp)) {
            period = Math.min(period, 1_000);
        }
        if (isConnected() && (infoRefreshed == 0 && now - infoSent > 1_000 || now - infoSent >= period)) {
            askInfo();
        }
        if (isConnected() && now - helloSent >= sentinel.timing.publish()) {
            publishHello();
        }
        if (isOurs && now - guardSent >= guardPeriod()) {
            askGuard();
        }
    }

    private long guardPeriod() {
        return Math.min(1_000, Math.max(50, master.config.downAfter / 10));
    }

    private void tickHelloLink(long now) {
        if (helloLink != null && now - lastHelloHeard > 3 * sentinel.timing.publish() && now - helloAttempted > 3 * sentinel.timing.publish()) {
            closeHelloLink();
        }
        if (helloLink == null && isConnected() && now - helloAttempted >= Math.min(1_000, master.config.downAfter / 10)) {
            helloAttempted = now;
            helloLink = sentinel.world.connect(address, new HelloLink());
        }
    }

    private void closeHelloLink() {
        if (helloLink != null) {
            helloLink.close();
            helloLink = null;
        }
    }

    @Override
    void release() {
        closeHelloLink();
        super.release();
    }

    void askInfo() {
        if (!infoPending) {
            infoPending = true;
            infoSent = sentinel.world.now();
            send(reply -> {
                infoPending = false;
                if (reply instanceof String text) {
                    info = text;
                    infoRefreshed = sentinel.world.now();
                    master.informed(this, new InfoReply(text));
                }
            }, "INFO");
        }
    }

    /** Tells it the sentinels' view now, out of its turn. */
    void askGuard() {
        if (isOurs) {
            guard(master.guardRequest(this));
        }
    }

    /** Asks a replica to acknowledge nothing more to a master of before this epoch. */
    void askPromise(long epoch) {
        guard(master.guardRequest(this).promising(epoch));
    }

    /** One at a time. */
    private void guard(GuardRequest request) {
        guardSent = sentinel.world.now();
        if (isConnected() && !guardPending) {
            guardPending = true;
            send(reply -> {
                guardPending = false;
                guarded(reply);
            }, request.words().toArray(String[]::new));
        }
    }

    /** Asks it to hold its writes, or to go on: at once. */
    void pause(long ms, long epoch) {
        send(this::guarded, master.guardRequest(this).pausing(ms).promising(epoch).words().toArray(String[]::new));
    }

    private void guarded(Object reply) {
        guard = GuardAnswer.of(reply);
        if (guard != null) {
            master.guarded(this, guard);
        }
    }

    void publishHello() {
        helloSent = sentinel.world.now();
        send(reply -> { }, "PUBLISH", Hello.CHANNEL, master.hello(localHost()).text());
    }

    /**
     * Makes it a replica of another, or a master, in one transaction; its clients are sent away, so that they ask again who leads.
     *
     * @param leader null to lead itself
     * @param taken told whether the server has obeyed
     */
    void follow(Address leader, Consumer<Boolean> taken) {
        commanded = sentinel.world.now();
        if (isOurs) {
            // what follows is refused if this epoch is past when it arrives
            send(this::guarded, master.guardRequest(this).words().toArray(String[]::new));
        }
        send(reply -> { }, "MULTI");
        if (leader == null) {
            send(reply -> { }, "SLAVEOF", "NO", "ONE");
        } else {
            send(reply -> { }, "SLAVEOF", leader.host(), String.valueOf(leader.port()));
        }
        send(reply -> { }, "CONFIG", "REWRITE");
        send(reply -> { }, "CLIENT", "KILL", "TYPE", "normal");
        send(reply -> { }, "CLIENT", "KILL", "TYPE", "pubsub");
        send(reply -> taken.accept(reply instanceof List<?> list && !list.isEmpty() && !(list.get(0) instanceof Link.Failure)), "EXEC");
    }

    long lastCommanded() {
        return commanded;
    }

    /** Not down, nor was it a moment ago. */
    boolean isUpFor(long ms, long now) {
        return !isSubjectivelyDown && (downSince == 0 || now - downSince > ms);
    }

    /** Hears the hellos of the other sentinels that watch this server. */
    private final class HelloLink implements Link.Owner {
        @Override
        public void connected() {
            Link link = helloLink;
            if (link == null) {
                return;
            }
            lastHelloHeard = sentinel.world.now();
            if (credentials().length > 0) {
                link.send(reply -> { }, renamed(credentials()));
            }
            link.send(reply -> { }, "CLIENT", "SETNAME", "sentinel-" + sentinel.config.id.substring(0, 8) + "-pubsub");
            link.send(reply -> { }, renamed(new String[] {"SUBSCRIBE", Hello.CHANNEL}));
        }

        @Override
        public void closed(String reason) {
            helloLink = null;
        }

        @Override
        public void message(String channel, String text) {
            lastHelloHeard = sentinel.world.now();
            sentinel.hello(text);
        }
    }
}
