package io.releve.perf.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What Linux says about a process, all its threads included (proc(5)). */
final class ProcessFigures {
    /** Clock ticks a second in /proc/pid/stat: a constant of Linux' interface on every machine we support. */
    private static final long TICKS = 100;
    /** Places of utime and stime in /proc/pid/stat after the name, which may contain blanks. */
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    private final Path folder;

    ProcessFigures(long pid) {
        folder = Path.of("/proc", Long.toString(pid));
    }

    /** User and system time used so far, microseconds; the resolution is 10,000. */
    double cpuMicros() throws IOException {
        String stat = Files.readString(folder.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) * (1e6 / TICKS);
    }

    /** Resident memory, bytes; see {@link Resident}. Takes long in a process with many mappings. */
    Resident resident(Path data) throws IOException {
        Map<String, Long> status = kilobytes(folder.resolve("status"));
        long total = kilobytes(folder.resolve("smaps_rollup")).get("Pss");
        return new Resident(status.get("VmRSS"), total, status.get("RssAnon"), status.get("RssFile"),
                status.get("RssShmem"), mapped(data.toRealPath().toString()));
    }

    /** Resident memory of the process and of its children, bytes, every page once (Pss). */
    long together() throws IOException {
        long sum = kilobytes(folder.resolve("smaps_rollup")).get("Pss");
        Path children = folder.resolve("task").resolve(folder.getFileName()).resolve("children");
        for (String child : Files.readString(children).strip().split(" ")) {
            if (!child.isEmpty()) {
                sum += pss(Path.of("/proc", child, "smaps_rollup"));
            }
        }
        return sum;
    }

    private static long pss(Path file) {
        try {
            return kilobytes(file).getOrDefault("Pss", 0L);
        } catch (IOException e) {
            // it has ended meanwhile
            return 0;
        }
    }

    private static Map<String, Long> kilobytes(Path file) throws IOException {
        Map<String, Long> fields = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            if (line.endsWith(" kB")) {
                int colon = line.indexOf(':');
                fields.put(line.substring(0, colon),
                        Long.parseLong(line.substring(colon + 1, line.length() - 3).strip()) * 1024);
            }
        }
        return fields;
    }

    /** The resident bytes of mapped files under a directory. */
    private long mapped(String directory) throws IOException {
        long sum = 0;
        boolean counted = false;
        try (BufferedReader lines = Files.newBufferedReader(folder.resolve("smaps"))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (Character.isDigit(line.charAt(0)) || Character.isLowerCase(line.charAt(0))) {
                    counted = line.contains(directory);
                } else if (counted && line.startsWith("Rss:")) {
                    sum += Long.parseLong(line.substring(4, line.length() - 3).strip()) * 1024;
                }
            }
        }
        return sum;
    }
}
