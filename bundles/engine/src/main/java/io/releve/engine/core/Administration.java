package io.releve.engine.core;

import io.releve.command.Command;
import io.releve.command.CommandSpec;
import io.releve.config.Settings;
import io.releve.engine.Clock;
import io.releve.engine.Engine;
import io.releve.engine.Exchange;
import io.releve.engine.Lifecycle;
import io.releve.engine.Mode;
import io.releve.engine.Session;
import io.releve.engine.Subscriptions;
import io.releve.keyspace.Database;
import io.releve.persistence.Journal;
import io.releve.persistence.Snapshotter;
import io.releve.replication.Replication;
import io.releve.replication.Standing;
import io.releve.security.Authorizer;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** The engine as administrative commands see it. */
final class Administration implements Engine {
    private final RedisEngine engine;

    Administration(RedisEngine engine) {
        this.engine = engine;
    }

    @Override
    public String runId() {
        return engine.runId();
    }

    @Override
    public Mode mode() {
        return engine.mode();
    }

    @Override
    public Clock clock() {
        return engine.clock();
    }

    @Override
    public int databases() {
        return engine.databases();
    }

    @Override
    public Database database(int index) {
        return engine.database(index);
    }

    @Override
    public Database databaseInUse(int index) {
        return engine.databaseInUse(index);
    }

    @Override
    public void swapDatabases(int first, int second) {
        engine.swapDatabases(first, second);
    }

    @Override
    public Collection<Command> commands() {
        return engine.registry().commands();
    }

    @Override
    public Command command(String name) {
        CommandSlot slot = engine.registry().table().named(name);
        return slot == null ? null : slot.command;
    }

    @Override
    public Collection<CommandSpec> specs() {
        return engine.registry().specs();
    }

    @Override
    public Subscriptions subscriptions() {
        return engine.channels();
    }

    @Override
    public MultiExec transactions() {
        return engine.transactions();
    }

    @Override
    public Exchange exchange() {
        return engine.exchanges();
    }

    @Override
    public Replication replication() {
        return engine.replicating().replication();
    }

    @Override
    public Standing standing() {
        return engine.replicating().standing();
    }

    @Override
    public Collection<Session> sessions() {
        return engine.sessions().all();
    }

    @Override
    public Session session(long id) {
        return engine.sessions().find(id);
    }

    @Override
    public void kill(Session session) {
        session.connection().close(false);
    }

    @Override
    public boolean unblock(Session session, boolean error) {
        return engine.waiters().unblock((ClientSession) session,
                error ? "UNBLOCKED client unblocked via CLIENT UNBLOCK" : null);
    }

    @Override
    public void pause(long until, boolean writesOnly) {
        engine.holding().pause(until, writesOnly, engine.now());
    }

    @Override
    public void unpause() {
        engine.holding().unpause();
    }

    @Override
    public void activeExpiry(boolean on) {
        engine.expiry().active(on);
    }

    @Override
    public void habit(Habit habit, boolean on) {
        switch (habit) {
            case PERIODIC_WORK -> engine.cron().pause(!on);
            case REFUSALS_IN_SCRIPTS -> engine.scripting().script().refuses(on);
        }
    }

    @Override
    public void changeReplicationId() {
        engine.log().fork();
    }

    @Override
    public int accessClock() {
        return engine.accessClocks().initial();
    }

    @Override
    public boolean countsFrequencies() {
        return engine.accessClocks().countsFrequencies();
    }

    @Override
    public boolean keepsAccessTimes() {
        return engine.settings().get(EngineDirectives.MAXMEMORY_POLICY).endsWith("-lru");
    }

    @Override
    public long idleSeconds(int access) {
        return engine.accessClocks().idleSeconds(access);
    }

    @Override
    public int frequency(int access) {
        return engine.accessClocks().frequency(access);
    }

    @Override
    public String info(List<String> sections) {
        return engine.infoSections().text(sections);
    }

    @Override
    public void resetStatistics() {
        engine.statistics().reset();
        engine.registry().statistics().values().forEach(CommandStatistics::reset);
        engine.pauses().reset();
    }

    @Override
    public Authorizer authorizer() {
        return engine.authorizer();
    }

    @Override
    public Settings settings() {
        return engine.settings();
    }

    @Override
    public void shutdown(ShutdownRequest request) {
        engine.stop().request(request);
        Lifecycle life = engine.lifecycle().get();
        if (life != null) {
            life.stop();
        }
    }

    @Override
    public Snapshotter snapshotter() {
        return engine.persistence().snapshotter();
    }

    @Override
    public Journal journal() {
        return engine.persistence().journal();
    }

    @Override
    public boolean rewriteJournal() {
        return engine.persistence().rewrite();
    }

    @Override
    public long changes() {
        return engine.statistics().dirty;
    }

    @Override
    public void changesSaved(long count) {
        engine.statistics().dirty -= count;
    }

    @Override
    public List<byte[]> functions() {
        return engine.functions().all();
    }

    @Override
    public Scripting scripts() {
        return engine.scripting();
    }

    @Override
    public Observation introspection() {
        return engine.observation();
    }

    @Override
    public long stalledMs() {
        return engine.watchdog().stalledMs();
    }

    @Override
    public boolean loading() {
        return engine.loading() != null;
    }

    @Override
    public void reload(Reload how) throws IOException {
        new Reloading(engine).run(how);
    }

    @Override
    public void monitor(Session session, boolean on) {
        if (on) {
            engine.monitors().add((ClientSession) session);
        } else {
            engine.monitors().remove((ClientSession) session);
        }
    }

    @Override
    public void prepareShutdown(ShutdownRequest request) throws IOException {
        engine.stop().prepare(request);
    }

    @Override
    public boolean abortShutdown() {
        return engine.stop().abort();
    }
}
