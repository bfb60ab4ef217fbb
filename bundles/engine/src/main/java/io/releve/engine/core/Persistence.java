package io.releve.engine.core;

import io.releve.config.Settings;
import io.releve.engine.Engine;
import io.releve.engine.Turn;
import io.releve.info.InfoSection;
import io.releve.keyspace.Keyspace;
import io.releve.log.ChangeLog;
import io.releve.log.History;
import io.releve.persistence.Disk;
import io.releve.persistence.Found;
import io.releve.persistence.FsyncPolicy;
import io.releve.persistence.Journal;
import io.releve.persistence.JournalProvider;
import io.releve.persistence.PersistenceContext;
import io.releve.persistence.Snapshotter;
import io.releve.persistence.SnapshotterProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The copies on disk of one engine: the journal and the snapshots that it has opened, and those it could open. */
final class Persistence implements PersistenceContext {
    private static final Logger LOG = LoggerFactory.getLogger(Persistence.class);

    private final String instance;
    private final Path directory;
    private final Disk disk;
    private final ChangeLog log;
    private final Settings settings;
    private final List<JournalProvider> providers = new CopyOnWriteArrayList<>();
    private final FsyncLatency latency = new FsyncLatency();
    private RedisEngine engine;
    private volatile Snapshotter snapshotter;
    private volatile Journal journal;
    /** A journal that will take the place of the one above once it can be loaded. */
    private volatile Journal successor;
    /** Files of a journal that are written once, while {@code appendonly} is {@code no}. */
    private Journal once;
    private volatile JournalProvider provider;
    private volatile SnapshotterProvider snapshots;
    /** How long the last exchange of journals held the turn, ns. */
    private volatile long takeOverNanos;
    private volatile FsyncPolicy policy = FsyncPolicy.EVERYSEC;
    private volatile String snapshotOwner;
    private boolean started;

    Persistence(String instance, Path directory, Disk disk, ChangeLog log, Settings settings) {
        this.instance = instance;
        this.directory = directory;
        this.disk = disk;
        this.log = log;
        this.settings = settings;
    }

    void engine(RedisEngine newEngine) {
        engine = newEngine;
    }

    // Providers

    void add(JournalProvider added) {
        providers.add(added);
    }

    /** A provider goes away; a journal that it has opened is closed, and writes are refused until there is one again. */
    void remove(JournalProvider removed) {
        providers.remove(removed);
        if (engine == null || provider != removed) {
            return;
        }
        engine.turn().run(() -> {
            JournalProvider other = named(removed.name());
            if (other != null && successor == null) {
                try {
                    exchange(other);
                    return;
                } catch (IOException e) {
                    LOG.error("The journal {} cannot go on in another version: {}", removed.name(), e.getMessage());
                }
            }
            LOG.warn("The bundle of the journal {} goes away: writes are refused until it is back", removed.name());
            closeJournal(false);
            provider = null;
        });
    }

    /** Takes the journal up again whose bundle was away. */
    void resume() {
        if (engine == null || !started || journal != null || !wanted()) {
            return;
        }
        engine.turn().run(() -> {
            try {
                goOnWith(named(settings.get(PersistenceDirectives.JOURNAL)));
            } catch (IOException e) {
                LOG.error("The journal cannot be taken up again: {}", e.getMessage());
            }
        });
    }

    /** With the files that are there if they hold what is in the keyspace, else from a new base. */
    private void goOnWith(JournalProvider chosen) throws IOException {
        open(chosen);
        if (journal != null) {
            Found found = journal.found();
            journal.start(policy, found != null && isHere(found.history()));
        }
    }

    private boolean isHere(History history) {
        return history != null && history.clean() && history.position() == log.position()
                && history.id().equals(log.replicationId());
    }

    JournalProvider named(String name) {
        for (JournalProvider candidate : providers) {
            if (candidate.name().equals(name)) {
                return candidate;
            }
        }
        return null;
    }

    private boolean wanted() {
        return settings.get(PersistenceDirectives.APPEND_ONLY);
    }

    /** Looks at what the journal of this provider has on disk; nothing happens for null. */
    void open(JournalProvider chosen) throws IOException {
        if (chosen != null) {
            journal = chosen.open(this);
            provider = chosen;
        }
    }

    /**
     * The journal in use has nothing on disk. When another has, it was most likely changed with CONFIG SET only: to start
     * without data would be a loss.
     */
    void refuseOtherJournals() throws IOException {
        for (JournalProvider other : providers) {
            Found found = other == provider ? null : other.open(this).found();
            if (found != null) {
                throw new IOException("The journal " + provider.name() + " is empty, but there is other data: " + found.description()
                        + ". Start with journal " + other.name() + ", which can be changed with CONFIG SET later, or put these"
                        + " files aside");
            }
        }
    }

