package io.releve.examples.journal;

import io.releve.persistence.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The names in the folder: {@code base-7.rdb} and the records that follow it, {@code records-7}; 8 continues 7. */
record Names(Disk disk, Path folder) {
    private static final String BASE = "base-";
    private static final String BASE_END = ".rdb";
    private static final String RECORDS = "records-";
    private static final String TEMPORARY = "temporary-";

    Path base(long generation) {
        return folder.resolve(BASE + generation + BASE_END);
    }

    Path records(long generation) {
        return folder.resolve(RECORDS + generation);
    }

    Path temporary() {
        return folder.resolve(TEMPORARY + Long.toHexString(System.nanoTime()));
    }

    /** The base that counts, 0 without one. */
    long lastBase() throws IOException {
        return last(BASE, BASE_END);
    }

    /** The highest number that any file has. */
    long last() throws IOException {
        return Math.max(lastBase(), last(RECORDS, ""));
    }

    private long last(String prefix, String suffix) throws IOException {
        long last = 0;
        for (Path name : disk.list(folder)) {
            last = Math.max(last, number(name.toString(), prefix, suffix));
        }
        return last;
    }

    private static long number(String name, String prefix, String suffix) {
        String digits = name.startsWith(prefix) && name.endsWith(suffix) && name.length() > prefix.length() + suffix.length()
                ? name.substring(prefix.length(), name.length() - suffix.length()) : "0";
        return digits.chars().allMatch(c -> c >= '0' && c <= '9') && digits.length() < 19 ? Long.parseLong(digits) : 0;
    }

    /** Removes what no generation from the first to the last one needs; bases first, and for certain. */
    void keep(long first, long last) throws IOException {
        List<Path> bases = new ArrayList<>();
        List<Path> others = new ArrayList<>();
        for (Path name : disk.list(folder)) {
            long base = number(name.toString(), BASE, BASE_END);
            long records = number(name.toString(), RECORDS, "");
            if (base > 0 && (base < first || base > last)) {
                bases.add(folder.resolve(name));
            } else if (records > 0 && (records < first || records > last) || name.toString().startsWith(TEMPORARY)) {
                others.add(folder.resolve(name));
            }
        }
        delete(bases);
        delete(others);
    }

    private void delete(List<Path> files) throws IOException {
        for (Path file : files) {
            disk.delete(file);
        }
        if (!files.isEmpty()) {
            disk.syncDirectory(folder);
        }
    }
}
