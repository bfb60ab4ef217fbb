package io.releve.examples.journal;

import io.releve.command.Arguments;
import io.releve.engine.Clock;
import io.releve.format.rdb.RdbException;
import io.releve.format.rdb.RdbInput;
import io.releve.format.rdb.RdbReplay;
import io.releve.info.InfoSection;
import io.releve.log.ChangeLog;
import io.releve.log.Entry;
import io.releve.log.Subscriber;
import io.releve.persistence.Disk;
import io.releve.persistence.Found;
import io.releve.persistence.FsyncPolicy;
import io.releve.persistence.Journal;
import io.releve.persistence.PersistenceContext;
import io.releve.persistence.Replay;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal {@code records}: a base and, in records of one batch each, what has changed since. It takes what the log hands
 * out as bytes and leaves the rest to {@link RecordWriter}; loading reads all of it twice, so that nothing is put into the
 * keyspace before it is known to be whole.
 */
final class RecordsJournal implements Journal, Subscriber {
    private static final Logger LOG = LoggerFactory.getLogger(RecordsJournal.class);
    /** Where changes are forced once a second, clients wait for a disk that needs more than two (redis.io, Persistence). */
    private static final long TOO_OLD = TimeUnit.MILLISECONDS.toNanos(1900);

    private final PersistenceContext context;
    private final Names names;
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final ByteArrayOutputStream groups = new ByteArrayOutputStream();
    private final List<Arguments> group = new ArrayList<>();
    private Stored stored;
    private Found found;
    private Clock clock;
    private RecordWriter writer;
    private Bases bases;
    private ChangeLog.Subscription subscription;
    private FsyncPolicy policy;
    private boolean continues;
    private boolean inGroup;
    private boolean holding;
    private int database;
    /** Position behind the last whole group. */
    private long gathered;
    private long handed;

    RecordsJournal(PersistenceContext context) throws IOException {
        this.context = context;
        names = new Names(context.disk(), context.directory().resolve(context.settings().get(RecordsDirectives.FOLDER)));
        stored = Stored.walk(names, (path, payload) -> { });
        found = stored.base() == 0 ? null
                : new Found("records in " + names.folder(), stored.fingerprint(), stored.history());
    }

    @Override
    public Found found() {
        return found;
    }

