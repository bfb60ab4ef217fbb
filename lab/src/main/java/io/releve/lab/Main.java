package io.releve.lab;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code releve lab two-machines}. Exit codes: 0; 1 when something did not come to be as it must, or the lab cannot be built here;
 * 2 with a wrong command line. The launching script runs it in a network namespace of its own, as the article's addresses
 * may be taken outside.
 */
public final class Main {
    private Main() {
    }

    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.exit(run(arguments, out));
    }

    private static int run(String[] arguments, PrintStream out) throws IOException {
        Options options;
        try {
            if (arguments.length == 0 || !arguments[0].equals("two-machines") && !arguments[0].equals("--help")) {
                throw new IllegalArgumentException(
                        "usage: releve lab two-machines [OPTION...] (releve lab two-machines --help lists them)");
            }
            options = new Options(java.util.Arrays.copyOfRange(arguments, arguments[0].equals("--help") ? 0 : 1, arguments.length));
        } catch (IllegalArgumentException e) {
            System.err.println("releve lab: " + e.getMessage());
            return 2;
        }
        if (options.help) {
            out.print(new String(Main.class.getResourceAsStream("help.txt").readAllBytes(), StandardCharsets.UTF_8));
            return 0;
        }
        try {
            Requirements.check(options);
            Path directory = options.data != null ? Files.createDirectories(options.data) : Files.createTempDirectory("releve-lab");
            try (Lab lab = new Lab(options, Path.of(System.getProperty("releve.home")), directory)) {
                if (!options.scenarios.isEmpty()) {
                    return new Script(lab, options, out).run() ? 0 : 1;
                }
                try (Screen screen = Screen.open(out)) {
                    new Desk(lab.start("desk"), options, screen).run();
                }
                return 0;
            }
        } catch (LabException e) {
            System.err.println("releve lab: " + e.getMessage());
            return 1;
        }
    }
}
