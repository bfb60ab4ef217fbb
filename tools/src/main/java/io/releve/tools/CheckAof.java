package io.releve.tools;

import io.releve.bytes.Numbers;
import io.releve.format.aof.AofException;
import io.releve.format.aof.AofFile;
import io.releve.format.aof.AofManifest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Checks an append-only file, one file or all that a manifest names, and cuts off what is damaged or too new. Exit
 * codes: 0 when it is sound, or is now; 1 when it is not, or with a wrong command line.
 */
public final class CheckAof {
    private static final String USAGE =
            "usage: releve check-aof [--fix | --truncate-to-timestamp SECONDS] FILE|MANIFEST";
    private static final int BEGINNING = 64 * 1024;

    private final Output out;
    private final InputStream answers;
    private boolean fix;
    private long until = -1;

    private CheckAof(Output out, InputStream answers) {
        this.out = out;
        this.answers = answers;
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.in, System.out, System.err, ProgressBar.ofStandardOutput()));
    }

    static int run(String[] arguments, InputStream in, PrintStream out, PrintStream errors, ProgressBar bar) {
        CheckAof check = new CheckAof(new Output(out, bar), in);
        String file = check.options(arguments);
        if (file == null) {
            errors.println(USAGE);
            return 1;
        }
        try {
            return check.run(Path.of(file)) ? 0 : 1;
        } catch (IOException | UncheckedIOException e) {
            bar.clear();
            errors.println("Cannot read or change the file " + file + ": " + Output.reason(e));
            return 1;
        }
    }

    /** @return the file, or null when the words make no sense */
    private String options(String[] arguments) {
        int last = arguments.length - 1;
        if (last == 1 && arguments[0].equals("--fix")) {
            fix = true;
        } else if (last == 2 && arguments[0].equals("--truncate-to-timestamp")) {
            byte[] time = arguments[1].getBytes(StandardCharsets.UTF_8);
            if (!Numbers.isInteger(time, 0, time.length) || Numbers.integer(time, 0, time.length) <= 0) {
                return null;
            }
            until = Numbers.integer(time, 0, time.length);
        } else if (last != 0) {
            return null;
        }
        return arguments[last].startsWith("--") ? null : arguments[last];
    }

    private boolean run(Path file) throws IOException {
        if (isManifest(file)) {
            return parts(file);
        }
        out.line("Start checking a single AOF");
        return check(file, "AOF", true);
    }

    /** Told by the first line that is no comment, or by the name of a file without one. */
    private static boolean isManifest(Path file) throws IOException {
        byte[] beginning;
        try (InputStream in = Files.newInputStream(file)) {
            beginning = in.readNBytes(BEGINNING);
        }
        String text = new String(beginning, StandardCharsets.ISO_8859_1);
        for (String line : text.split("\n")) {
            if (!line.startsWith("#") && !line.isBlank()) {
                return line.stripLeading().toLowerCase(Locale.ROOT).startsWith("file ");
            }
        }
        return file.toString().endsWith(".manifest");
    }

    private boolean parts(Path file) throws IOException {
        out.line("Start checking a multi part AOF");
        AofManifest manifest;
        try {
            manifest = AofManifest.parse(Files.readAllBytes(file));
        } catch (AofException e) {
            out.line("The manifest %s is not valid: %s", file, e.getMessage());
            return false;
        }
        List<AofFile> parts = manifest.files();
        for (AofFile part : parts) {
            boolean last = part == parts.get(parts.size() - 1);
            Path path = file.resolveSibling(part.name());
            if (!Files.isRegularFile(path)) {
                out.line("The file %s, which the manifest names, is missing", path);
                return false;
            }
            if (!check(path, part.kind() == AofFile.Kind.BASE ? "BASE AOF" : "INCR AOF", last)) {
                return false;
            }
        }
        out.line("All AOF files and manifest are valid");
        return true;
    }

    /** @param last whether nothing follows this file: only then may it be cut */
    private boolean check(Path path, String kind, boolean last) throws IOException {
        Path name = path.getFileName();
        if (Files.size(path) == 0) {
            out.line("%s %s is empty", kind, name);
            return true;
        }
        AofCheck check = new AofCheck(path, out);
        if (!check.read(until)) {
            return false;
        }
        if (until >= 0 && check.isSound()) {
            return truncate(check, kind, last);
        }
        check.report();
        if (check.isSound()) {
            out.line("%s %s is valid", kind, name);
            return true;
        }
        if (!fix) {
            out.line("%s %s is not valid. With the option --fix its end can be cut off.", kind, name);
            return false;
        }
        if (!last) {
            out.line("%s %s is not the last file, so its end cannot be cut off: what follows would not fit", kind,
                    name);
            return false;
        }
        out.ask("This will shrink the AOF %s from %d bytes to %d bytes: the last %d bytes are lost.%nContinue? [y/N]: ",
                name, check.size(), check.end(), check.size() - check.end());
        if (!confirmed()) {
            out.line("Nothing was changed");
            return false;
        }
        check.cut();
        out.line("%s %s was cut off at byte %d", kind, name, check.end());
        return true;
    }

    private boolean truncate(AofCheck check, String kind, boolean last) throws IOException {
        Path name = check.file().getFileName();
        if (check.end() == check.size()) {
            out.line("%s %s has nothing after the time %d", kind, name, until);
            out.line("%s %s is valid", kind, name);
            return true;
        }
        if (check.end() == 0) {
            out.line("%s %s has nothing before the time %d: it was not changed", kind, name, until);
            return false;
        }
        if (!last) {
            out.line("%s %s is not the last file, so it cannot be cut off at the time %d: delete the files after it,"
                    + " and their lines in the manifest, first", kind, name, until);
            return false;
        }
        check.cut();
        out.line("%s %s was cut off at the time %d: it has %d bytes", kind, name, until, check.end());
        return true;
    }

    private boolean confirmed() throws IOException {
        String answer = new BufferedReader(new InputStreamReader(answers, StandardCharsets.UTF_8)).readLine();
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }
}
