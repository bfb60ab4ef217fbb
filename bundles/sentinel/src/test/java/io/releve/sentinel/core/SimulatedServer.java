package io.releve.sentinel.core;

import io.releve.format.guard.Address;
import io.releve.format.guard.GuardRequest;
import io.releve.replication.guard.Guard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A server whose data are the numbers of the writes it has taken; with the guard of a server of ours, or without as a Redis. */
final class SimulatedServer extends SimulatedNetwork.Process {
    final Address address;
    private final SimulatedNetwork network;
    private final boolean isOurs;
    private final int need;
    private final Observer observer;

    /** Told what a server does. */
    interface Observer {
        Observer NOBODY = new Observer() {
        };

        default void taken(SimulatedServer by) {
        }

        default void answered(SimulatedServer by, long write) {
        }

        /** Its role, or what it has written down. */
        default void changed(SimulatedServer which, String what) {
        }
    }

    /** As its INFO tells. */
    int priority = 100;
    /** ms between two requests for what its master has. */
    int lag;
    List<Long> data = new ArrayList<>();
    private String history = "";
    private String second = "";
    private int secondUntil;
    private String runId = "";
    Address master;
    private boolean linkUp;
    private long linkDownSince;
    private long askedAt;
    private long pulledAt;
    private Guard guard;
    private String memory = "";
    private final Map<String, Integer> acknowledged = new HashMap<>();
    private final Map<String, Long> acknowledgedAt = new HashMap<>();
    private final TreeMap<Integer, List<Long>> waiting = new TreeMap<>();
    private final Map<String, Address> replicas = new HashMap<>();
    private final List<SimulatedNetwork.SimulatedLink> subscribers = new ArrayList<>();
    /** The epoch of which each sentinel has spoken last. */
    private final Map<SimulatedNetwork.SimulatedLink, Long> said = new HashMap<>();
    private int starts;
    /** When the first sentinel came. */
    private long watchedSince = Long.MAX_VALUE;
    private long leadsSince;
    /** When a sentinel has sent what came last of what says that this server leads. */
    private long confirmedAt;

    SimulatedServer(SimulatedNetwork network, SimulatedNetwork.Host host, Address address, Address master, boolean isOurs, int need,
            Observer observer) {
        network.super(host);
        this.network = network;
        this.address = address;
        this.master = master;
        this.isOurs = isOurs;
        this.need = need;
        this.observer = observer;
    }

    @Override
    void started() {
        starts++;
        runId = String.format("%08x%032x", network.random.nextInt() & 0x7fffffff, starts);
        second = history;
        secondUntil = data.size();
        history = runId;
        linkUp = false;
        linkDownSince = host.clock();
        acknowledged.clear();
        replicas.clear();
        waiting.clear();
        subscribers.clear();
        said.clear();
        guard = new Guard(isOurs ? memory : "", master == null, host.clock(), () -> Long.toHexString(network.random.nextLong()));
        every(20, 30, this::cycle);
        every(20, 40, this::pull);
    }

    boolean isMaster() {
        return master == null;
    }

    String runId() {
        return runId;
    }

    /** Whether a client's write would be taken now. */
    boolean serves() {
        return alive && !paused && master == null && (!isOurs || guard.verdict(host.clock()) == Guard.Verdict.SERVE);
    }

    /** Whether it leads, was under sentinels when it started or slept, and none of them has said since that it still leads. */
    boolean isUnconfirmed() {
        return isOurs && master == null && watchedSince < awakeSince && leadsSince < awakeSince && confirmedAt < awakeSince;
    }

    private void cycle() {
        guard.cycle(host.clock());
        List<String> complete = new ArrayList<>();
        acknowledged.forEach((id, offset) -> {
            if (offset >= data.size() && host.clock() - acknowledgedAt.get(id) < 1_000) {
                complete.add(id);
            }
        });
        if (isOurs && master == null) {
            guard.complete(need, complete);
        }
        remember();
        release();
    }

    private void remember() {
        String now = guard.remember();
        if (!now.equals(memory)) {
            watchedSince = Math.min(watchedSince, network.now());
            memory = now;
            observer.changed(this, "run " + runId.substring(0, 8) + (master == null ? " leads " : " follows ") + memory);
        }
    }

    /** A client's write; what is answered is told to the world. */
    void write(long number) {
        run(() -> {
            guard.cycle(host.clock());
            if (!serves() || !enough()) {
                return;
            }
            observer.taken(this);
            data.add(number);
            if (need == 0 || !isOurs) {
                observer.answered(this, number);
            } else {
                waiting.computeIfAbsent(data.size(), n -> new ArrayList<>()).add(number);
                release();
            }
        });
    }

    private boolean enough() {
        return !isOurs || need == 0 || guard.isArranged() || acknowledgedAt.values().stream().filter(at -> host.clock() - at < 1_000).count() >= need;
    }

    private void release() {
        if (master != null || !serves()) {
            return;
        }
        while (!waiting.isEmpty()) {
            int offset = waiting.firstKey();
            List<String> having = acknowledged.entrySet().stream().filter(e -> e.getValue() >= offset).map(Map.Entry::getKey).toList();
            if (!guard.isEnough(having) || !guard.mayAcknowledge() || !guard.isArranged() && having.size() < need) {
                return;
            }
            waiting.pollFirstEntry().getValue().forEach(number -> observer.answered(this, number));
        }
    }

