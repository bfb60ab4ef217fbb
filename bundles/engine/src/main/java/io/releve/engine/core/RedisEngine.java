package io.releve.engine.core;

import io.releve.command.Arguments;
import io.releve.command.Command;
import io.releve.command.CommandSpec;
import io.releve.config.Settings;
import io.releve.engine.Clock;
import io.releve.engine.Connection;
import io.releve.engine.Dispatcher;
import io.releve.engine.Engine;
import io.releve.engine.Lane;
import io.releve.engine.Lifecycle;
import io.releve.engine.Session;
import io.releve.keyspace.Database;
import io.releve.keyspace.Keyspace;
import io.releve.log.ChangeLog;
import io.releve.log.Entry;
import io.releve.security.Authorizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One engine: it owns its keyspace and its log, and runs the commands of every session. Several may live in one JVM.
 */
final class RedisEngine implements Engine, Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(RedisEngine.class);

    private final String instance;
    private final Clock clock;
    private final Settings settings;
    private final ChangeLog log;
    private final Keyspace keyspace;
    private final CommandRegistry registry;
    private final Turn turn = new Turn();
    private final Statistics statistics = new Statistics();
    private final AccessClock accessClocks;
    private final Expiry expiry;
    private final Eviction eviction;
    private final Holding holding;
    private final Cron cron;
    private final Info info;
    private final PasswordAuthorizer passwords = new PasswordAuthorizer();
    private final ConcurrentSkipListMap<Long, ClientSession> sessions = new ConcurrentSkipListMap<>();
    /** Number of sessions; the map would have to count them. */
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicLong nextSessionId = new AtomicLong(1);
    private final List<AutoCloseable> watches = new ArrayList<>();
    private final int databaseCount;
    private final boolean[] used;
    private final Supplier<Lifecycle> lifecycle;
    private volatile Authorizer authorizer = passwords;
    private volatile long maxClients = 10_000;
    private volatile boolean latencyTracking = true;
    private volatile ShutdownRequest shutdown = new ShutdownRequest(null, false, false);
    private volatile long now;

    RedisEngine(String instance, Clock clock, Settings settings, ChangeLog log, Keyspace keyspace,
            CommandRegistry registry, Supplier<Lifecycle> lifecycle) {
        this.instance = instance;
        this.clock = clock;
        this.settings = settings;
        this.log = log;
        this.keyspace = keyspace;
        this.registry = registry;
        this.lifecycle = lifecycle;
        now = clock.milliseconds();
        databaseCount = settings.get(EngineDirectives.DATABASES).intValue();
        used = new boolean[databaseCount];
        if (keyspace.restored()) {
            for (int i = 0; i < databaseCount; i++) {
                used[i] = keyspace.database(i).size() > 0;
            }
        }
        SplittableRandom random = new SplittableRandom();
        accessClocks = new AccessClock(random.split());
        accessClocks.tick(now);
        expiry = new Expiry(this);
        eviction = new Eviction(this, random.split());
        holding = new Holding(this);
        info = new Info(this);
        cron = new Cron(this);
        watchSettings();
    }

    private void watchSettings() {
        watches.add(settings.watch(EngineDirectives.REQUIREPASS, passwords::password));
        watches.add(settings.watch(EngineDirectives.MAXMEMORY, eviction::limit));
        watches.add(settings.watch(EngineDirectives.MAXMEMORY_SAMPLES, eviction::samples));
        watches.add(settings.watch(EngineDirectives.EVICTION_TENACITY, eviction::tenacity));
        watches.add(settings.watch(EngineDirectives.MAXMEMORY_POLICY, policy -> {
            eviction.policy(policy);
            accessClocks.policy(policy);
        }));
        watches.add(settings.watch(EngineDirectives.LFU_LOG_FACTOR, accessClocks::logFactor));
        watches.add(settings.watch(EngineDirectives.LFU_DECAY_TIME, accessClocks::decayMinutes));
        watches.add(settings.watch(EngineDirectives.LATENCY_TRACKING, on -> latencyTracking = on));
        watches.add(settings.watch(EngineDirectives.HZ, cron::frequency));
        watches.add(settings.watch(EngineDirectives.EXPIRE_EFFORT, cron::effort));
    }

    /** Starts the periodic work. */
    void start() {
        cron.start();
    }

    /** Stops and closes the keyspace. */
    void close() throws IOException {
        cron.stop();
        for (AutoCloseable watch : watches) {
            try {
                watch.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        turn.take();
        boolean keep = keepsData();
        keyspace.close(keep);
        LOG.info("Stopped; the data is {}", keep ? "kept for the next start"
                : "not kept: there are no save points and no append-only file, or SHUTDOWN NOSAVE was used");
    }

    /** What Redis would have kept: with save points or an append-only file, and not after SHUTDOWN NOSAVE. */
    private boolean keepsData() {
        if (shutdown.save() != null) {
            return shutdown.save();
        }
        return !settings.find("save").getOrDefault("save", "").isEmpty()
                || "yes".equals(settings.find("appendonly").get("appendonly"));
    }

    Turn turn() {
        return turn;
    }

    CommandRegistry registry() {
        return registry;
    }

    Statistics statistics() {
        return statistics;
    }

    ChangeLog log() {
        return log;
    }

    Keyspace keyspace() {
        return keyspace;
    }

    AccessClock accessClocks() {
        return accessClocks;
    }

    Expiry expiry() {
        return expiry;
    }

    Eviction eviction() {
        return eviction;
    }

    Info infoSections() {
        return info;
    }

    String instance() {
        return instance;
    }

    boolean tracksLatency() {
        return latencyTracking;
    }

    /** Wall clock of the current batch, ms since the epoch. */
    long now() {
        return now;
    }

    /** Reads the clock; at the start of every batch. */
    void tick() {
        long milliseconds = clock.milliseconds();
        if (milliseconds != now) {
            now = milliseconds;
            accessClocks.tick(milliseconds);
        }
    }

    /** @return the position the batch's replies wait for, 0 for none */
    long endBatch() {
        if (!log.active()) {
            return 0;
        }
        log.flush();
        return log.acknowledged() == Long.MAX_VALUE ? 0 : log.position();
    }

    void append(int database, int remainingInGroup, Arguments effect) {
        log.append(Entry.Kind.EFFECT, database, remainingInGroup, effect);
    }

    /** Bytes of data (INFO memory, used_memory). */
    long usedMemory() {
        return keyspace.usedMemory();
    }

    /** Lets the keyspace take back what is free, for a moment. */
    void reclaim() {
        keyspace.maintain(clock.nanoTime() + 1_000_000);
    }

    boolean paused(CommandSlot slot) {
        return holding.paused(slot, now);
    }

    void waitForUnpause(ClientSession session) {
        holding.waitForUnpause(session);
    }

    boolean waitForCommand(ClientSession session) {
        return holding.waitForCommand(session, now, settings.get(EngineDirectives.SWAP_GRACE));
    }

    boolean expiryPaused() {
        return holding.active(now);
    }

    /** Commands came or went: those who wait for one try again. */
    void commandsChanged() {
        holding.resume(ClientSession.Wait.COMMAND_AWAY);
    }

    Cron cron() {
        return cron;
    }

    Holding holding() {
        return holding;
    }

    void authorizer(Authorizer newAuthorizer) {
        authorizer = newAuthorizer == null ? passwords : newAuthorizer;
    }

    // Dispatcher

    @Override
    public Lane lane() {
        return new EngineLane(this);
    }

    @Override
    public Session connect(Connection connection) {
        if (connected.incrementAndGet() > maxClients) {
            connected.decrementAndGet();
            statistics.rejectedConnections.incrementAndGet();
            return null;
        }
        long id = nextSessionId.getAndIncrement();
        ClientSession session = new ClientSession(id, connection, clock.milliseconds(), this,
                !authenticationRequired());
        sessions.put(id, session);
        statistics.connections.incrementAndGet();
        return session;
    }

    @Override
    public void disconnect(Session session) {
        if (sessions.remove(session.id()) != null) {
            connected.decrementAndGet();
        }
        holding.forget((ClientSession) session);
    }

    @Override
    public boolean authenticationRequired() {
        return authorizer.authenticationRequired();
    }

    @Override
    public void maxClients(long limit) {
        maxClients = limit;
    }

    @Override
    public void count(Event event, long amount) {
        statistics.count(event, amount);
    }

    @Override
    public long acknowledged() {
        return log.acknowledged();
    }

    @Override
    public void onAcknowledged(Runnable callback) {
        log.onAcknowledged(callback);
    }

    // Engine

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public int databases() {
        return databaseCount;
    }

    @Override
    public Database database(int index) {
        used[index] = true;
        return keyspace.database(index);
    }

    @Override
    public Database databaseInUse(int index) {
        return used[index] ? keyspace.database(index) : null;
    }

    @Override
    public void swapDatabases(int first, int second) {
        keyspace.swap(first, second);
        boolean u = used[first];
        used[first] = used[second];
        used[second] = u;
        sessions.values().forEach(ClientSession::forgetDatabase);
    }

    @Override
    public Collection<Command> commands() {
        return registry.commands();
    }

    @Override
    public Command command(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        int bar = upper.indexOf('|');
        CommandSlot slot = registry.table().find(io.releve.bytes.Bytes.of(bar < 0 ? upper : upper.substring(0, bar)));
        if (slot == null || bar < 0) {
            return slot == null ? null : slot.command;
        }
        CommandSlot sub = slot.subcommands == null ? null : slot.subcommands.get(upper.substring(bar + 1));
        return sub == null ? null : sub.command;
    }

    @Override
    public Collection<CommandSpec> specs() {
        return registry.specs();
    }

    @Override
    public Collection<Session> sessions() {
        return List.copyOf(sessions.values());
    }

    @Override
    public Session session(long id) {
        return sessions.get(id);
    }

    @Override
    public void kill(Session session) {
        session.connection().close(false);
    }

    @Override
    public boolean unblock(Session session, boolean error) {
        return session.blocked();
    }

    @Override
    public void pause(long until, boolean writesOnly) {
        holding.pause(until, writesOnly, now);
    }

    @Override
    public void unpause() {
        holding.unpause();
    }

    @Override
    public void activeExpiry(boolean on) {
        expiry.active(on);
    }

    @Override
    public int accessClock() {
        return accessClocks.initial();
    }

    @Override
    public boolean countsFrequencies() {
        return accessClocks.countsFrequencies();
    }

    @Override
    public long idleSeconds(int access) {
        return accessClocks.idleSeconds(access);
    }

    @Override
    public int frequency(int access) {
        return accessClocks.frequency(access);
    }

    @Override
    public String info(List<String> sections) {
        return info.text(sections);
    }

    @Override
    public void resetStatistics() {
        statistics.reset();
        registry.statistics().values().forEach(CommandStatistics::reset);
    }

    @Override
    public Authorizer authorizer() {
        return authorizer;
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public void shutdown(ShutdownRequest request) {
        shutdown = request;
        Lifecycle life = lifecycle.get();
        if (life != null) {
            life.stop();
        }
    }

    @Override
    public boolean abortShutdown() {
        return false;
    }
}
