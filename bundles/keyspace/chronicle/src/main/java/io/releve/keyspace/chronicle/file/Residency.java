package io.releve.keyspace.chronicle.file;

import net.openhft.posix.MAdviseFlag;
import net.openhft.posix.PosixAPI;

/** Advice to the kernel about which mapped pages to keep in memory. A kernel may ignore it. */
public final class Residency {
    private static final long PAGE = 4096;
    private static final long PIECE = 4 << 20;

    private Residency() {
    }

    /** No reading ahead. */
    public static void expectRandomAccess(long from, long to) {
        long start = from & -PAGE;
        PosixAPI.posix().madvise(start, to - start, MAdviseFlag.MADV_RANDOM);
    }

    /** Unlinks the pages in this range from the process; they stay in the file. */
    public static void drop(long from, long to) {
        for (long at = from & -PAGE; at < to; at += PIECE) {
            PosixAPI.posix().madvise(at, Math.min(PIECE, to - at), MAdviseFlag.MADV_DONTNEED);
        }
    }
}
