package io.releve.sentinel.core;

import io.releve.format.guard.Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;

/** Hosts with servers and sentinels, clients that write to whatever takes it, faults, and what must hold whatever happens. */
final class SimulatedCluster implements SimulatedServer.Observer {
    /** ms, less than a master holds what clients send after a start or a sleep. */
    private static final long FENCED = 5_500;

    /** What a world consists of. */
    record Plan(int hosts, int sentinelsOfFirst, int sentinelsOfOthers, int servers, int quorum, int need, boolean witness,
            boolean realSentinels, boolean realServers) {
    }

    /** Events after which a sentinel, or what it has just spoken to, is worth a fault. */
    private static final List<String> MOMENTS = List.of("+vote-for", "+elected", "+selected", "+failover-state", "+promoted", "+switch-master", "+in-sync");

    final List<String> violations = new ArrayList<>();
    final List<String> log = new ArrayList<>();
    final SimulatedNetwork network;
    private final Plan plan;
    private final Random random;
    final List<SimulatedNetwork.Host> hosts = new ArrayList<>();
    final List<SimulatedServer> servers = new ArrayList<>();
    final List<SimulatedSentinel> sentinels = new ArrayList<>();
    final SimulatedFaults faults;
    /** Those who make a history happen by what they do at certain moments. */
    BiConsumer<SimulatedSentinel, String> listener = (by, event) -> { };
    SimulatedServer.Observer observer = SimulatedServer.Observer.NOBODY;
    private SimulatedSentinel witness;
    private final Set<Long> answered = new LinkedHashSet<>();
    final Map<String, String> leaders = new HashMap<>();
    private final Map<SimulatedSentinel, Long> epochs = new HashMap<>();
    private final Map<Long, String> answers = new HashMap<>();
    private long writes;
    int failovers;

    SimulatedCluster(long seed, Plan plan) {
        this.plan = plan;
        network = new SimulatedNetwork(seed);
        random = network.random;
        faults = new SimulatedFaults(this);
        for (int h = 0; h < plan.hosts; h++) {
            hosts.add(network.new Host("h" + h, List.of("192.168.0." + (51 + h), "10.25.14." + (1 + h))));
        }
        Address first = new Address(hosts.get(0).addresses.get(0), 6379);
        for (int s = 0; s < plan.servers; s++) {
            Address address = new Address(hosts.get(s % plan.hosts).addresses.get(0), 6379 + s / plan.hosts);
            servers.add(new SimulatedServer(network, hosts.get(s % plan.hosts), address, s == 0 ? null : first,
                    !plan.realServers || s == 0 && random.nextBoolean(), plan.need, this));
            servers.get(s).priority = 100 - random.nextInt(3);
        }
        Address arbiter = null;
        if (plan.witness) {
            SimulatedNetwork.Host third = network.new Host("w", List.of("172.16.0.9"));
            hosts.add(third);
            arbiter = new Address("172.16.0.9", 26379);
            witness = new SimulatedSentinel(network, third, arbiter, new SentinelConfig(id(999)), true, event -> { });
        }
        for (int h = 0; h < plan.hosts; h++) {
            int count = h == 0 ? plan.sentinelsOfFirst : plan.sentinelsOfOthers;
            for (int s = 0; s < count; s++) {
                SentinelConfig config = new SentinelConfig(id(h * 10 + s));
                MasterConfig master = new MasterConfig("master", first, plan.quorum);
                master.downAfter = 3_000;
                master.failoverTimeout = 10_000;
                master.witness = arbiter;
                config.masters.put("master", master);
                Address address = new Address(hosts.get(h).addresses.get(s % 2), 26379 + s / 2);
                boolean ours = !plan.realSentinels || (h + s) % 2 == 0;
                SimulatedSentinel[] self = new SimulatedSentinel[1];
                self[0] = new SimulatedSentinel(network, hosts.get(h), address, config, ours, event -> happened(self[0], event));
                sentinels.add(self[0]);
            }
        }
    }

    private String id(int number) {
        return String.format("%08x%032x", random.nextInt() & 0x7fffffff, number);
    }

    private void happened(SimulatedSentinel sentinel, Event event) {
        if (event.level() == Event.Level.DEBUG) {
            return;
        }
        listener.accept(sentinel, event.type());
        log.add(network.now() - 1_000_000 + " " + (sentinel == null ? "" : sentinel.address) + " " + event.type() + " " + event.text());
        if (event.type().equals("+elected-leader")) {
            String epoch = String.valueOf(sentinel.sentinel.master("master").failover.epoch());
            String before = leaders.putIfAbsent(epoch, sentinel.config.id);
            if (before != null && !before.equals(sentinel.config.id)) {
                violations.add("two leaders in epoch " + epoch);
            }
        } else if (event.type().equals("+switch-master")) {
            failovers++;
        }
        if (sentinel != null && MOMENTS.stream().anyMatch(event.type()::startsWith)) {
            faults.moment(sentinel);
        }
    }

    @Override
    public void answered(SimulatedServer by, long write) {
        answered.add(write);
        observer.answered(by, write);
        answers.put(write, network.now() - 1_000_000 + " by " + by.address);
    }

