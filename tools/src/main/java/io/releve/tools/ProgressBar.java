package io.releve.tools;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/** Shows on a terminal how far a file has been read: one line that is written over and goes away. */
final class ProgressBar {
    private static final int WIDTH = 40;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final String CLEAR = "\r\033[K";

    /** Null where nothing is to be shown. */
    private final PrintStream terminal;
    private long total;
    private long next = System.nanoTime();
    private boolean shown;

    ProgressBar(PrintStream terminal) {
        this.terminal = terminal;
    }

    /** Only where standard output is a terminal. */
    static ProgressBar ofStandardOutput() {
        String terminals = System.getProperty("releve.terminals");
        boolean shows = terminals == null ? System.console() != null : terminals.contains("out");
        return new ProgressBar(shows ? System.out : null);
    }

    /** A file of so many bytes is going to be read. */
    void begin(long bytes) {
        total = bytes;
    }

    void show(long bytes) {
        if (terminal == null || total <= 0) {
            return;
        }
        long now = System.nanoTime();
        if (now - next < 0) {
            return;
        }
        next = now + PAUSE;
        int done = (int) Math.min(WIDTH, WIDTH * (double) bytes / total);
        terminal.print("\r[" + "#".repeat(done) + ".".repeat(WIDTH - done) + "] "
                + Math.min(100, (long) (100.0 * bytes / total)) + "%");
        terminal.flush();
        shown = true;
    }

    /** Makes room for a line of text. */
    void clear() {
        if (shown) {
            terminal.print(CLEAR);
            shown = false;
        }
    }
}
