package io.releve.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Markdown page in which a program owns one section, between two comments; the rest of the page is left alone. */
final class Document {
    private final Path file;

    Document(Path file) {
        this.file = file;
    }

    /** Replaces a section, or appends it. */
    void replace(String section, String text) throws IOException {
        String page = Files.exists(file) ? Files.readString(file)
                : "# Performance\n\nBeside a real redis-server on the same machine. Measured, not promised: the last "
                + "line of each section says how to repeat it.\n";
        String begin = "<!-- " + section + " begins: written by perf -->\n";
        String end = "<!-- " + section + " ends -->\n";
        int from = page.indexOf(begin);
        int to = page.indexOf(end);
        String written = begin + "\n" + text.strip() + "\n\n" + end;
        Files.createDirectories(file.getParent());
        Files.writeString(file, from < 0 || to < from ? page + "\n" + written
                : page.substring(0, from) + written + page.substring(to + end.length()));
    }
}
