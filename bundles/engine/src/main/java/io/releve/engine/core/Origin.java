package io.releve.engine.core;

import io.releve.log.History;
import io.releve.persistence.Found;
import io.releve.persistence.Journal;
import io.releve.persistence.Snapshotter;
import java.io.IOException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the data comes from at a start, exactly as Redis would choose: the journal when {@code appendonly} is {@code yes},
 * otherwise the snapshot. The keyspace's own files are used in its place when they were closed with the same identity.
 *
 * @param kind what is to be loaded
 * @param found null when there is nothing to load
 * @param identity which the keyspace's files must have; 0 when none will do
 */
record Origin(Kind kind, Found found, long identity) {
    enum Kind {
        JOURNAL, SNAPSHOT, NOTHING
    }

    /** There is nothing, and nothing is kept. */
    static final Origin NONE = new Origin(Kind.NOTHING, null, 0);

    private static final Logger LOG = LoggerFactory.getLogger(Origin.class);
    private static final long JOURNAL_SALT = 0x9E3779B97F4A7C15L;
    private static final long SNAPSHOT_SALT = 0xC2B2AE3D27D4EB4FL;
    private static final long KEPT_SALT = 0x165667B19E3779F9L;

    /** @param keeps whether the keyspace's files are data of their own ({@code keyspace-file keep}) */
    static Origin choose(Persistence copies, boolean keeps) throws IOException {
        Journal journal = copies.journal();
        if (journal != null) {
            Found found = journal.found();
            if (found == null) {
                copies.refuseOtherJournals();
            }
            if (found == null && copies.snapshotter() != null && copies.snapshotter().found() != null) {
                LOG.warn("Nothing is loaded: appendonly is yes and there is no append-only file. {} is left aside, as Redis"
                        + " does; to take it up, start with appendonly no, then CONFIG SET appendonly yes",
                        copies.snapshotter().found().description());
            }
            return found == null ? new Origin(Kind.NOTHING, null, 0)
                    : new Origin(Kind.JOURNAL, found, ofJournal(found.fingerprint()));
        }
        Snapshotter snapshotter = copies.snapshotter();
        Found found = snapshotter == null ? null : snapshotter.found();
        return new Origin(found == null ? Kind.NOTHING : Kind.SNAPSHOT, found, ofSnapshot(found, found != null, keeps));
    }

    /**
     * Loads it; the turn is held.
     *
     * @return the place in the log, or null
     */
    History load(Persistence copies, Loading loading) throws IOException {
        if (kind == Kind.NOTHING) {
            return null;
        }
        LOG.info("Loading {}: {}", found.description(), kind == Kind.JOURNAL ? "appendonly is yes"
                : "appendonly is no");
        History history = found.history();
        if (kind == Kind.JOURNAL) {
            copies.journal().replay(loading);
            loading.discard();
            History end = copies.journal().found().history();
            history = end == null ? null : new History(end.id(), end.position(), end.clean(), loading.selected());
        } else {
            copies.snapshotter().load(loading);
        }
        LOG.info("DB loaded from {}: {} seconds", found.description(), String.format(Locale.ROOT, "%.3f",
                loading.seconds()));
        return history;
    }

    static long ofJournal(long fingerprint) {
        return fingerprint == 0 ? 0 : mixed(fingerprint, JOURNAL_SALT);
    }

    /**
     * @param found the snapshot on disk, or null
     * @param same whether it holds what the keyspace holds
     */
    static long ofSnapshot(Found found, boolean same, boolean keeps) {
        long fingerprint = found == null ? 0 : found.fingerprint();
        if (keeps) {
            return mixed(fingerprint, KEPT_SALT);
        }
        return same && fingerprint != 0 ? mixed(fingerprint, SNAPSHOT_SALT) : 0;
    }

    /** Never 0. */
    private static long mixed(long fingerprint, long salt) {
        long x = (fingerprint ^ salt) * JOURNAL_SALT;
        x ^= x >>> 32;
        return x == 0 ? 1 : x;
    }
}