    /** What writes snapshots goes away, and another takes its place, or nobody; the turn is held. */
    void remove(SnapshotterProvider removed, SnapshotterProvider other) {
        if (snapshots != removed) {
            return;
        }
        try {
            if (other != null) {
                exchange(other);
                return;
            }
        } catch (IOException e) {
            LOG.error("Snapshots cannot be written: {}", e.getMessage());
        }
        closeSnapshotter();
    }

    void closeSnapshotter() {
        if (snapshotter != null) {
            snapshotter.close();
            snapshotter = null;
            snapshots = null;
        }
    }

    /** Begins to write; the turn is held. */
    void start(boolean continued) {
        started = true;
        if (journal != null) {
            journal.start(policy, continued);
        }
        if (snapshotter != null) {
            snapshotter.start();
        }
    }

    // Settings

    void appendFsync(String word) {
        policy = FsyncPolicy.valueOf(word.toUpperCase(Locale.ROOT));
        if (started && journal != null) {
            journal.policy(policy);
        }
        if (successor != null) {
            successor.policy(policy);
        }
    }

    void appendOnly(boolean on) {
        if (!started || on == (journal != null)) {
            return;
        }
        outsideOfTransactions();
        if (!on) {
            closeJournal(false);
            return;
        }
        try {
            open(required(settings.get(PersistenceDirectives.JOURNAL)));
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        journal.start(policy, false);
    }

    /** What a transaction has changed so far would be in the base and in what follows it. */
    private void outsideOfTransactions() {
        if (engine.inGroup()) {
            throw new IllegalArgumentException("this cannot be changed inside a transaction");
        }
    }

    private JournalProvider required(String name) {
        JournalProvider chosen = named(name);
        if (chosen == null) {
            throw new IllegalArgumentException("there is no journal '" + name + "': its bundle is not installed or not"
                    + " started");
        }
        return chosen;
    }

    /** Has another journal take over, as soon as it holds everything. */
    void journal(String name) {
        if (!started || journal == null) {
            return;
        }
        JournalProvider chosen = required(name);
        if (chosen == provider) {
            return;
        }
        outsideOfTransactions();
        if (successor != null) {
            throw new IllegalArgumentException("another journal is taking over already");
        }
        Journal next;
        try {
            next = chosen.open(this);
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        successor = next;
        next.start(policy, false).whenComplete((done, failure) -> later(() -> takeOver(chosen, next, failure)));
    }

    /** On another thread, with the turn: who completes a future may have the turn or not. */
    private void later(Runnable work) {
        engine.cron().at(0, () -> engine.turn().run(work));
    }

    private void takeOver(JournalProvider chosen, Journal next, Throwable failure) {
        if (successor != next) {
            return;
        }
        long began = System.nanoTime();
        try {
            if (failure != null) {
                LOG.error("The journal {} cannot take over, {} goes on: {}", chosen.name(), provider.name(),
                        failure.getMessage());
                next.close(true);
                return;
            }
            Journal old = journal;
            journal = next;
            LOG.info("The journal {} has taken over from {} at position {}", chosen.name(), provider.name(),
                    log.position());
            provider = chosen;
            old.close(true);
            takeOverNanos = System.nanoTime() - began;
        } catch (IOException e) {
            LOG.error("A journal could not be closed in good order: {}", e.getMessage());
        } finally {
            // last: who waits for the exchange sees what has come of it
            successor = null;
        }
    }

    // Exchange

    JournalProvider journalProvider() {
        return provider;
    }

    SnapshotterProvider snapshotterProvider() {
        return snapshots;
    }

    boolean takingOver() {
        return successor != null;
    }

    long takeOverNanos() {
        return takeOverNanos;
    }

    /** Of several versions of a journal this is used. */
    void prefer(JournalProvider preferred) {
        providers.remove(preferred);
        providers.add(0, preferred);
    }

    /** Another version of the same journal goes on with its files; the turn is held. What fails leaves the old one at work. */
    void exchange(JournalProvider next) throws IOException {
        JournalProvider old = provider;
        if (successor != null) {
            throw new IOException("another journal is taking over already");
        }
        prefer(next);
        if (journal == null) {
            return;
        }
        closeJournal(false);
        try {
            goOnWith(next);
            LOG.info("The journal {} goes on in another version at position {}", next.name(), log.position());
        } catch (IOException | RuntimeException e) {
            journal = null;
            prefer(old);
            goOnWith(old);
            throw new IOException("the journal could not be opened by the other version: " + e.getMessage(), e);
        }
    }

    /** This writes snapshots from here on; once there is an engine the turn is held. What fails leaves the old one at work. */
    void exchange(SnapshotterProvider next) throws IOException {
        if (snapshots == next) {
            return;
        }
        Snapshotter opened = next.open(this);
        closeSnapshotter();
        snapshotter = opened;
        snapshots = next;
        if (started) {
            opened.start();
        }
    }

    // What the engine asks

    Journal journal() {
        return journal;
    }

    Snapshotter snapshotter() {
        return snapshotter;
    }

    /** Why writes are refused at the moment, or null. */
    String refusal() {
        Journal now = journal;
        String refusal = now == null ? null : now.refusal();
        if (refusal == null && snapshotter != null) {
            refusal = snapshotter.refusal();
        }
        if (refusal == null && now == null && started && wanted()) {
            refusal = "MISCONF The journal is not there: its bundle was stopped or removed. Writes go on when it is back.";
        }
        return refusal;
    }

    /** About ten times a second, with the turn. */
    void tick() {
        if (!started) {
            return;
        }
        for (Journal each : new Journal[] {journal, successor, once}) {
            if (each != null) {
                each.tick();
                if (snapshotOwner == null) {
                    each.snapshotPossible();
                }
            }
        }
        if (snapshotter != null) {
            snapshotter.tick();
            if (snapshotOwner == null) {
                snapshotter.snapshotPossible();
            }
        }
    }

    /** BGREWRITEAOF; the turn is held. Without a journal its files are written all the same, and left as they are. */
    boolean rewrite() {
        if (journal != null) {
            return journal.rewrite();
        }
        if (once != null) {
            throw new io.releve.command.CommandException(
                    "ERR Background append only file rewriting already in progress");
        }
        try {
            boolean possible = snapshotOwner == null;
            once = required(settings.get(PersistenceDirectives.JOURNAL)).open(this);
            once.start(FsyncPolicy.NO, false).whenComplete((done, failure) -> later(() -> {
                try {
                    closeOnce();
                } catch (IOException e) {
                    LOG.error("The journal's files could not be written: {}", e.getMessage());
                }
            }));
            return possible && snapshotOwner != null;
        } catch (IOException | IllegalArgumentException e) {
            throw new io.releve.command.CommandException("ERR " + e.getMessage());
        }
    }

    private void closeOnce() throws IOException {
        Journal done = once;
        once = null;
        if (done != null) {
            done.close(false);
        }
    }

    void describe(InfoSection.Lines lines) {
        if (snapshotter != null) {
            snapshotter.describe(lines);
        }
        Journal now = journal;
        lines.add("aof_enabled", now == null ? 0 : 1);
        if (now == null) {
            lines.add("aof_rewrite_in_progress", 0);
            lines.add("aof_rewrite_scheduled", 0);
            lines.add("aof_last_rewrite_time_sec", -1);
            lines.add("aof_current_rewrite_time_sec", -1);
            lines.add("aof_last_bgrewrite_status", "ok");
            lines.add("aof_last_write_status", "ok");
        } else {
            lines.add("journal", provider.name());
            now.describe(lines);
            latency.describe(lines);
        }
    }

    /** Closes the journal; the turn is held. @return the fingerprint of what it holds, 0 when that is not certain */
    long closeJournal(boolean retired) {
        long fingerprint = 0;
        try {
            closeOnce();
            if (successor != null) {
                successor.close(true);
                successor = null;
            }
            if (journal != null) {
                fingerprint = journal.close(retired);
            }
        } catch (IOException e) {
            LOG.error("The journal could not be closed in good order: {}", e.getMessage());
        }
        journal = null;
        return fingerprint;
    }

    /** Other data takes the place of what is there; the turn is held. @return whether a journal was written so far */
    boolean suspendJournal() {
        boolean journaled = journal != null;
        if (journaled) {
            closeJournal(false);
        }
        return journaled;
    }

    /** Begins a new journal, from a base of the data that are there now; the turn is held. */
    void restartJournal() {
        try {
            open(provider);
            journal.start(policy, false);
        } catch (IOException e) {
            LOG.error("The journal cannot be begun anew, writes are refused: {}", e.getMessage());
        }
    }

    /** Loads the journal from the start, with nothing before it; the turn is held. */
    void reloadJournal(Loading loading) throws IOException {
        JournalProvider same = provider;
        if (journal == null || same == null) {
            throw new IOException("there is no journal");
        }
        closeJournal(false);
        open(same);
        journal.replay(loading);
        journal.start(policy, true);
    }

    // PersistenceContext

    @Override
    public String instance() {
        return instance;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public Disk disk() {
        return disk;
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public Turn turn() {
        return engine == null ? null : engine.turn();
    }

    @Override
    public Engine engine() {
        return engine == null ? null : engine.administration();
    }

    @Override
    public Keyspace keyspace() {
        return engine == null ? null : engine.keyspace();
    }

    @Override
    public ChangeLog log() {
        return log;
    }

    @Override
    public synchronized boolean snapshotBegins(String owner) {
        if (snapshotOwner != null || engine.inGroup() || engine.replicating().loads()) {
            // a snapshot within a transaction would hold half of it
            return false;
        }
        snapshotOwner = owner;
        return true;
    }

    @Override
    public String snapshotOwner() {
        return snapshotOwner;
    }

    @Override
    public void snapshotDone() {
        snapshotOwner = null;
    }

    @Override
    public void forced(long nanos) {
        latency.add(nanos);
        if (engine != null && policy == FsyncPolicy.ALWAYS) {
            engine.observation().events().took("aof-fsync-always", nanos);
        }
    }
}
