package io.releve.sentinel.core;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** The fields of one server or sentinel in SENTINEL MASTER, REPLICAS and SENTINELS. Times are ms. */
final class Fields {
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final Instance of;
    private final long now;

    private Fields(String name, Instance of, String flags) {
        this.of = of;
        now = of.sentinel.world.now();
        fields.put("name", name);
        fields.put("ip", of.sentinel.world.shown(of.address.host()));
        put("port", of.address.port());
        fields.put("runid", of.runId);
        fields.put("flags", flags);
        put("link-pending-commands", of.pending());
        put("link-refcount", 1);
    }

    static Map<String, String> of(Master master) {
        Server server = master.server;
        StringJoiner flags = new StringJoiner(",");
        down(server, flags);
        if (master.isObjectivelyDown) {
            flags.add("o_down");
        }
        flags.add("master");
        link(server, flags);
        if (master.failover.isRunning()) {
            flags.add("failover_in_progress");
        }
        Fields of = new Fields(master.config.name, server, flags.toString());
        if (master.failover.isRunning()) {
            of.fields.put("failover-state", master.failover.step().name().toLowerCase(Locale.ROOT));
        }
        of.pings(master.isObjectivelyDown ? master.objectivelyDownSince : 0);
        of.role(server);
        of.put("config-epoch", master.config.configEpoch);
        of.put("num-slaves", master.replicas.size());
        of.put("num-other-sentinels", master.peers().size());
        of.put("quorum", master.config.quorum);
        of.put("failover-timeout", master.config.failoverTimeout);
        of.put("parallel-syncs", master.config.parallelSyncs);
        of.given("notification-script", master.config.notificationScript);
        of.given("client-reconfig-script", master.config.clientReconfigScript);
        return of.fields;
    }

    /** Of a replica. */
    static Map<String, String> of(Server replica) {
        StringJoiner flags = new StringJoiner(",");
        down(replica, flags);
        flags.add("slave");
        link(replica, flags);
        if (replica.isPromoted) {
            flags.add("promoted");
        }
        switch (replica.reconfiguration) {
            case SENT -> flags.add("reconf_sent");
            case IN_PROGRESS -> flags.add("reconf_inprog");
            case DONE -> flags.add("reconf_done");
            default -> { }
        }
        Fields of = new Fields(replica.address.toString(), replica, flags.toString());
        of.pings(0);
        of.role(replica);
        of.put("master-link-down-time", replica.masterLinkDown);
        of.fields.put("master-link-status", replica.masterLinkUp ? "ok" : "err");
        of.fields.put("master-host", replica.masterHost.isEmpty() ? "?" : replica.masterHost);
        of.put("master-port", replica.masterPort);
        of.put("slave-priority", replica.priority);
        of.put("slave-repl-offset", replica.offset);
        of.put("replica-announced", replica.announced ? 1 : 0);
        return of.fields;
    }

    static Map<String, String> of(Peer peer) {
        StringJoiner flags = new StringJoiner(",");
        down(peer, flags);
        flags.add("sentinel");
        link(peer, flags);
        if (peer.saysMasterIsDown) {
            flags.add("master_down");
        }
        Fields of = new Fields(peer.id(), peer, flags.toString());
        of.pings(0);
        of.put("last-hello-message", of.now - peer.lastHello);
        of.fields.put("voted-leader", peer.leader.isEmpty() ? "?" : peer.leader);
        of.put("voted-leader-epoch", peer.leaderEpoch);
        return of.fields;
    }

    private static void down(Instance instance, StringJoiner flags) {
        if (instance.isSubjectivelyDown) {
            flags.add("s_down");
        }
    }

    private static void link(Instance instance, StringJoiner flags) {
        if (!instance.isConnected()) {
            flags.add("disconnected");
        }
    }

    private void pings(long objectivelyDownSince) {
        put("last-ping-sent", of.unanswered == 0 ? 0 : now - of.unanswered);
        put("last-ok-ping-reply", now - of.lastAvailable);
        put("last-ping-reply", now - of.lastPong);
        if (of.isSubjectivelyDown) {
            put("s-down-time", now - of.downSince);
        }
        if (objectivelyDownSince != 0) {
            put("o-down-time", now - objectivelyDownSince);
        }
        put("down-after-milliseconds", of.master.config.downAfter);
    }

    private void role(Server server) {
        put("info-refresh", server.infoRefreshed == 0 ? 0 : now - server.infoRefreshed);
        fields.put("role-reported", server.reportsMaster ? "master" : "slave");
        put("role-reported-time", now - server.roleReportedSince);
    }

    private void put(String name, long value) {
        fields.put(name, String.valueOf(value));
    }

    private void given(String name, String value) {
        if (!value.isEmpty()) {
            fields.put(name, value);
        }
    }
}
