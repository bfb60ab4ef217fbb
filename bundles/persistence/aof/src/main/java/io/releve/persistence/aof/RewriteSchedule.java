package io.releve.persistence.aof;

import io.releve.config.Settings;
import io.releve.info.InfoSection;

/** When the file is rewritten: when somebody asks, and when it has grown; and how it went. The turn is held. */
final class RewriteSchedule {
    private static final long FIRST_DELAY_MS = 60_000;
    private static final long LONGEST_DELAY_MS = 3_600_000;
    /** Failures in a row after which it waits before it tries again by itself. */
    private static final int TRIES = 3;

    private final Settings settings;
    private boolean requested;
    private long base;
    private long size;
    /** Bytes of the files, less those that the writer had counted then. */
    private long written;
    private boolean failed;
    private int failures;
    private long retryAt;
    private long rewrites;
    private long lastSeconds = -1;
    private long lastPeak;

    RewriteSchedule(Settings settings) {
        this.settings = settings;
    }

    void request() {
        requested = true;
    }

    boolean requested() {
        return requested;
    }

    void begun() {
        requested = false;
    }

    /** The files have this size now. @param appended what the writer has counted for it */
    void written(long bytes, long appended) {
        base = bytes;
        written = bytes - appended;
    }

    long written() {
        return written;
    }

    void size(long bytes) {
        size = bytes;
    }

    long size() {
        return size;
    }

    long base() {
        return base;
    }

    boolean due(long now) {
        long percentage = settings.get(AofDirectives.REWRITE_PERCENTAGE);
        if (requested || percentage == 0 || size <= settings.get(AofDirectives.REWRITE_MIN_SIZE) || now < retryAt) {
            return false;
        }
        long from = Math.max(1, base);
        return size - from >= from / 100.0 * percentage;
    }

    void ended(boolean succeeded, long seconds, long peak, long now) {
        lastSeconds = seconds;
        lastPeak = peak;
        failed = !succeeded;
        rewrites++;
        failures = succeeded ? 0 : failures + 1;
        retryAt = failures < TRIES ? 0
                : now + Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS << Math.min(10, failures - TRIES));
    }

    void describe(InfoSection.Lines lines) {
        lines.add("aof_last_rewrite_time_sec", lastSeconds);
        lines.add("aof_last_bgrewrite_status", failed ? "err" : "ok");
        lines.add("aof_rewrites", rewrites);
        lines.add("aof_rewrites_consecutive_failures", failures);
        lines.add("aof_last_cow_size", lastPeak);
    }
}
