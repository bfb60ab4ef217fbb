package io.releve.replication.psync;

import io.releve.config.Settings;
import io.releve.engine.Engine;
import io.releve.format.rdb.RdbDirectives;
import io.releve.format.rdb.RdbException;
import io.releve.format.rdb.RdbFileReader;
import io.releve.format.rdb.RdbInput;
import io.releve.format.rdb.RdbKey;
import io.releve.format.rdb.RdbReplay;
import io.releve.format.rdb.RdbVisitor;
import io.releve.format.rdb.SnapshotFile;
import io.releve.info.InfoSection;
import io.releve.log.History;
import io.releve.persistence.PersistenceContext;
import io.releve.persistence.Replay;
import io.releve.replication.ReplicationContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All data on their way from the master. By default they go to a file and are checked while they come, and only then take the
 * place of what is there; with {@code repl-diskless-load} they are loaded as they come, beside the old data or into nothing.
 * On the link's thread.
 */
final class DataTransfer {
    private static final Logger LOG = LoggerFactory.getLogger(DataTransfer.class);
    private static final int MARK = 40;
    private static final long REPORT_NANOS = 5_000_000_000L;
    private static final long SAY_ALIVE_NANOS = 1_000_000_000L;
    private static final long UNKNOWN = -1;

    private final ReplicationContext context;
    private final PersistenceContext parts;
    private final MasterConnection connection;
    private final Settings settings;
    private final long timeoutMs;
    private final BooleanSupplier givenUp;
    private final long startNanos = System.nanoTime();
    private long sayAliveAt = startNanos + SAY_ALIVE_NANOS;
    private long reportAt = startNanos + REPORT_NANOS;
    /** Length of the snapshot in bytes, or unknown when it ends with a mark. */
    private volatile long total = UNKNOWN;
    private volatile long received;
    private byte[] mark;

    DataTransfer(ReplicationContext context, MasterConnection connection, Settings settings, long timeoutMs,
            BooleanSupplier givenUp) {
        this.context = context;
        this.connection = connection;
        this.settings = settings;
        this.timeoutMs = timeoutMs;
        this.givenUp = givenUp;
        parts = context.parts();
    }

