package io.releve.keyspace.chronicle.file;

import net.openhft.posix.MAdviseFlag;
import net.openhft.posix.PosixAPI;

/** Advice to the kernel about which mapped pages to keep in memory. A kernel may ignore it. */
public final class Residency {
    private static final long PAGE = 4096;
    private static final long PIECE = 4 << 20;
    /** MADV_PAGEOUT of Linux 5.4: take the pages out of memory now. */
    private static final int PAGE_OUT = 21;

    private Residency() {
    }

    /** No reading ahead. */
    public static void expectRandomAccess(long from, long to) {
        long start = from & -PAGE;
        PosixAPI.posix().madvise(start, to - start, MAdviseFlag.MADV_RANDOM);
    }

    /** The whole pages in this range are in memory without need; what they hold stays. */
    public static void release(long from, long to) {
        long start = from + PAGE - 1 & -PAGE;
        long end = to & -PAGE;
        if (start < end) {
            PosixAPI.posix().madvise(start, end - start, PAGE_OUT);
        }
    }

    /** Unlinks the pages in this range from the process; they stay in the file. */
    public static void drop(long from, long to) {
        for (long at = from & -PAGE; at < to; at += PIECE) {
            PosixAPI.posix().madvise(at, Math.min(PIECE, to - at), MAdviseFlag.MADV_DONTNEED);
        }
    }
}
