package io.releve.sentinel.core;

import io.releve.format.guard.Address;
import java.util.function.Consumer;

/** A server or another sentinel as this sentinel sees it: the link to it, and whether it answers. Times are {@link World#now}. */
abstract class Instance implements Link.Owner {
    final Sentinel sentinel;
    final Master master;
    Address address;
    /** 40 hex digits, empty while it is not known. */
    String runId = "";
    boolean isSubjectivelyDown;
    long downSince;
    /** When a request was last answered as by somebody who lives. */
    long lastAvailable;
    long lastPong;
    /** When the oldest ping that is not answered was sent, 0 without one. */
    long unanswered;
    long lastPingSent;

    private Link link;
    private boolean connected;
    private long attempted;
    private int pending;
    private long connectedAt;

    Instance(Master master, Address address) {
        this.sentinel = master.sentinel;
        this.master = master;
        this.address = address;
        long now = sentinel.world.now();
        lastAvailable = now;
        lastPong = now;
        unanswered = now;
        attempted = now - master.config.downAfter;
    }

    /** As events name it: type, name, address, and the master it belongs to. */
    abstract String described();

    /** What is asked of it as soon as the link is up, after it knows who we are. */
    abstract void introduced();

    /** The request that authenticates this sentinel, no words without a password. Other sentinels are told what is meant for sentinels. */
    String[] credentials() {
        return authentication(sentinel.config.sentinelUser, sentinel.config.sentinelPass);
    }

    static String[] authentication(String user, String password) {
        if (password.isEmpty()) {
            return new String[0];
        }
        return user.isEmpty() ? new String[] {"AUTH", password} : new String[] {"AUTH", user, password};
    }

    final boolean isConnected() {
        return connected;
    }

    final int pending() {
        return pending;
    }

    final String localHost() {
        return link == null ? "" : link.localHost();
    }

    final void send(Consumer<Object> answer, String... words) {
        if (link == null || !connected) {
            return;
        }
        Link current = link;
        pending++;
        current.send(reply -> {
            if (link == current) {
                pending--;
                answer.accept(reply);
            }
        }, renamed(words));
    }

    /** A server may know a command by another name. */
    String[] renamed(String[] words) {
        return words;
    }

    /** Keeps the link up and the pings going. */
    void tick(long now) {
        if (address == null) {
            return;
        }
        long patience = Math.max(sentinel.timing.ping(), master.config.downAfter / 2);
        if (link != null && !connected && now - attempted > patience
                || connected && unanswered != 0 && now - unanswered > patience && now - connectedAt > patience) {
            disconnect();
        }
        if (link == null && now - attempted >= Math.min(sentinel.timing.ping(), master.config.downAfter / 10)) {
            attempted = now;
            link = sentinel.world.connect(address, this);
        }
        if (connected && now - lastPingSent >= pingPeriod() && pending < 100) {
            ping(now);
        }
    }

    final long pingPeriod() {
        return Math.min(sentinel.timing.ping(), Math.max(50, master.config.downAfter / 10));
    }

    private void ping(long now) {
        lastPingSent = now;
        if (unanswered == 0) {
            unanswered = now;
        }
        send(this::pong, "PING");
    }

    private void pong(Object reply) {
        long now = sentinel.world.now();
        lastPong = now;
        String text = reply instanceof Link.Failure failure ? failure.text() : String.valueOf(reply);
        if (text.equals("PONG") || text.startsWith("LOADING") || text.startsWith("MASTERDOWN")) {
            lastAvailable = now;
            unanswered = 0;
        }
    }

    @Override
    public final void connected() {
        connected = true;
        connectedAt = sentinel.world.now();
        String[] credentials = credentials();
        if (credentials.length > 0) {
            send(reply -> { }, credentials);
        }
        send(reply -> { }, "CLIENT", "SETNAME", "sentinel-" + sentinel.config.id.substring(0, 8) + "-cmd");
        ping(connectedAt);
        introduced();
    }

    @Override
    public final void closed(String reason) {
        link = null;
        connected = false;
        pending = 0;
        lost();
    }

    /** The link is gone. */
    void lost() {
    }

    final void disconnect() {
        if (link != null) {
            link.close();
        }
        closed("");
    }

    /** It is no longer watched. */
    void release() {
        disconnect();
        address = null;
    }

    @Override
    public void message(String channel, String text) {
    }

    /** ms since it last answered; 0 while nothing is wrong. */
    final long silence(long now) {
        if (unanswered != 0) {
            return now - unanswered;
        }
        return connected ? 0 : now - lastAvailable;
    }

    /** Decides whether it is down by this sentinel's own eyes. */
    final void judge(long now, boolean otherReason) {
        boolean down = silence(now) > master.config.downAfter || otherReason;
        if (down != isSubjectivelyDown) {
            isSubjectivelyDown = down;
            downSince = now;
            sentinel.event(down ? "+sdown" : "-sdown", described(), Event.Level.WARNING, master);
        }
    }
}
