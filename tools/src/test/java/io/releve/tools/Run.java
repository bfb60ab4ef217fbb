package io.releve.tools;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a program answered. */
record Run(int code, String text) {
    private static final ProgressBar NO_BAR = new ProgressBar(null);

    static Run checkAof(String answer, String... arguments) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(all, true, StandardCharsets.UTF_8);
        int code = CheckAof.run(arguments, new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)), out, out,
                NO_BAR);
        return new Run(code, all.toString(StandardCharsets.UTF_8));
    }

    static Run checkRdb(String... arguments) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(all, true, StandardCharsets.UTF_8);
        int code = CheckRdb.run(arguments, out, out, NO_BAR);
        return new Run(code, all.toString(StandardCharsets.UTF_8));
    }

    /** The program of Redis; the test is skipped where it is not installed. */
    static Run redis(Path directory, String answer, String... words) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", "");
        Path input = Files.createTempFile(directory, "input", "");
        Files.writeString(input, answer);
        List<String> command = new ArrayList<>(List.of(words));
        Process process;
        try {
            process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
                    .redirectInput(input.toFile()).redirectOutput(output.toFile()).start();
        } catch (IOException e) {
            assumeTrue(false, words[0] + " is not installed: nothing to compare with");
            throw e;
        }
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running: " + command);
        }
        String text = Files.readString(output, StandardCharsets.ISO_8859_1);
        Files.delete(output);
        Files.delete(input);
        return new Run(process.exitValue(), text);
    }

    /** What a figure is, the last time it is told. */
    String figure(String name) {
        int at = text.lastIndexOf(name + "=");
        if (at < 0) {
            return null;
        }
        int from = at + name.length() + 1;
        int to = from;
        while (to < text.length() && Character.isDigit(text.charAt(to))) {
            to++;
        }
        return text.substring(from, to);
    }
}