    /**
     * Takes them over.
     *
     * @param replaced with the turn, when the data are about to be others
     */
    void run(String id, long offset, Runnable replaced) throws IOException {
        header(connection.line(timeoutMs));
        String how = settings.get(ReplicationDirectives.DISKLESS_LOAD);
        boolean aside = how.equals("swapdb");
        boolean direct = aside || how.equals("on-empty-db") && isEmpty();
        LOG.info("MASTER <-> REPLICA sync: receiving {} from master to {}", total < 0 ? "streamed RDB with EOF"
                : total + " bytes", direct ? "parser" : "disk");
        try {
            if (direct) {
                parts.turn().run(replaced);
                WholeKeys keys = new WholeKeys(parts.turn(), this::receive, this::checked);
                context.replaceData(replay -> load(replay, id, offset, keys, () -> end(keys.reader())), this::wanted, aside);
            } else {
                byFile(id, offset, replaced);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (RdbException e) {
            throw new IOException("the data it sent are damaged: " + e.getMessage(), e);
        }
    }

    private boolean wanted() {
        return !givenUp.getAsBoolean();
    }

    private void header(String line) throws IOException {
        if (line.startsWith("$EOF:") && line.length() == "$EOF:".length() + MARK) {
            mark = line.substring("$EOF:".length()).getBytes(StandardCharsets.ISO_8859_1);
        } else if (line.matches("\\$[0-9]{1,18}")) {
            total = Long.parseLong(line.substring(1));
        } else {
            throw new IOException(line.startsWith("-") ? "it gave up the synchronisation: " + MasterConnection.shown(line)
                    : "it sent '" + MasterConnection.shown(line) + "' where the data should begin");
        }
    }

    private boolean isEmpty() {
        Engine engine = parts.engine();
        boolean[] empty = {true};
        parts.turn().run(() -> {
            for (int i = 0; i < engine.databases(); i++) {
                empty[0] &= engine.databaseInUse(i) == null || engine.databaseInUse(i).size() == 0;
            }
        });
        return empty[0];
    }

    private void byFile(String id, long offset, Runnable replaced) throws IOException {
        Path temporary = parts.directory().resolve("temp-" + System.currentTimeMillis() + "."
                + ProcessHandle.current().pid() + ".rdb");
        SnapshotFile file = new SnapshotFile(parts.disk(), temporary, true);
        try {
            checkAndKeep(file);
            long size = parts.disk().size(temporary);
            LOG.info("MASTER <-> REPLICA sync: {} bytes received and checked, now they take the place of the old data", size);
            parts.turn().run(replaced);
            try (InputStream in = parts.disk().read(temporary)) {
                context.replaceData(replay -> load(replay, id, offset, kept(in), () -> { }), this::wanted, false);
            }
        } finally {
            file.discard();
        }
    }

    private void checkAndKeep(SnapshotFile file) throws IOException {
        RdbFileReader reader = checked((target, from, length) -> {
            int count = receive(target, from, length);
            try {
                file.write(target, from, count);
            } catch (IOException e) {
                throw new UncheckedIOException(new IOException("the data cannot be kept on this server's disk: "
                        + e.getMessage(), e));
            }
            return count;
        });
        reader.read();
        end(reader);
        file.complete();
    }

    /** Reads what is received, with every value in it, and keeps nothing. */
    private RdbFileReader checked(RdbInput.Source received) {
        int databases = parts.engine().databases();
        return new RdbFileReader(received, new RdbVisitor() {
            @Override
            public void key(RdbKey key) {
                if (key.database() >= databases) {
                    throw new RdbException("there is no database " + key.database()
                            + " here: the directive databases is " + databases);
                }
                key.discard();
            }
        }, settings.get(RdbDirectives.CHECKSUM));
    }

    /** What was received before; the master hears meanwhile that this server is alive. */
    private RdbInput.Source kept(InputStream in) {
        RdbInput.Source file = RdbInput.source(in);
        return (target, from, length) -> {
            sayAlive();
            return file.read(target, from, length);
        };
    }

    /** Something that may fail. */
    private interface End {
        void check() throws IOException;
    }

    private History load(Replay replay, String id, long offset, RdbInput.Source source, End end) throws IOException {
        RdbReplay reading = new RdbReplay(replay, true, 0, Math.max(0, total));
        reading.read(source, settings.get(RdbDirectives.CHECKSUM));
        end.check();
        LOG.info("MASTER <-> REPLICA sync: {} keys loaded in {} s", reading.keys(),
                String.format(Locale.ROOT, "%.3f", seconds()));
        return new History(id, offset, true, Math.max(0, reading.streamDatabase()));
    }

    /** Behind the data stands the mark, or nothing. */
    private void end(RdbFileReader reader) throws IOException {
        byte[] behind = reader.rest().toByteArray();
        int expected = mark == null ? 0 : MARK;
        if (behind.length > expected || mark == null && reader.position() != total) {
            throw new IOException("the data it sent end after " + reader.position() + " bytes and not where they should");
        }
        int have = behind.length;
        byte[] found = Arrays.copyOf(behind, expected);
        while (have < expected) {
            have += connection.read(found, have, expected - have, timeoutMs);
        }
        if (mark != null && !Arrays.equals(found, mark)) {
            throw new IOException("the data it sent do not end with the mark that it announced");
        }
    }

    private int receive(byte[] target, int from, int length) {
        if (givenUp.getAsBoolean()) {
            throw new UncheckedIOException(new IOException("it was given up"));
        }
        try {
            // what follows a snapshot of known length is not part of it
            int most = total < 0 ? length : (int) Math.min(length, total - received);
            if (most == 0) {
                return -1;
            }
            int count = connection.read(target, from, most, timeoutMs);
            received += count;
            sayAlive();
            report();
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line break each second, which means nothing: loading may take longer than the master waits for an acknowledgement. */
    private void sayAlive() {
        long now = System.nanoTime();
        if (now > sayAliveAt) {
            sayAliveAt = now + SAY_ALIVE_NANOS;
            try {
                connection.lineBreak();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private double seconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    private void report() {
        long now = System.nanoTime();
        if (now > reportAt) {
            reportAt = now + REPORT_NANOS;
            LOG.info("MASTER <-> REPLICA sync: {} MB received{}", received >> 20, total < 0 ? ""
                    : " of " + (total >> 20) + ", about " + secondsLeft() + " s left");
        }
    }

    private long secondsLeft() {
        return total < 0 || received == 0 ? -1 : (long) Math.ceil(seconds() * (total - received) / received);
    }

    void describe(InfoSection.Lines lines) {
        lines.add("master_sync_total_bytes", Math.max(0, total));
        lines.add("master_sync_read_bytes", received);
        lines.add("master_sync_left_bytes", total < 0 ? -received : total - received);
        lines.add("master_sync_perc", String.format(Locale.ROOT, "%.2f", total <= 0 ? 0.0 : 100.0 * received / total));
        lines.add("master_sync_eta_seconds", secondsLeft());
        lines.add("master_sync_last_io_seconds_ago", connection.silentMs() / 1000);
    }
}
