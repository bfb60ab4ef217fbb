package io.releve.contracts.journal;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.config.Settings;
import io.releve.contracts.KeyspaceContent;
import io.releve.contracts.ValueContent;
import io.releve.engine.Engine;
import io.releve.engine.Turn;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.Value;
import io.releve.log.ChangeLog;
import io.releve.log.Entry;
import io.releve.log.History;
import io.releve.persistence.Disk;
import io.releve.persistence.Found;
import io.releve.persistence.FsyncPolicy;
import io.releve.persistence.Journal;
import io.releve.persistence.JournalProvider;
import io.releve.persistence.PersistenceContext;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;

/** As much of a server as a journal needs: a log, a keyspace, the turn, time. Remembers its data at every position. */
final class TestServer implements PersistenceContext {
    static final int DATABASES = 3;

    final TestClock clock;
    final ChangeLog log;
    final Keyspace keyspace;
    /** The data at each position between two atomic groups. */
    final NavigableMap<Long, KeyspaceContent> states = new ConcurrentSkipListMap<>();
    /** For each moment (ns), up to where replies had left. */
    final NavigableMap<Long, Long> released = new ConcurrentSkipListMap<>();
    private final TestTurn turn = new TestTurn();
    private final Disk disk;
    private final Path directory;
    private final Settings settings;
    private final Engine engine;
    private KeyspaceContent now;
    private String owner;
    Journal journal;

