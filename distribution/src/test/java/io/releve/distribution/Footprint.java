package io.releve.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a Java process holds, each kind with how many of it.
 *
 * @param threads by name without its numbers, those of the server
 * @param descriptors by what they are
 * @param files mapped ones, by name without its numbers
 * @param loaders class loaders of bundles that are not garbage
 */
record Footprint(Map<String, Long> threads, Map<String, Long> descriptors, Map<String, Long> files, long loaders) {
    private static final Pattern LOADERS = Pattern.compile("\\d+:\\s+(\\d+)\\s.*BundleWiringImpl\\$BundleClassLoader\\b");

    static Footprint of(long pid, Path directory) throws IOException, InterruptedException {
        // of live objects only: the first collection finds what is unreachable, references that were cleared go with the second
        jcmd(pid, directory, "GC.run");
        Matcher loaders = LOADERS.matcher(jcmd(pid, directory, "GC.class_histogram"));
        long count = 0;
        while (loaders.find()) {
            count += Long.parseLong(loaders.group(1));
        }
        Map<String, Long> threads = counted(jcmd(pid, directory, "Thread.print").lines()
                .filter(line -> line.startsWith("\"releve")).map(line -> line.substring(1, line.indexOf('"', 1))), Footprint::kind);
        Map<String, Long> files;
        try (Stream<String> maps = Files.lines(Path.of("/proc/" + pid + "/maps"))) {
            files = counted(maps.filter(line -> line.contains(" /")).map(line -> line.substring(line.indexOf(" /") + 1)).distinct(),
                    Footprint::kind);
        }
        return new Footprint(threads, descriptors(pid), files, count);
    }

    private static Map<String, Long> descriptors(long pid) throws IOException {
        List<String> targets = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path each : all.toList()) {
                try {
                    targets.add(Files.readSymbolicLink(each).toString());
                } catch (IOException e) {
                    // closed meanwhile
                    continue;
                }
            }
        }
        return counted(targets.stream(), Footprint::kind);
    }

    private static String kind(String name) {
        return name.replaceAll("\\d+", "#");
    }

    private static Map<String, Long> counted(Stream<String> all, Function<String, String> kind) {
        return all.collect(Collectors.groupingBy(kind, TreeMap::new, Collectors.counting()));
    }

    /** Writes all objects to a file, in the format hprof. */
    static void dump(long pid, Path directory, String file) throws IOException, InterruptedException {
        jcmd(pid, directory, "GC.heap_dump " + file);
    }

    private static String jcmd(long pid, Path directory, String what) throws IOException, InterruptedException {
        return Program.run(directory, List.of(System.getProperty("java.home") + "/bin/jcmd", Long.toString(pid), what));
    }

    /** What there is more of than before, and how many more; empty when nothing is. */
    Map<String, Long> moreThan(Footprint before) {
        Map<String, Long> more = new TreeMap<>();
        compare("thread ", before.threads, threads, more);
        compare("descriptor ", before.descriptors, descriptors, more);
        compare("mapped file ", before.files, files, more);
        compare("", Map.of("class loaders", before.loaders), Map.of("class loaders", loaders), more);
        return more;
    }

    private static void compare(String what, Map<String, Long> before, Map<String, Long> after, Map<String, Long> more) {
        after.forEach((kind, count) -> {
            long grown = count - before.getOrDefault(kind, 0L);
            if (grown > 0) {
                more.put(what + kind, grown);
            }
        });
    }
}