    private void pull() {
        if (master == null) {
            return;
        }
        if (host.clock() - pulledAt > 1_000 && linkUp) {
            linkUp = false;
            linkDownSince = host.clock();
        }
        if (network.now() - askedAt < lag) {
            return;
        }
        askedAt = network.now();
        SimulatedNetwork.Process other = network.listener(master);
        if (!(other instanceof SimulatedServer leader) || network.isCut(host, other.host) || !other.alive) {
            return;
        }
        Address asked = master;
        String id = runId;
        String mine = history;
        int size = data.size();
        long promise = guard.promise();
        network.after(1 + network.random.nextInt(3), () -> leader.run(() -> leader.serve(this, asked, id, mine, size, promise)));
    }

    private void serve(SimulatedServer replica, Address asked, String id, String theirs, int size, long promise) {
        if (!asked.equals(address) || master != null && !linkUp) {
            return;
        }
        boolean same = theirs.equals(history) && size <= data.size();
        boolean before = theirs.equals(second) && size <= secondUntil;
        if (same && guard.counts(promise)) {
            acknowledged.put(id, size);
            acknowledgedAt.put(id, host.clock());
            replicas.put(id, replica.address);
            cycle();
        }
        List<Long> sent = new ArrayList<>(same || before ? data.subList(size, data.size()) : data);
        String name = history;
        if (network.isCut(host, replica.host)) {
            return;
        }
        network.after(1 + network.random.nextInt(3), () -> replica.run(() -> {
            if (!asked.equals(replica.master) || !replica.runId.equals(id) || !replica.history.equals(theirs) || replica.data.size() != size) {
                return;
            }
            if (!same && !before) {
                replica.observer.changed(replica, "gives up " + replica.data.size() + " writes for " + sent.size() + " of " + address);
                replica.data = new ArrayList<>();
            }
            replica.data.addAll(sent);
            replica.history = name;
            replica.second = "";
            replica.linkUp = true;
            replica.pulledAt = replica.host.clock();
        }));
    }

    @Override
    void request(SimulatedNetwork.SimulatedLink from, List<String> words, Consumer<Object> reply) {
        switch (words.get(0)) {
            case "PING" -> reply.accept("PONG");
            case "INFO" -> reply.accept(info());
            case "SUBSCRIBE" -> {
                subscribers.add(from);
                reply.accept(List.of());
            }
            case "PUBLISH" -> {
                subscribers.removeIf(link -> link.closed);
                subscribers.forEach(link -> link.push(words.get(1), words.get(2)));
                reply.accept((long) subscribers.size());
            }
            case "GUARD" -> reply.accept(isOurs ? guarded(from, words.subList(1, words.size())) : new Link.Failure("ERR unknown command"));
            case "MULTI" -> {
                from.attachment = new ArrayList<List<String>>();
                reply.accept("OK");
            }
            case "EXEC" -> {
                reply.accept(List.of(execute(from), "OK", 1L, 1L));
            }
            default -> {
                if (from.attachment instanceof List<?>) {
                    @SuppressWarnings("unchecked")
                    List<List<String>> queued = (List<List<String>>) from.attachment;
                    queued.add(words);
                }
                reply.accept("OK");
            }
        }
    }

    private Object guarded(SimulatedNetwork.SimulatedLink from, List<String> words) {
        GuardRequest request = GuardRequest.parse(words);
        said.put(from, request.epoch());
        Object answer = guard.take(request, data.size(), host.clock()).words();
        if (request.isMaster()) {
            confirmedAt = Math.max(confirmedAt, from.sentAt);
        }
        remember();
        release();
        return answer;
    }

    @SuppressWarnings("unchecked")
    private Object execute(SimulatedNetwork.SimulatedLink from) {
        List<List<String>> queued = (List<List<String>>) from.attachment;
        from.attachment = null;
        for (List<String> words : queued) {
            if (words.get(0).equals("SLAVEOF")) {
                if (!guard.obeys(said.getOrDefault(from, Long.MAX_VALUE))) {
                    observer.changed(this, "refuses to follow " + words.get(1) + ", epoch " + said.get(from));
                    return new Link.Failure("ERR of an epoch that is past");
                }
                follow(words.get(1).equals("NO") ? null : new Address(words.get(1), Integer.parseInt(words.get(2))));
            }
        }
        return "OK";
    }

    private void follow(Address leader) {
        if (leader != null && leader.equals(address) || java.util.Objects.equals(leader, master)) {
            return;
        }
        if (leader == null) {
            second = history;
            secondUntil = data.size();
            history = String.format("%08x%032x", network.random.nextInt() & 0x7fffffff, 7);
        }
        observer.changed(this, "follows " + leader + " with " + data.size() + " writes");
        master = leader;
        leadsSince = network.now();
        linkUp = false;
        linkDownSince = host.clock();
        acknowledged.clear();
        acknowledgedAt.clear();
        replicas.clear();
        waiting.clear();
        guard.roleChanged(leader == null, host.clock());
        remember();
    }

    private String info() {
        StringBuilder info = new StringBuilder("run_id:" + runId + "\r\nrole:" + (master == null ? "master" : "slave") + "\r\n");
        if (isOurs) {
            info.append("releve_version:1\r\n");
        }
        if (master == null) {
            int i = 0;
            for (Address replica : replicas.values()) {
                info.append("slave").append(i++).append(":ip=").append(replica.host()).append(",port=").append(replica.port()).append("\r\n");
            }
        } else {
            info.append("master_host:").append(master.host()).append("\r\nmaster_port:").append(master.port())
                    .append("\r\nmaster_link_status:").append(linkUp ? "up" : "down").append("\r\nslave_repl_offset:").append(data.size())
                    .append("\r\nslave_priority:").append(priority).append("\r\n");
            if (!linkUp) {
                info.append("master_link_down_since_seconds:").append((host.clock() - linkDownSince) / 1_000).append("\r\n");
            }
        }
        return info.toString();
    }

}
