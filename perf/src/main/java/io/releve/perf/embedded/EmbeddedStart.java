package io.releve.perf.embedded;

import io.releve.embedded.Releve;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How long an instance without OSGi takes from {@code main} to the first answered SET, each time in a fresh JVM, and what it
 * is from the start of the process on. {@code EmbeddedStart [heap|chronicle] [starts] [JVM flag...]}
 */
public final class EmbeddedStart {
    private static final String ONCE = "once";

    private EmbeddedStart() {
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length == 3 && arguments[0].equals(ONCE)) {
            startOnce(arguments[1], Path.of(arguments[2]));
            return;
        }
        String provider = arguments.length == 0 ? "heap" : arguments[0];
        int starts = arguments.length < 2 ? 20 : Integer.parseInt(arguments[1]);
        List<String> flags = Arrays.asList(arguments).subList(Math.min(2, arguments.length), arguments.length);
        double[] opened = new double[starts];
        double[] withProcess = new double[starts];
        for (int i = 0; i < starts; i++) {
            long began = System.nanoTime();
            opened[i] = inProcess(provider, flags);
            withProcess[i] = (System.nanoTime() - began) / 1e6;
        }
        show(provider + ", main to first SET", opened);
        show(provider + ", process begun to ended", withProcess);
    }

    private static void startOnce(String provider, Path directory) {
        long began = System.nanoTime();
        try (Releve releve = Releve.builder().directory(directory).keyspace(provider).open()) {
            releve.set("key", "value");
            System.out.println((System.nanoTime() - began) / 1e6);
        }
    }

    private static double inProcess(String provider, List<String> flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(flags);
        Path directory = Files.createTempDirectory("releve-perf");
        command.addAll(List.of("-cp", classPath(), EmbeddedStart.class.getName(), ONCE, provider,
                directory.toString()));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("The instance did not start: " + output);
        }
        // a JVM that makes an archive of its classes has more to say
        return output.lines().filter(line -> line.matches("[0-9.]+")).mapToDouble(Double::parseDouble).findFirst().orElseThrow();
    }

    /** What a program has that depends on releve-embedded-plain, in that order: without what else these measurements need. */
    private static String classPath() {
        List<String> all = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
        List<String> needed = new ArrayList<>(all.stream().filter(path -> path.matches(".*/(releve|slf4j)-[^/]*\\.jar|.*/classes/?"))
                .filter(path -> !path.contains("releve-contracts")).toList());
        needed.sort(Comparator.comparing(path -> path.contains("chronicle-runtime")));
        return String.join(File.pathSeparator, needed);
    }

    private static void show(String what, double[] milliseconds) {
        Arrays.sort(milliseconds);
        System.out.printf("%-36s median %4.0f ms, fastest %4.0f, slowest %4.0f of %d%n", what,
                milliseconds[milliseconds.length / 2], milliseconds[0], milliseconds[milliseconds.length - 1],
                milliseconds.length);
    }
}
