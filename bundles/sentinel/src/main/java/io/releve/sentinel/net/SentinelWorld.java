package io.releve.sentinel.net;

import io.releve.format.guard.Address;
import io.releve.sentinel.core.Event;
import io.releve.sentinel.core.Link;
import io.releve.sentinel.core.MasterConfig;
import io.releve.sentinel.core.SentinelConfig;
import io.releve.sentinel.core.World;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The world a sentinel lives in: real clocks, sockets, a file. */
final class SentinelWorld implements World {
    private static final Logger LOG = LoggerFactory.getLogger("io.releve.sentinel");
    private static final int CRASHED = 99;

    private final SentinelConfig config;
    private final SentinelConfig.Store store;
    private final Links links;
    private final Machine machine;
    private final int port;
    private final BiConsumer<String, String> messages;
    private final Consumer<List<String>> scripts;

    /**
     * @param port it listens on
     * @param messages take channel and text
     * @param scripts take path and arguments
     */
    SentinelWorld(SentinelConfig config, SentinelConfig.Store store, Links links, Machine machine, int port,
            BiConsumer<String, String> messages, Consumer<List<String>> scripts) {
        this.config = config;
        this.store = store;
        this.links = links;
        this.machine = machine;
        this.port = port;
        this.messages = messages;
        this.scripts = scripts;
    }

    @Override
    public long now() {
        return System.nanoTime() / 1_000_000;
    }

    @Override
    public long wallClock() {
        return System.currentTimeMillis();
    }

    @Override
    public int random(int bound) {
        return ThreadLocalRandom.current().nextInt(bound);
    }

    @Override
    public Link connect(Address to, Link.Owner owner) {
        return links.connect(to, owner);
    }

    @Override
    public boolean save() {
        return store.save(config);
    }

    @Override
    public void event(Event event) {
        switch (event.level()) {
            case DEBUG -> LOG.debug("{} {}", event.type(), event.text());
            case NOTICE -> LOG.info("{} {}", event.type(), event.text());
            default -> LOG.warn("{} {}", event.type(), event.text());
        }
        if (event.level() != Event.Level.DEBUG) {
            messages.accept(event.type(), event.text());
        }
        if (event.level() == Event.Level.WARNING && event.master() != null && !event.master().notificationScript.isEmpty()) {
            scripts.accept(List.of(event.master().notificationScript, event.type(), event.text()));
        }
    }

    @Override
    public void reconfigured(MasterConfig master, String role, String state, Address from, Address to) {
        if (!master.clientReconfigScript.isEmpty()) {
            scripts.accept(List.of(master.clientReconfigScript, master.name, role, state, from.host(), String.valueOf(from.port()),
                    to.host(), String.valueOf(to.port())));
        }
    }

    @Override
    public String hostId() {
        return machine.hostId();
    }

    @Override
    public List<String> ownHosts() {
        return machine.hosts();
    }

    @Override
    public String shown(String host) {
        return config.announceHostnames ? host : links.lastKnown(host);
    }

    @Override
    public int ownPort() {
        return config.announcePort != 0 ? config.announcePort : port;
    }

    @Override
    public void crash() {
        LOG.warn("Crashing, as SENTINEL SIMULATE-FAILURE has asked for");
        Runtime.getRuntime().halt(CRASHED);
    }
}