    TestServer(Disk disk, Path directory, Settings settings, ChangeLog log, Keyspace keyspace, TestClock clock) {
        this.disk = disk;
        this.directory = directory;
        this.settings = settings;
        this.log = log;
        this.keyspace = keyspace;
        this.clock = clock;
        engine = (Engine) Proxy.newProxyInstance(Engine.class.getClassLoader(), new Class<?>[] {Engine.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "clock" -> clock;
                    case "settings" -> settings;
                    case "databases" -> DATABASES;
                    case "functions" -> List.of();
                    case "countsFrequencies", "keepsAccessTimes", "loading" -> false;
                    case "now" -> clock.milliseconds();
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }

    /** The same server as another journal sees it. */
    PersistenceContext with(Settings others) {
        return (PersistenceContext) Proxy.newProxyInstance(PersistenceContext.class.getClassLoader(),
                new Class<?>[] {PersistenceContext.class}, (proxy, method, arguments) ->
                        method.getName().equals("settings") ? others : method.invoke(this, arguments));
    }

    /** Opens the journal and loads it, if there is one; the log goes on where it ended. @return what was found, or null */
    Found load(JournalProvider provider) throws IOException {
        journal = provider.open(this);
        if (journal.found() != null) {
            turn.take();
            try {
                // as INFO does while it is loading
                journal.describe((name, value) -> { });
                journal.replay(new TestReplay(keyspace));
            } finally {
                turn.give();
            }
            History history = journal.found().history();
            if (history != null) {
                log.restore(history);
            }
        }
        now = content();
        note();
        return journal.found();
    }

    CompletableFuture<Void> start(FsyncPolicy policy, boolean continued) {
        turn.take();
        try {
            return journal.start(policy, continued);
        } finally {
            turn.give();
        }
    }

    /** One batch of changes, which ends outside of a group. */
    void write(Random random, int commands) {
        turn.take();
        try {
            int database = random.nextInt(DATABASES);
            for (int i = 0; i < commands; i++) {
                int group = random.nextInt(6) == 0 ? 1 + random.nextInt(4) : 1;
                for (int left = group - 1; left >= 0; left--) {
                    if (left > 0 && random.nextInt(5) == 0) {
                        log.append(Entry.Kind.MESSAGE, database, left, Arguments.of("PUBLISH", "channel", "message"));
                    } else {
                        append(database, left, Effects.random(random));
                    }
                }
                note();
                beside(random);
            }
            flush();
        } finally {
            turn.give();
        }
    }

    /** A batch with a rewrite in the middle. */
    void writeAround(Random random, Runnable rewrite) {
        turn.take();
        try {
            for (int i = 0; i < 8; i++) {
                append(i % DATABASES, 0, Effects.random(random));
                note();
                if (i == 4) {
                    rewrite.run();
                }
            }
            flush();
        } finally {
            turn.give();
        }
    }

    /** What stands in the log and changes no data. */
    private void beside(Random random) {
        if (random.nextInt(8) == 0) {
            log.append(Entry.Kind.CONTROL, 0, 0, Arguments.of("PING"));
            note();
        }
        if (random.nextInt(8) == 0) {
            log.append(Entry.Kind.MESSAGE, 0, 0, Arguments.of("PUBLISH", "channel", "alone"));
            log.append(Entry.Kind.REQUEST, 0, 0, Arguments.of("GET", "string1"));
            note();
        }
    }

    private void append(int database, int left, Arguments command) {
        try {
            Effects.apply(keyspace.database(database), command);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        keyspace.endCall();
        changed(database, command);
        log.append(Entry.Kind.EFFECT, database, left, command);
    }

    private void flush() {
        log.flush();
        released.put(clock.nanoTime(), Math.min(log.position(), log.acknowledged()));
    }

    private void note() {
        states.put(log.position(), now);
    }

    /** Copies what one command has changed. */
    private void changed(int database, Arguments command) {
        List<Map<Bytes, ValueContent>> databases = new ArrayList<>(now.databases());
        Map<Bytes, ValueContent> content = new HashMap<>(databases.get(database));
        databases.set(database, content);
        now = new KeyspaceContent(databases);
        if (command.size() == 1) {
            content.clear();
            return;
        }
        Value value = keyspace.database(database).find(command.get(1));
        if (value == null) {
            content.remove(command.get(1));
        } else {
            content.put(command.get(1).copy(), ValueContent.loose(value));
        }
        keyspace.endCall();
    }

    /** The history begins here. */
    void forget() {
        states.clear();
        now = content();
        note();
    }

    /** When a reply left last, ns. */
    long lastReply() {
        var last = released.lastEntry();
        return last == null ? 0 : released.entrySet().stream().filter(e -> e.getValue() >= last.getValue()).findFirst()
                .orElseThrow().getKey();
    }

    /** For how long, in ms, the oldest change has been waiting for the disk. */
    long lag() {
        var oldest = released.entrySet().stream().filter(e -> e.getValue() > journal.durable()).findFirst();
        return oldest.map(e -> (clock.nanoTime() - e.getKey()) / 1_000_000).orElse(0L);
    }

    KeyspaceContent content() {
        return KeyspaceContent.of(keyspace, DATABASES, ValueContent::loose);
    }

    /** What the engine does ten times a second. */
    void tick() {
        turn.run(() -> {
            journal.tick();
            if (owner == null) {
                journal.snapshotPossible();
            }
        });
    }

    long close(boolean retired) throws IOException {
        turn.take();
        try {
            return journal.close(retired);
        } finally {
            turn.give();
        }
    }

    // PersistenceContext

    @Override
    public String instance() {
        return "contract";
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
        return turn;
    }

    @Override
    public Engine engine() {
        return engine;
    }

    @Override
    public Keyspace keyspace() {
        return keyspace;
    }

    @Override
    public ChangeLog log() {
        return log;
    }

    @Override
    public synchronized boolean snapshotBegins(String newOwner) {
        if (owner != null) {
            return false;
        }
        owner = newOwner;
        return true;
    }

    @Override
    public synchronized String snapshotOwner() {
        return owner;
    }

    @Override
    public synchronized void snapshotDone() {
        owner = null;
    }

    @Override
    public void forced(long nanos) {
        // nobody asks
    }

    /** Waits, in real time, until everything is acknowledged. */
    void awaitAcknowledged() {
        JournalContract.await("acknowledged", () -> log.acknowledged() == log.position());
    }
}
