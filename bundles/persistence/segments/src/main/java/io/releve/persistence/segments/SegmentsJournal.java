package io.releve.persistence.segments;

import io.releve.engine.Clock;
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
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journal of one engine in segments. */
final class SegmentsJournal implements Journal, Subscriber {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentsJournal.class);
    private static final String NAME = "segments";
    /** Once a second: changes that wait longer than two are too old for clients to go on as if nothing were (redis.io). */
    private static final long TOO_OLD = TimeUnit.MILLISECONDS.toNanos(1900);
    private static final int TICKS = 10;

    private final PersistenceContext context;
    private final Disk disk;
    private final Path folder;
    private final Intake intake = new Intake();
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private Contents contents;
    private Tail tail;
    private Found found;
    private Clock clock;
    private Writer writer;
    private SegmentSequence segments;
    private Bases bases;
    private ChangeLog.Subscription subscription;
    private AutoCloseable watch;
    private volatile FsyncPolicy policy;
    private boolean holding;
    private long held;
    private int ticks;

    SegmentsJournal(PersistenceContext context) throws IOException {
        this.context = context;
        disk = context.disk();
        folder = context.directory().resolve(context.settings().get(SegmentsDirectives.FOLDER));
        look();
    }

    private void look() throws IOException {
        contents = new Contents(disk, folder);
        found = contents.base() == null ? null
                : new Found("segments in " + folder, contents.fingerprint(), contents.history());
    }

    @Override
    public Found found() {
        return found;
    }

    @Override
    public void replay(Replay replay) throws IOException {
        if (contents.base() == null) {
            return;
        }
        tail = new Loader(disk, contents, context.settings().get(SegmentsDirectives.LOAD_TRUNCATED)).load(replay);
        found = new Found(found.description(), found.fingerprint(), tail.history());
    }

    // Writing

    @Override
    public CompletableFuture<Void> start(FsyncPolicy first, boolean continued) {
        policy = first;
        clock = context.engine().clock();
        ChangeLog log = context.log();
        long position = log.position();
        segments = new SegmentSequence(disk, folder, log);
        writer = new Writer("releve-" + context.instance() + "-segments-1", segments, clock, intake,
                this::removeWhatIsLeft);
        bases = new Bases(context, folder, intake, writer, segments, this::based, started::completeExceptionally);
        intake.begin(position);
        Tail end = end();
        boolean goesOn = continued && end != null && end.history().position() <= position;
        prepare(end, goesOn, position);
        boolean waits = goesOn || isEmpty();
        subscription = log.subscribe(this, waits && policy == FsyncPolicy.ALWAYS);
        watch = context.settings().watch(SegmentsDirectives.MAX_BYTES, segments::maxBytes);
        writer.start(policy, position, subscription);
        if (goesOn) {
            started.complete(null);
        } else {
            bases.request();
            bases.batchOver(position);
        }
        return started;
    }

    /** What an earlier run has not removed. */
    private void removeWhatIsLeft() {
        Removal.of(disk, folder, contents.superfluous());
        Removal.ofRetired(disk, folder);
    }

    /** Where it ends on disk, loaded or not; null when there is nothing, or that is not known. */
    private Tail end() {
        if (tail == null && contents.end() != null) {
            try {
                Path path = contents.lastPath();
                return new Tail(path, contents.lastHeader(), disk.size(path), contents.end().check(), contents.history());
            } catch (IOException e) {
                LOG.warn("The end of the journal cannot be found: {}", e.getMessage());
            }
        }
        return tail;
    }

    /** Where the first change will go. What says that the journal was closed in good order is void from now on. */
    private void prepare(Tail end, boolean goesOn, long position) {
        SegmentName next = new SegmentName(contents.lastSequence() + 1, position, false);
        try {
            disk.createDirectories(folder);
            if (goesOn) {
                bases.exists(contents.baseBytes());
                segments.bytes().set(contents.segmentBytes());
            }
            if (goesOn && end.history().position() == position
                    && end.header().replicationId().equals(context.log().replicationId())) {
                segments.goOn(end, contents.lastSequence());
                open();
                return;
            }
            if (!goesOn && end != null && end.history().clean()) {
                reopen(end);
            }
        } catch (IOException e) {
            LOG.error("The journal cannot go on where it has ended, it goes on in another segment: {}", e.getMessage());
        }
        segments.goOnIn(next, goesOn ? end.check() : 0, !goesOn);
    }

    /** Now, and not on the thread that writes: before anybody sees what comes after the good end. */
    private void open() {
        try {
            segments.open();
        } catch (IOException e) {
            LOG.error("The journal cannot be written: {}", e.getMessage());
        }
    }

    private void reopen(Tail end) throws IOException {
        SegmentFile last = SegmentFile.open(disk, end, SegmentFile.staging());
        long position = end.history().position();
        last.append(Frame.CONTEXT, position, position, new byte[0], 0);
        last.force();
        last.close();
    }

    private boolean isEmpty() {
        for (int i = 0; i < context.engine().databases(); i++) {
            if (context.keyspace().database(i).size() > 0) {
                return false;
            }
        }
        return true;
    }

    /** There is a base: what is acknowledged can be loaded. */
    private void based() {
        acknowledge();
        started.complete(null);
    }

    private void acknowledge() {
        subscription.acknowledges(holding || policy == FsyncPolicy.ALWAYS && (bases.exist() || isEmpty()));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void entry(Entry entry) {
        intake.entry(entry);
    }

    @Override
    public void flush(long position) {
        boolean always = policy == FsyncPolicy.ALWAYS;
        if (intake.flush(position, clock.nanoTime()) || always && position > writer.durable()) {
            writer.wake();
        }
        if (!always) {
            hold();
        }
        bases.batchOver(position);
    }

    /**
     * Where changes are forced once a second, clients go on meanwhile. When the disk is so slow that they have been waiting for
     * two, replies wait for the disk, until it has caught up.
     */
    private void hold() {
        boolean late = policy == FsyncPolicy.EVERYSEC && bases.exist()
                && writer.uncertainFor(clock.nanoTime()) > TOO_OLD;
        if (late != holding) {
            holding = late;
            held += late ? 1 : 0;
            acknowledge();
            if (late) {
                LOG.warn("The disk is too slow: changes have been waiting for two seconds to be forced."
                        + " Clients wait for it now");
            }
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
        bases.batchOver(context.log().position());
        hold();
        if (bases.busy()) {
            return;
        }
        boolean lost = writer.tookForceFailure();
        boolean grown = ++ticks % TICKS == 0 && hasGrown();
        if ((lost || grown || !bases.exist()) && bases.retries(clock.nanoTime())) {
            bases.request();
        }
    }

    private boolean hasGrown() {
        long percentage = context.settings().get(SegmentsDirectives.REWRITE_PERCENTAGE);
        long least = context.settings().get(SegmentsDirectives.REWRITE_MIN_SIZE);
        long grown = segments.bytes().get();
        return percentage > 0 && bases.bytes() + grown > least && grown > bases.bytes() / 100.0 * percentage;
    }

    // What others ask

    @Override
    public String refusal() {
        if (writer == null) {
            return null;
        }
        IOException failure = writer.failure() != null ? writer.failure() : bases.missing();
        return failure == null ? null : "MISCONF Errors writing to the AOF file: " + failure.getMessage();
    }

    @Override
    public long durable() {
        return writer == null || !bases.exist() ? -1 : writer.durable();
    }

    @Override
    public void describe(InfoSection.Lines lines) {
        if (writer == null) {
            return;
        }
        bases.describe(lines);
        lines.add("aof_last_write_status", writer.failure() == null ? "ok" : "err");
        lines.add("aof_current_size", bases.bytes() + segments.bytes().get());
        lines.add("aof_base_size", bases.bytes());
        lines.add("aof_pending_rewrite", 0);
        lines.add("aof_buffer_length", intake.bytes());
        lines.add("aof_pending_bio_fsync", writer.isUncertain() ? 1 : 0);
        lines.add("aof_delayed_fsync", held);
        lines.add("segments_sequence", segments.newest());
        lines.add("segments_durable_position", durable());
    }

    @Override
    public long close(boolean retired) throws IOException {
        IOException failure = null;
        if (writer != null) {
            intake.flush(context.log().position(), clock.nanoTime());
            bases.close();
            failure = writer.stop() ? null : writer.failure();
            subscription.close();
            closeWatch();
            writer = null;
            started.completeExceptionally(new IOException("the journal was closed"));
        }
        if (retired) {
            retire();
            return 0;
        }
        if (failure != null) {
            throw new IOException("The last changes could not be written to " + folder + ": " + failure.getMessage(), failure);
        }
        return new Contents(disk, folder).fingerprint();
    }

    private void closeWatch() {
        try {
            watch.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What is in the folder must not be taken for the data any more: another journal has all of it. When that is certain, the
     * files are removed, which may take a while, and what a crash leaves of them at the next start of such a journal.
     */
    private void retire() throws IOException {
        List<Path> names = disk.list(folder.getParent());
        if (!names.contains(folder.getFileName())) {
            return;
        }
        String name = Removal.retired(folder, context.log().position());
        Path target = Path.of(name);
        for (int i = 2; names.contains(target); i++) {
            target = Path.of(name + "-" + i);
        }
        disk.rename(folder, folder.resolveSibling(target));
        disk.syncDirectory(folder.getParent());
        Thread thread = new Thread(() -> Removal.ofRetired(disk, folder), "releve-" + context.instance() + "-segments-3");
        thread.setDaemon(true);
        thread.start();
    }
}
