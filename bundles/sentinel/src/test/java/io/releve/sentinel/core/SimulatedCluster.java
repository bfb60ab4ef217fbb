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

/** Hosts with servers and sentinels, clients that write to whatever takes it, faults, and what must hold whatever happens. */
final class SimulatedCluster {
    /** What a world consists of. */
    record Plan(int hosts, int sentinelsOfFirst, int sentinelsOfOthers, int servers, int quorum, int need, boolean witness,
            boolean realSentinels, boolean realServers) {
    }

    final List<String> violations = new ArrayList<>();
    final List<String> log = new ArrayList<>();
    final SimulatedNetwork network;
    private final Plan plan;
    private final Random random;
    private final List<SimulatedNetwork.Host> hosts = new ArrayList<>();
    private final List<SimulatedServer> servers = new ArrayList<>();
    private final List<SimulatedSentinel> sentinels = new ArrayList<>();
    private SimulatedSentinel witness;
    private final Set<Long> answered = new LinkedHashSet<>();
    private final Map<String, String> leaders = new HashMap<>();
    private final Map<SimulatedSentinel, Long> epochs = new HashMap<>();
    private final Map<Long, String> answers = new HashMap<>();
    private long writes;
    int failovers;
    int faults;

    SimulatedCluster(long seed, Plan plan) {
        this.plan = plan;
        network = new SimulatedNetwork(seed);
        random = network.random;
        for (int h = 0; h < plan.hosts; h++) {
            hosts.add(network.new Host("h" + h, List.of("192.168.0." + (51 + h), "10.25.14." + (1 + h))));
        }
        Address first = new Address(hosts.get(0).addresses.get(0), 6379);
        for (int s = 0; s < plan.servers; s++) {
            Address address = new Address(hosts.get(s % plan.hosts).addresses.get(0), 6379 + s / plan.hosts);
            servers.add(new SimulatedServer(network, hosts.get(s % plan.hosts), address, s == 0 ? null : first,
                    !plan.realServers || s == 0 && random.nextBoolean(), plan.need, (by, number) -> {
                        answered.add(number);
                        answers.put(number, network.now() - 1_000_000 + " by " + by.address);
                    }, this::served, this::say));
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
    }

    private void served(SimulatedServer by) {
        if (plan.witness && !plan.realServers) {
            for (SimulatedServer other : servers) {
                if (other != by && other.serves()) {
                    violations.add(network.now() - 1_000_000 + ": " + by.address + " and " + other.address + " both accept writes");
                }
            }
        }
    }

    /** Runs it: quiet, faults, healed; then everything is checked. */
    void run(int faultyMs, int healedMs) {
        if (witness != null) {
            witness.start(witness.address);
        }
        servers.forEach(server -> server.start(server.address));
        sentinels.forEach(sentinel -> sentinel.start(sentinel.address));
        network.after(2_000, this::write);
        long start = network.now();
        network.runUntil(start + 20_000);
        for (SimulatedSentinel each : sentinels) {
            if (!plan.realSentinels && each.sentinel.master("master").membership().settled().isEmpty()) {
                violations.add(each.address + " has not settled its membership");
            }
        }
        network.slowness = random.nextInt(3) == 0 ? random.nextInt(20) : 0;
        network.breakage = random.nextInt(3) == 0 ? random.nextInt(20) : 0;
        network.doubling = random.nextInt(3) == 0 ? random.nextInt(100) : 0;
        long end = network.now() + faultyMs;
        while (network.now() < end) {
            network.runUntil(network.now() + random.nextInt(6_000));
            fault();
        }
        log.add(network.now() - 1_000_000 + " --- healed");
        network.heal();
        network.slowness = 0;
        network.breakage = 0;
        network.doubling = 0;
        everybody().forEach(this::revive);
        network.runUntil(network.now() + healedMs);
        check();
    }

    private List<SimulatedNetwork.Process> everybody() {
        List<SimulatedNetwork.Process> all = new ArrayList<>(servers);
        all.addAll(sentinels);
        if (witness != null) {
            all.add(witness);
        }
        return all;
    }

    private void revive(SimulatedNetwork.Process process) {
        if (!process.alive) {
            process.start(process instanceof SimulatedServer s ? s.address : ((SimulatedSentinel) process).address);
        } else if (process.paused) {
            process.resume();
        }
    }

    private void write() {
        servers.forEach(server -> server.write(writes++));
        network.after(20 + random.nextInt(20), this::write);
    }

    private void fault() {
        faults++;
        List<SimulatedNetwork.Process> all = everybody();
        SimulatedNetwork.Process one = all.get(random.nextInt(all.size()));
        SimulatedNetwork.Host host = hosts.get(random.nextInt(hosts.size()));
        switch (random.nextInt(12)) {
            case 0, 1 -> {
                SimulatedNetwork.Host other = hosts.get(random.nextInt(hosts.size()));
                if (other != host && random.nextInt(3) == 0) {
                    say("cut from " + host.name + " to " + other.name);
                    network.cutOneWay(host, other);
                } else if (other != host) {
                    say("cut " + host.name + " " + other.name);
                    network.cut(host, other);
                }
            }
            case 2 -> {
                say("isolated " + host.name);
                hosts.stream().filter(other -> other != host).forEach(other -> network.cut(host, other));
            }
            case 3, 4 -> {
                say("cuts healed");
                network.heal();
            }
            case 5 -> {
                say("killed " + name(one));
                one.kill();
            }
            case 6 -> {
                say("paused " + name(one));
                one.paused = one.alive;
                network.after(500 + random.nextInt(8_000), one::resume);
            }
            case 7 -> {
                say("power off " + host.name);
                all.stream().filter(process -> process.host == host).forEach(SimulatedNetwork.Process::kill);
                network.after(random.nextInt(15_000), () -> all.stream().filter(process -> process.host == host).forEach(this::revive));
            }
            case 8 -> {
                SimulatedSentinel sentinel = sentinels.get(random.nextInt(sentinels.size()));
                if (sentinel.alive && !sentinel.paused) {
                    say("failover by hand at " + sentinel.address);
                    sentinel.sentinel.failover("master");
                }
            }
            case 9 -> {
                SimulatedSentinel sentinel = sentinels.get(random.nextInt(sentinels.size()));
                say("disk full at " + sentinel.address);
                sentinel.failingSaves = random.nextInt(5);
            }
            case 10 -> {
                host.set += random.nextInt(20_000) - 10_000;
                say("clock of " + host.name + " set");
            }
            default -> {
                say("all revived");
                all.forEach(this::revive);
            }
        }
    }

    private String name(SimulatedNetwork.Process process) {
        return process instanceof SimulatedServer s ? "server " + s.address : "sentinel " + ((SimulatedSentinel) process).address;
    }

    private void say(String what) {
        log.add(network.now() - 1_000_000 + " *** " + what);
    }

    private void check() {
        List<SimulatedServer> masters = servers.stream().filter(SimulatedServer::isMaster).toList();
        if (masters.size() != 1) {
            violations.add("masters at the end: " + masters.stream().map(s -> s.address.toString()).toList());
            return;
        }
        SimulatedServer master = masters.get(0);
        for (SimulatedServer server : servers) {
            if (server != master && !Objects.equals(server.master, master.address)) {
                violations.add(server.address + " follows " + server.master + ", not " + master.address);
            }
        }
        for (SimulatedSentinel sentinel : sentinels) {
            Master seen = sentinel.sentinel.master("master");
            if (!seen.config.address.equals(master.address)) {
                violations.add(sentinel.address + " takes " + seen.config.address + " for the master, not " + master.address);
            }
        }
        int before = answered.size();
        network.runUntil(network.now() + 3_000);
        if (answered.size() == before) {
            violations.add("the master " + master.address + " answers no writes");
        }
        if (plan.need > 0 && !plan.realServers && !plan.realSentinels) {
            Set<Long> kept = new HashSet<>(master.data);
            long lost = answered.stream().filter(number -> !kept.contains(number)).count();
            if (lost > 0) {
                answered.stream().filter(number -> !kept.contains(number)).limit(5)
                        .forEach(number -> say("lost: " + number + " answered at " + answers.get(number)));
                answered.stream().filter(number -> !kept.contains(number)).reduce((a, b) -> b)
                        .ifPresent(number -> say("last lost: " + number + " answered at " + answers.get(number)));
                violations.add(lost + " of " + answered.size() + " answered writes lost");
            }
        }
    }
}
