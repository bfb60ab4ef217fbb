package io.releve.engine.core;

import io.releve.bytes.Bytes;
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
import io.releve.engine.Mode;
import io.releve.engine.Session;
import io.releve.engine.Subscriptions;
import io.releve.engine.Turn;
import io.releve.engine.pubsub.Channels;
import io.releve.engine.pubsub.Notifications;
import io.releve.keyspace.Database;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.Value;
import io.releve.log.ChangeLog;
import io.releve.log.Entry;
import io.releve.log.History;
import io.releve.security.Authorizer;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One engine: it owns its keyspace and its log, and runs the commands of every session. Several may live in one JVM.
 */
final class RedisEngine implements Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(RedisEngine.class);

    private final String runId = newRunId();
    private final String instance;
    private final Clock clock;
    private final Settings settings;
    private final Persistence persistence;
    /** Position up to which those who copy the data were handed everything. */
    private volatile long flushed;
    private final Stop stop;
    private final Functions functions = new Functions();
    private final ChangeLog log;
    private volatile Keyspace keyspace;
    private final CommandRegistry registry;
    private final SemaphoreTurn turn = new SemaphoreTurn();
    private final Watchdog watchdog = new Watchdog(this, turn);
    private final Statistics statistics = new Statistics();
    private final AccessClock accessClocks;
    private final Expiry expiry;
    private final Eviction eviction;
    private final Holding holding;
    private final Cron cron;
    private final Offloads offloads;
    private final Exchanges exchanges;
    private final Channels channels;
    private final Delivery delivery = new Delivery(this);
    private final Signals signals;
    private final Observation observation;
    private final PauseMeter pauses;
    private final Waiters waiters;
    private final MultiExec transactions;
    private final Sessions sessions = new Sessions(this);
    private final Monitors monitors = new Monitors(this);
    private final Replicating replicating;
    private final RandomGenerator random;
    private final Info info;
    private final PasswordAuthorizer passwords = new PasswordAuthorizer();
    private final List<AutoCloseable> watches = new ArrayList<>();
    private final int databaseCount;
    private final boolean[] used;
    private final Supplier<Lifecycle> lifecycle;
    private final Busy busy = new Busy(this);
    private final Scripting scripting;
    private boolean silent;
    private final Administration administration = new Administration(this);
    private EffectGroup group;
    private volatile Authorizer authorizer = passwords;
    private final Permissions permissions = new Permissions(this);
    private volatile Loading loading;
    private volatile boolean loaded;
    private volatile long now;

    RedisEngine(Persistence persistence, Clock clock, Settings settings, Keyspace keyspace, CommandRegistry registry,
            Supplier<Lifecycle> lifecycle) {
        this.persistence = persistence;
        instance = persistence.instance();
        log = persistence.log();
        this.clock = clock;
        this.settings = settings;
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
        SplittableRandom seeds = new SplittableRandom();
        random = seeds.split();
        accessClocks = new AccessClock(seeds.split());
        accessClocks.tick(now);
        expiry = new Expiry(this);
        eviction = new Eviction(this, seeds.split());
        holding = new Holding(this);
        info = new Info(this);
        cron = new Cron(this);
        offloads = new Offloads(this);
        exchanges = new Exchanges(this);
        channels = new Channels(delivery);
        Watches watched = new Watches(this);
        waiters = new Waiters(this);
        observation = new Observation(this, seeds.split());
        pauses = new PauseMeter(instance, observation.events(), System::nanoTime);
        signals = new Signals(observation.tracking(), watched, waiters, new Notifications(channels));
        transactions = new MultiExec(this, watched);
        scripting = new Scripting(this);
        stop = new Stop(this);
        replicating = new Replicating(this);
        persistence.engine(this);
        watches.add(settings.watch(EngineDirectives.REQUIREPASS, password -> {
            passwords.password(password);
            authorizer.password(password);
        }));
        new WatchedSettings(settings, watches).apply(this);
    }

    /** Starts the periodic work. */
    void start() {
        cron.start();
        watchdog.start();
        pauses.start();
        log.onAcknowledged(this::copiesGotFurther);
    }

    /** The log is told on the thread of a copy, which must not wait for the turn. */
    private void copiesGotFurther() {
        if (waiters.waitForCopies()) {
            cron.at(0, () -> turn.run(() -> {
                tick();
                waiters.acknowledged();
                endBatch();
            }));
        }
    }

    /** From here on, until {@link #load} is done, clients hear that data is being loaded. */
    void beginLoading() {
        loading = new Loading(this, true);
    }

    /** Takes up the data: what the keyspace's files hold, or what is loaded; then begins to write copies. */
    void load(Origin origin) throws IOException {
        String wrong = registry.wrongRenaming();
        if (wrong != null) {
            throw new IOException(wrong);
        }
        turn.take();
        try (Statistics.Aside aside = statistics.aside().changes(0)) {
            tick();
            History history = origin.found() == null ? null : origin.found().history();
            if (!keyspace.restored()) {
                history = origin.load(persistence, loading);
            }
            for (int i = 0; i < databaseCount && mode() != Mode.SENTINEL; i++) {
                used[i] |= keyspace.database(i).size() > 0;
            }
            if (history != null) {
                log.restore(history);
            }
            persistence.start(origin.kind() == Origin.Kind.JOURNAL);
            replicating.start();
            log.opened();
            loaded = true;
            observation.loaded();
        } finally {
            loading = null;
            turn.give();
        }
    }

    /** Stops and closes the copies on disk and the keyspace. */
    void close() throws IOException {
        giveUpLoading();
        offloads.stop();
        // before the turn is taken for good, or it would be waited for in vain
        cron.stop();
        watchdog.stop();
        pauses.stop();
        try {
            stop.finish();
        } finally {
            OpenEngine.closeAll(watches);
        }
    }

    void giveUpLoading() {
        Loading current = loading;
        if (current != null) {
            current.giveUp();
        }
    }

    Persistence persistence() {
        return persistence;
    }

    Stop stop() {
        return stop;
    }

    Functions functions() {
        return functions;
    }

    Supplier<Lifecycle> lifecycle() {
        return lifecycle;
    }

    /** Whether the keyspace's files are data of their own. */
    boolean keepsFiles() {
        return settings.get(PersistenceDirectives.KEYSPACE_FILE).equals("keep");
    }

    /** Whether the data is complete. */
    boolean loaded() {
        return loaded;
    }

    /** What is being loaded, or null. */
    Loading loading() {
        return loading;
    }

    void loading(Loading now) {
        loading = now;
    }

    /** Whether changes come from a journal or a snapshot: nothing expires then, and nothing is written to the log. */
    boolean replaying() {
        return loading != null;
    }

    /** Whether what runs was decided elsewhere, a journal or a master: it sees keys whose time is over, and logs nothing. */
    boolean obeys() {
        return loading != null || replicating.obeying();
    }

    Replicating replicating() {
        return replicating;
    }

    /** Whether anybody reads what is written to the log. */
    boolean logs() {
        return log.active() && !silent && !obeys();
    }

    /** Runs something of which the log hears nothing. */
    void silently(Runnable work) {
        silent = true;
        try {
            work.run();
        } finally {
            silent = false;
        }
    }

    Busy busy() {
        return busy;
    }

    Scripting scripting() {
        return scripting;
    }

    Mode mode() {
        return registry.mode();
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

    Observation observation() {
        return observation;
    }

    ClientTracking tracking() {
        return observation.tracking();
    }

    /** Wall clock of the current batch, ms since the epoch. */
    long now() {
        return now;
    }

    /** Reads the clock. */
    void tick() {
        tick(clock.milliseconds());
    }

    private void tick(long milliseconds) {
        if (milliseconds != now) {
            now = milliseconds;
            accessClocks.tick(milliseconds);
            if (replicating.isDue(milliseconds)) {
                replicating.reconsider();
            }
        }
    }

    /**
     * A batch begins: takes over the time, as {@link #tick}, but reads only one clock where the other is known from it well enough.
     *
     * @return {@link Clock#nanoTime}
     */
    long beginBatch() {
        if (replicating.watchesTheClock()) {
            tick();
            return clock.nanoTime();
        }
        long nanos = clock.nanoTime();
        tick(clock.milliseconds(nanos));
        return nanos;
    }

    @Override
    public void awake() {
        if (replicating.isDue(clock.milliseconds())) {
            busy.run(this::tick);
        }
    }

    private static String newRunId() {
        byte[] id = new byte[20];
        new SecureRandom().nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /** 40 hex digits that no other start has. */
    String runId() {
        return runId;
    }

    /** @return the position the batch's replies wait for, 0 for none */
    long endBatch() {
        delivery.batchOver();
        if (!log.active()) {
            return 0;
        }
        flushLog();
        return replyPosition();
    }

    /** Whether those who copy the data have not been handed everything yet. Any thread. */
    boolean unflushed() {
        return log.active() && flushed != log.position();
    }

    void flushLog() {
        log.flush();
        flushed = log.position();
    }

    /**
     * The position that what is answered now waits for, 0 for none. Also where nothing waits at the moment: a reply that leaves
     * later, and a process that has slept until then, may find that it must.
     */
    long replyPosition() {
        return log.active() ? log.changed() : 0;
    }

    /** Whether what is answered waits until the log is acknowledged. */
    boolean repliesWait() {
        return log.active() && log.acknowledged() != Long.MAX_VALUE;
    }

    void append(int database, int remainingInGroup, Arguments effect) {
        append(Entry.Kind.EFFECT, database, remainingInGroup, effect);
    }

    void append(Entry.Kind kind, int database, int remainingInGroup, Arguments effect) {
        if (group == null) {
            log.append(kind, database, remainingInGroup, effect);
        } else {
            group.add(kind, database, effect);
        }
    }

    /** Whether entries are gathered. */
    boolean inGroup() {
        return group != null;
    }

    /** From here on entries are gathered, to be one atomic group. */
    void beginGroup() {
        group = new EffectGroup();
    }

    /** Forgets what was gathered. */
    void dropGroup() {
        group = null;
    }

    void endGroup() {
        EffectGroup gathered = group;
        group = null;
        gathered.appendTo(log);
    }

    /** A key's value; null also when it has expired, and then it is removed. */
    Value live(Database from, Bytes key) {
        Value value = from.find(key);
        if (value != null) {
            long expireAt = value.expireAt();
            if (expireAt != Value.NEVER && expireAt <= now && !obeys()) {
                if (!replicating.standing().replica()) {
                    expiry.remove(from, key);
                }
                return null;
            }
        }
        return value;
    }

    /** A request is over: those who waited for what it changed are served. */
    void afterRequest() {
        if (waiters.anyReady()) {
            waiters.serve();
        }
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
        return holding.paused(slot, now) || slot.servesData && replicating.standing().held();
    }

    void waitForUnpause(ClientSession session) {
        holding.waitForUnpause(session);
    }

    boolean waitForCommand(ClientSession session) {
        return holding.waitForCommand(session, now, settings.get(EngineDirectives.SWAP_GRACE));
    }

    boolean expiryPaused() {
        return loading != null || holding.active(now) || replicating.standing().replica();
    }

    /** Commands came or went: those who wait for one try again. */
    void commandsChanged() {
        holding.resume(ClientSession.Wait.COMMAND_AWAY);
        turn.run(() -> {
            tick();
            waiters.retryAll();
            endBatch();
        });
    }

    Watchdog watchdog() {
        return watchdog;
    }

    PauseMeter pauses() {
        return pauses;
    }

    Cron cron() {
        return cron;
    }

    Exchanges exchanges() {
        return exchanges;
    }

    Offloads offloads() {
        return offloads;
    }

    Waiters waiters() {
        return waiters;
    }

    Signals signals() {
        return signals;
    }

    Channels channels() {
        return channels;
    }

    Monitors monitors() {
        return monitors;
    }

    Delivery delivery() {
        return delivery;
    }

    RandomGenerator random() {
        return random;
    }

    Holding holding() {
        return holding;
    }

    /** Has another authorizer asked. Nobody takes the place of one that goes away: its rules stay in force. */
    void authorizer(Authorizer newAuthorizer) {
        turn.run(() -> {
            permissions.hand(authorizer, newAuthorizer);
            authorizer = newAuthorizer;
            permissions.follow(newAuthorizer);
        });
    }

    Permissions permissions() {
        return permissions;
    }

    // What the other classes here need

    Clock clock() {
        return clock;
    }

    Settings settings() {
        return settings;
    }

    Authorizer authorizer() {
        return authorizer;
    }

    int databases() {
        return databaseCount;
    }

    Database database(int index) {
        used[index] = true;
        return keyspace.database(index);
    }

    /** Empties all databases, and forgets the functions; the turn is held. */
    void clearData() {
        for (int i = 0; i < databaseCount; i++) {
            if (used[i]) {
                keyspace.database(i).clear();
                signals.databaseChanged(i);
            }
        }
        functions.clear();
    }

    /** Null when it was never used. */
    Database databaseInUse(int index) {
        return used[index] ? keyspace.database(index) : null;
    }

    void swapDatabases(int first, int second) {
        keyspace.swap(first, second);
        boolean u = used[first];
        used[first] = used[second];
        used[second] = u;
        sessions.forgetDatabases();
        replicating.databasesSwapped();
    }

    /** Another keyspace holds the same data and is used from here on; the turn is held. */
    void keyspace(Keyspace same) {
        keyspace = same;
        for (int i = 0; i < databaseCount; i++) {
            used[i] = same.database(i).size() > 0;
        }
        sessions.forgetDatabases();
        replicating.databasesSwapped();
    }

    /** Puts databases that were filled aside in the place of those of before; which are aside then. */
    void exchangeWithAside() {
        for (int i = 0; i < databaseCount; i++) {
            keyspace.swap(i, databaseCount + i);
            used[i] |= keyspace.database(i).size() > 0;
            signals.databaseChanged(i);
        }
        sessions.forgetDatabases();
    }

    /** A database that clients do not see, as a place to fill it. */
    Database aside(int index) {
        return keyspace.database(databaseCount + index);
    }

    Sessions sessions() {
        return sessions;
    }

    MultiExec transactions() {
        return transactions;
    }

    Administration administration() {
        return administration;
    }

    // Dispatcher

    @Override
    public Lane lane(Runnable whileBusy) {
        return new EngineLane(this, whileBusy);
    }

    @Override
    public Session connect(Connection connection) {
        return sessions.open(connection);
    }

    @Override
    public void disconnect(Session session) {
        sessions.close((ClientSession) session);
    }

    @Override
    public boolean authenticationRequired() {
        return authorizer.authenticationRequired();
    }

    @Override
    public void maxClients(long limit) {
        sessions.limit(limit);
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
    public boolean feedsReplicas() {
        return replicating.feedsReplicas();
    }

    @Override
    public Patience patience() {
        return replicating.patience();
    }

    @Override
    public Runnable onAcknowledged(Runnable callback) {
        return log.onAcknowledged(callback);
    }
}
