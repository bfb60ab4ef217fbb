package io.releve.tools;

import java.io.PrintStream;
import java.nio.file.NoSuchFileException;

/** Lines of a program, between which the bar goes away. */
final class Output {
    final ProgressBar bar;
    private final PrintStream out;

    Output(PrintStream out, ProgressBar bar) {
        this.out = out;
        this.bar = bar;
    }

    void line(String format, Object... arguments) {
        bar.clear();
        out.println(arguments.length == 0 ? format : format.formatted(arguments));
        out.flush();
    }

    /** A question, which stays on its line. */
    void ask(String format, Object... arguments) {
        bar.clear();
        out.print(format.formatted(arguments));
        out.flush();
    }

    /** What went wrong with a file, for people. */
    static String reason(Exception e) {
        return e instanceof NoSuchFileException ? "there is no such file"
                : e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