    @Override
    public void replay(Replay replay) throws IOException {
        if (stored.base() == 0) {
            return;
        }
        Path base = names.base(stored.base());
        long baseBytes = context.disk().size(base);
        long total = baseBytes + stored.bytes();
        try (InputStream in = context.disk().read(base)) {
            new RdbReplay(replay, true, 0, total).read(RdbInput.source(in), true);
        } catch (RdbException e) {
            throw Stored.damaged(base, Math.max(0, e.offset()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        long[] done = {baseBytes};
        Stored.walk(names, (path, payload) -> {
            try {
                run(replay, ByteBuffer.wrap(payload, Frame.COMMON, payload.length - Frame.COMMON));
            } catch (IOException e) {
                throw new IOException("The journal cannot be loaded: " + path + ", position " + Frame.position(payload) + ": "
                        + e.getMessage(), e);
            }
            done[0] += payload.length;
            replay.progress(done[0], total);
        });
        cut();
    }

    private static void run(Replay replay, ByteBuffer payload) throws IOException {
        while (payload.hasRemaining()) {
            if (payload.remaining() < Integer.BYTES) {
                throw new IOException("a record ends too early");
            }
            replay.run(Arguments.of("SELECT", payload.getInt()));
            int count = Frame.count(payload, 1);
            if (count > 1) {
                replay.run(Arguments.of("MULTI"));
            }
            for (int i = 0; i < count; i++) {
                replay.run(Frame.command(payload));
            }
            if (count > 1) {
                replay.run(Arguments.of("EXEC"));
            }
        }
    }

    /** What a loss of power has left of a record goes away. */
    private void cut() throws IOException {
        Path last = names.records(stored.last());
        if (!stored.history().clean() && context.disk().size(last) > stored.offset()) {
            LOG.warn("The journal ends with a record that is incomplete: {} is cut at byte {}", last, stored.offset());
            try (Disk.File file = context.disk().append(last)) {
                file.truncate(stored.offset());
                file.force();
            }
        }
    }

    @Override
    public CompletableFuture<Void> start(FsyncPolicy first, boolean continued) {
        policy = first;
        clock = context.engine().clock();
        ChangeLog log = context.log();
        gathered = log.position();
        handed = gathered;
        writer = new RecordWriter("releve-" + context.instance() + "-records-1", names, clock);
        continues = continued && stored.base() > 0 && stored.history().position() <= gathered;
        bases = new Bases(context, names, writer, prepare() + 1, this::valid);
        boolean loadable = continues || isEmpty();
        subscription = log.subscribe(this, loadable && policy == FsyncPolicy.ALWAYS);
        writer.start(policy, gathered, subscription);
        if (continues) {
            writer.based();
            started.complete(null);
        } else {
            bases.request();
            batchOver();
        }
        return started;
    }

    /** What says that it was closed in good order is void from now on. @return the highest number in use */
    private long prepare() {
        try {
            context.disk().createDirectories(names.folder());
            if (stored.base() > 0) {
                writer.goOn(stored);
                writer.open();
            }
            if (continues) {
                names.keep(stored.base(), stored.last());
            }
            return names.last();
        } catch (IOException e) {
            LOG.error("The journal cannot be written: {}", e.getMessage());
            return stored.last() + 1;
        }
    }

    private boolean isEmpty() {
        for (int i = 0; i < context.engine().databases(); i++) {
            if (context.keyspace().database(i).size() > 0) {
                return false;
            }
        }
        return true;
    }

    private void valid() {
        continues = true;
        acknowledge();
        started.complete(null);
    }

    private void acknowledge() {
        subscription.acknowledges(holding || policy == FsyncPolicy.ALWAYS && (writer.hasBase() || isEmpty()));
    }

    // What the log hands out

    @Override
    public String name() {
        return "records";
    }

    @Override
    public void entry(Entry entry) {
        if (entry.kind() == Entry.Kind.REQUEST) {
            return;
        }
        Arguments effect = entry.effect();
        if (entry.kind() == Entry.Kind.EFFECT && !effect.is(0, "MULTI") && !effect.is(0, "EXEC") && !effect.is(0, "SELECT")) {
            database = entry.database();
            group.add(effect.copy());
        }
        inGroup = entry.remainingInGroup() > 0;
        if (!inGroup) {
            if (!group.isEmpty()) {
                groups.writeBytes(Frame.group(database, group));
                group.clear();
            }
            gathered = entry.position();
        }
    }

    @Override
    public void flush(long position) {
        if (!inGroup) {
            gathered = position;
        }
        if (gathered > handed) {
            writer.batch(context.log().replicationId(), gathered, groups.toByteArray(), clock.nanoTime());
            groups.reset();
            handed = gathered;
        }
        hold();
        batchOver();
    }

    private void batchOver() {
        if (!inGroup && handed == context.log().position()) {
            bases.batchOver(handed, continues);
        }
    }

    private void hold() {
        boolean late = policy == FsyncPolicy.EVERYSEC && writer.hasBase() && writer.uncertainFor(clock.nanoTime()) > TOO_OLD;
        if (late != holding) {
            holding = late;
            acknowledge();
        }
    }

    @Override
    public void policy(FsyncPolicy next) {
        policy = next;
        if (writer != null) {
            holding = false;
            writer.policy(next);
            acknowledge();
        }
    }

    // Bases

    @Override
    public boolean rewrite() {
        return bases.request();
    }

    @Override
    public void snapshotPossible() {
        bases.possible();
    }

    @Override
    public void tick() {
        batchOver();
        hold();
        boolean grown = writer.bytes() > context.settings().get(RecordsDirectives.MAX_BYTES);
        if (!bases.busy() && (grown || !writer.hasBase()) && bases.retries(clock.nanoTime())) {
            bases.request();
        }
    }

    // What others ask

    @Override
    public String refusal() {
        IOException failure = writer == null ? null
                : writer.failure() != null || writer.hasBase() ? writer.failure() : bases.failure();
        return failure == null ? null : "MISCONF Errors writing to the AOF file: " + failure.getMessage();
    }

    @Override
    public long durable() {
        return writer == null || !writer.hasBase() ? -1 : writer.durable();
    }

    @Override
    public void describe(InfoSection.Lines lines) {
        if (writer != null) {
            lines.add("aof_rewrite_in_progress", bases.busy() ? 1 : 0);
            lines.add("aof_last_write_status", writer.failure() == null ? "ok" : "err");
            lines.add("aof_current_size", writer.bytes());
            lines.add("records_durable_position", durable());
        }
    }

    @Override
    public long close(boolean retired) throws IOException {
        IOException failure = null;
        if (writer != null) {
            flush(context.log().position());
            bases.close();
            failure = writer.stop(context.log().replicationId()) ? null : writer.failure();
            subscription.close();
            writer = null;
            started.completeExceptionally(new IOException("the journal was closed"));
        }
        if (retired) {
            names.keep(Long.MAX_VALUE, Long.MAX_VALUE);
            return 0;
        }
        if (failure != null) {
            throw new IOException("The last changes could not be written to " + names.folder() + ": " + failure.getMessage(),
                    failure);
        }
        return Stored.walk(names, (path, payload) -> { }).fingerprint();
    }
}
