package io.releve.sentinel.scripts;

import java.util.List;

/** One run of a program that is asked for, and its repetitions. Touched by the sentinel's thread only. */
final class Script {
    /** Path and arguments. */
    final List<String> command;
    /** When it is to be started, as the queue's clock has it; while it runs, when it was. */
    long time;
    /** How often it has been started. */
    int tries;
    /** Null while it does not run. */
    Process process;
    boolean killed;

    Script(List<String> command) {
        this.command = command;
    }
}