    @Override
    public void taken(SimulatedServer by) {
        if (plan.witness && !plan.realServers) {
            for (SimulatedServer other : servers) {
                if (other != by && other.serves()) {
                    violations.add(network.now() - 1_000_000 + ": " + by.address + " and " + other.address + " both accept writes");
                }
            }
        }
        if (by.isUnconfirmed() && network.now() - by.awakeSince < FENCED) {
            violations.add(network.now() - 1_000_000 + ": " + by.address + " accepts writes before any sentinel has said that it still leads");
        }
    }

    @Override
    public void changed(SimulatedServer which, String what) {
        say(which.address + " " + what);
        if (what.contains(" leads ") && what.contains(which.runId())) {
            violations.add(network.now() - 1_000_000 + ": " + which.address + " is among those whose copies it waits for");
        }
        observer.changed(which, what);
        faults.moment(which);
    }

    /** Runs it: quiet, faults, healed; then everything is checked. */
    void run(int faultyMs, int healedMs) {
        start();
        if (isOurs() && random.nextInt(4) == 0) {
            changeMaster();
        }
        faults.run(faultyMs);
        say("--- healed");
        converge(healedMs);
    }

    /** Until the sentinels know each other, and have asked the master for its replicas once more. */
    void start() {
        if (witness != null) {
            witness.start(witness.address);
        }
        servers.forEach(server -> server.start(server.address));
        sentinels.forEach(sentinel -> sentinel.start(sentinel.address));
        network.after(2_000, this::write);
        long start = network.now();
        while (network.now() < start + 20_000 && (network.now() < start + 12_000 || !unsettled().isEmpty())) {
            network.runUntil(network.now() + 1_000);
        }
        unsettled().forEach(each -> violations.add(each.address + " has not settled its membership"));
    }

    /** By hand and in peace: what was answered stays, with and without copies. */
    private void changeMaster() {
        SimulatedServer before = master();
        sentinels.get(random.nextInt(sentinels.size())).sentinel.failover("master");
        network.runUntil(network.now() + 6_000);
        SimulatedServer after = master();
        if (after == null || after == before) {
            violations.add("no change of the master by hand");
        } else {
            checkAnswered(after);
        }
    }

    private boolean isOurs() {
        return !plan.realServers && !plan.realSentinels;
    }

    /** Null unless there is exactly one. */
    private SimulatedServer master() {
        List<SimulatedServer> masters = servers.stream().filter(SimulatedServer::isMaster).toList();
        return masters.size() == 1 ? masters.get(0) : null;
    }

    private List<SimulatedSentinel> unsettled() {
        return plan.realSentinels ? List.of()
                : sentinels.stream().filter(each -> each.sentinel.master("master").membership().settled().isEmpty()).toList();
    }

    /** All are of one mind, and remain so for a while. */
    void converge(int ms) {
        long end = network.now() + ms;
        long since = network.now();
        List<String> amiss = List.of();
        while (network.now() < end && network.now() < since + 5_000) {
            int before = answered.size();
            network.runUntil(network.now() + 1_000);
            amiss = amiss(answered.size() > before);
            since = amiss.isEmpty() ? since : network.now();
        }
        violations.addAll(amiss);
        if (amiss.isEmpty() && plan.need > 0 && isOurs()) {
            checkAnswered(master());
        }
    }

    List<SimulatedNetwork.Process> everybody() {
        List<SimulatedNetwork.Process> all = new ArrayList<>(servers);
        all.addAll(sentinels);
        if (witness != null) {
            all.add(witness);
        }
        return all;
    }

    private void write() {
        servers.forEach(server -> server.write(writes++));
        network.after(30 + random.nextInt(30), this::write);
    }

    void say(String what) {
        log.add(network.now() - 1_000_000 + " *** " + what);
    }

    private List<String> amiss(boolean isAnswering) {
        SimulatedServer master = master();
        if (master == null) {
            return List.of("masters at the end: " + servers.stream().filter(SimulatedServer::isMaster).map(s -> s.address.toString()).toList());
        }
        List<String> amiss = new ArrayList<>();
        for (SimulatedServer server : servers) {
            if (server != master && !Objects.equals(server.master, master.address)) {
                amiss.add(server.address + " follows " + server.master + ", not " + master.address);
            }
        }
        for (SimulatedSentinel sentinel : sentinels) {
            Master seen = sentinel.sentinel.master("master");
            if (!seen.config.address.equals(master.address)) {
                amiss.add(sentinel.address + " takes " + seen.config.address + " for the master, not " + master.address);
            }
        }
        if (!isAnswering) {
            amiss.add("the master " + master.address + " answers no writes");
        }
        return amiss;
    }

    private void checkAnswered(SimulatedServer master) {
        Set<Long> kept = new HashSet<>(master.data);
        List<Long> lost = answered.stream().filter(number -> !kept.contains(number)).toList();
        if (!lost.isEmpty()) {
            say("lost, the first: " + lost.get(0) + " answered at " + answers.get(lost.get(0)));
            say("lost, the last: " + lost.get(lost.size() - 1) + " answered at " + answers.get(lost.get(lost.size() - 1)));
            violations.add(lost.size() + " of " + answered.size() + " answered writes lost");
        }
    }
}
