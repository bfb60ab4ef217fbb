package io.releve.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** ip(8). */
final class Ip {
    private Ip() {
    }

    /** @return what it says when it fails, otherwise null */
    static String run(String... arguments) {
        return run(List.of(), arguments);
    }

    /** Names of all that are there. */
    static List<String> namespaces() {
        String[] names = Path.of("/run/netns").toFile().list();
        return names == null ? List.of() : List.of(names);
    }

    /** Several commands at once. @param namespace where, or null for here */
    static void batch(String namespace, List<String> commands) {
        String[] arguments = namespace == null ? new String[] {"-batch", "-"} : new String[] {"-n", namespace, "-batch", "-"};
        String failure = run(commands, arguments);
        if (failure != null) {
            throw new LabException("ip " + String.join(" ", arguments) + ": " + failure.strip() + "; of\n" + String.join("\n", commands));
        }
    }

    private static String run(List<String> input, String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            try (OutputStream out = process.getOutputStream()) {
                out.write(String.join("\n", input).getBytes(StandardCharsets.UTF_8));
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? null : said;
        } catch (IOException e) {
            return e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
