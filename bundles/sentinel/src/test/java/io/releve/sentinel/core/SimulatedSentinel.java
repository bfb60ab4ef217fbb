package io.releve.sentinel.core;

import io.releve.format.guard.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A sentinel on a simulated host, with a disk that is what it last wrote. */
final class SimulatedSentinel extends SimulatedNetwork.Process implements World {
    final Address address;
    private final SimulatedNetwork network;
    private final Consumer<Event> events;
    private final boolean isOurs;
    private SentinelConfig disk;
    Sentinel sentinel;
    SentinelConfig config;
    int failingSaves;

    /** @param isOurs whether it knows more than Redis' sentinel does */
    SimulatedSentinel(SimulatedNetwork network, SimulatedNetwork.Host host, Address address, SentinelConfig config, boolean isOurs,
            Consumer<Event> events) {
        network.super(host);
        this.network = network;
        this.address = address;
        this.disk = copy(config);
        this.isOurs = isOurs;
        this.events = events;
    }

    @Override
    void started() {
        config = copy(disk);
        sentinel = new Sentinel(this, config);
        every(50, 50, sentinel::tick);
    }

    @Override
    void request(SimulatedNetwork.SimulatedLink from, List<String> words, Consumer<Object> reply) {
        reply.accept(answer(words));
    }

    private Object answer(List<String> words) {
        try {
            switch (words.get(0)) {
                case "PING":
                    return "PONG";
                case "PUBLISH":
                    sentinel.hello(words.get(2));
                    return 1L;
                case "SENTINEL":
                    if (words.get(1).equals("MYID")) {
                        return config.id;
                    } else if (words.get(1).equals("is-master-down-by-addr")) {
                        return sentinel.isMasterDown(words.get(2), Integer.parseInt(words.get(3)), Long.parseLong(words.get(4)), words.get(5));
                    } else if (words.get(1).equals("PEER") && isOurs) {
                        return sentinel.peer(words.subList(2, words.size()));
                    }
                    return new Link.Failure("ERR unknown subcommand");
                default:
                    return "OK";
            }
        } catch (IllegalArgumentException e) {
            return new Link.Failure("ERR " + e.getMessage());
        }
    }

    static SentinelConfig copy(SentinelConfig from) {
        SentinelConfig to = new SentinelConfig(from.id);
        to.currentEpoch = from.currentEpoch;
        to.remembered.putAll(from.remembered);
        from.masters.forEach((name, master) -> {
            MasterConfig copy = new MasterConfig(name, master.leading(), master.quorum);
            copy.downAfter = master.downAfter;
            copy.failoverTimeout = master.failoverTimeout;
            copy.parallelSyncs = master.parallelSyncs;
            copy.witness = master.witness;
            copy.configEpoch = master.configEpoch;
            copy.leaderEpoch = master.leaderEpoch;
            copy.knownReplicas.addAll(master.knownReplicas);
            copy.knownSentinels.addAll(master.knownSentinels);
            copy.remembered.putAll(master.remembered);
            to.masters.put(name, copy);
        });
        return to;
    }

    @Override
    public long now() {
        return host.clock();
    }

    @Override
    public long wallClock() {
        return host.clock() + host.set;
    }

    @Override
    public int random(int bound) {
        return network.random.nextInt(bound);
    }

    @Override
    public Link connect(Address to, Link.Owner owner) {
        return network.connect(this, to, owner);
    }

    @Override
    public boolean save() {
        if (failingSaves > 0) {
            failingSaves--;
            return false;
        }
        disk = copy(config);
        return true;
    }

    @Override
    public void event(Event event) {
        events.accept(event);
    }

    @Override
    public void reconfigured(MasterConfig master, String role, String state, Address from, Address to) {
    }

    @Override
    public String hostId() {
        return isOurs ? host.name : "";
    }

    @Override
    public List<String> ownHosts() {
        List<String> hosts = new ArrayList<>(List.of(address.host()));
        host.addresses.stream().filter(each -> !each.equals(address.host())).forEach(hosts::add);
        return hosts;
    }

    @Override
    public int ownPort() {
        return address.port();
    }

    @Override
    public void crash() {
        kill();
    }
}
