package io.releve.tools;

import io.releve.engine.disk.FileDisk;
import io.releve.persistence.segments.SegmentsExport;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Writes the folder of a journal in segments as an append-only file of Redis 7. Exit codes: 0 when it is written; 1 when it is
 * not, or with a wrong command line.
 */
public final class ExportAof {
    private static final String USAGE = "usage: releve export-aof SEGMENTS-FOLDER NEW-FOLDER [APPENDFILENAME]";
    /** Redis' default. */
    private static final String NAME = "appendonly.aof";

    private ExportAof() {
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream errors) {
        if (arguments.length < 2 || arguments.length > 3 || arguments[0].startsWith("--")) {
            errors.println(USAGE);
            return 1;
        }
        try {
            SegmentsExport.Outcome outcome = new SegmentsExport(new FileDisk()).export(Path.of(arguments[0]),
                    Path.of(arguments[1]), arguments.length == 3 ? arguments[2] : NAME);
            out.printf("%s holds everything up to position %d of the log%n", arguments[1], outcome.position());
            if (outcome.torn() > 0) {
                out.printf("%d bytes at the end of the last segment are incomplete and were left out%n", outcome.torn());
            }
            return 0;
        } catch (IOException | UncheckedIOException e) {
            errors.println("Nothing that can be used was written: " + Output.reason(e));
            return 1;
        }
    }
}
