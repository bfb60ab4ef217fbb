package io.releve.tools;

import io.releve.format.rdb.RdbFileReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Checks an RDB file. Exit codes: 0 when it is sound; 1 when it is not, or with a wrong command line. */
public final class CheckRdb {
    private static final String USAGE = "usage: releve check-rdb FILE";

    private CheckRdb() {
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err, ProgressBar.ofStandardOutput()));
    }

    static int run(String[] arguments, PrintStream out, PrintStream errors, ProgressBar bar) {
        if (arguments.length != 1 || arguments[0].startsWith("--")) {
            errors.println(USAGE);
            return 1;
        }
        Output output = new Output(out, bar);
        try (FileSource source = new FileSource(Path.of(arguments[0]), bar)) {
            boolean sound = new RdbReport(output).run(arguments[0], report -> {
                RdbFileReader reader = new RdbFileReader(source, report, true);
                report.at(reader::position);
                reader.read();
                long behind = source.size() - reader.position();
                if (behind > 0) {
                    output.line("[offset %d] %d bytes follow the end, which nobody reads", reader.position(), behind);
                }
                return reader;
            });
            return sound ? 0 : 1;
        } catch (IOException | UncheckedIOException e) {
            errors.println("Cannot read the file " + arguments[0] + ": " + Output.reason(e));
            return 1;
        }
    }
}
