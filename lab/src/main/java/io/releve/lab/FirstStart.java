package io.releve.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Starts a server and a sentinel of Relève once and stops them in good order, as every installation has done before. That leaves
 * the archive of classes which later starts use; those of the lab are killed and would never leave one.
 */
final class FirstStart {
    private static final String LOOPBACK = "127.0.0.1";

    private FirstStart() {
    }

    static void run(Path home, Path directory, Map<String, String> environment) throws IOException {
        Ip.batch(null, List.of("link set lo up"));
        Files.createDirectories(directory);
        Path server = Files.writeString(directory.resolve("redis.conf"), "port " + Machine.SERVER_PORT + "\n");
        Path sentinel = Files.writeString(directory.resolve("sentinel.conf"), "port " + Machine.SENTINEL_PORT + "\n");
        List<Part> parts = List.of(
                new Part("the first server", new Endpoint(LOOPBACK, Machine.SERVER_PORT), directory,
                        Software.RELEVE.server(home, server), environment),
                new Part("the first sentinel", new Endpoint(LOOPBACK, Machine.SENTINEL_PORT), directory,
                        Software.RELEVE.sentinel(home, sentinel), environment));
        for (Part part : parts) {
            try {
                part.start();
                part.awaitReady();
                part.stop();
            } finally {
                part.close();
            }
        }
    }
}
