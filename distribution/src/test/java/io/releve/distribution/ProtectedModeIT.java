package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.lab.Network;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is served without a password, on a machine with addresses of every kind. */
class ProtectedModeIT {
    private static final String PORT = "6379";
    private static final String STRANGER = "203.0.113.7";
    private static final String NEIGHBOUR = "192.168.0.51";
    private static final List<String> NEIGHBOURS = List.of(NEIGHBOUR, "100.64.3.4", "fd12::7");
    private static final List<String> STRANGERS = List.of(STRANGER, "2001:db8::7");

    @TempDir
    Path directory;

    private List<String> machine;

    /** A client whose address is the one it connects to. */
    private String ask(String address, String... request) throws Exception {
        List<String> words = new ArrayList<>(List.of("-h", address, "-p", PORT));
        words.addAll(List.of(request));
        try (RunningServer cli = RunningServer.run(machine, RunningServer.HOME, directory, "cli",
                words.toArray(String[]::new))) {
            cli.exitCode();
            return cli.output().trim();
        }
    }

    private void refuses(String address) throws Exception {
        String answer = ask(address, "PING");
        assertTrue(answer.contains("DENIED") && answer.contains("is running in protected mode"), address + ": " + answer);
    }

    private RunningServer start(String verb, String configuration) throws Exception {
        Path file = Files.writeString(directory.resolve(verb + ".conf"),
                "port " + PORT + "\ndir " + directory + "\n" + configuration);
        return RunningServer.run(machine, RunningServer.HOME, directory, verb, file.toString()).awaitReady();
    }

    @Test
    void withoutAPasswordNeighboursAreServedAndStrangersAreNot() throws Exception {
        try (Network network = Namespaces.create(1)) {
            machine = network.on(0);
            for (String address : NEIGHBOURS) {
                own(address);
            }
            for (String address : STRANGERS) {
                own(address);
            }
            try (RunningServer server = start("server", "save \"\"\n")) {
                servesNeighboursOnly();
                assertEquals("protected-mode\nprivate", ask("127.0.0.1", "CONFIG", "GET", "protected-mode"));
                assertEquals("OK", ask("127.0.0.1", "CONFIG", "SET", "protected-mode", "yes"));
                refuses(NEIGHBOUR);
                assertEquals("PONG", ask("127.0.0.1", "PING"));
                assertEquals("OK", ask("127.0.0.1", "CONFIG", "SET", "protected-mode", "no"));
                assertEquals("PONG", ask(STRANGER, "PING"));
                assertEquals("OK", ask("127.0.0.1", "CONFIG", "SET", "protected-mode", "private"));
                refuses(STRANGER);
                assertEquals("OK", ask("127.0.0.1", "CONFIG", "SET", "requirepass", "secret"));
                assertTrue(ask(STRANGER, "PING").contains("NOAUTH"));
                server.terminate();
                assertEquals(0, server.exitCode());
            }
            try (RunningServer sentinel = start("sentinel", "sentinel monitor master 192.168.0.51 6379 1\n")) {
                servesNeighboursOnly();
            }
        }
    }

    private void servesNeighboursOnly() throws Exception {
        for (String address : NEIGHBOURS) {
            assertEquals("PONG", ask(address, "PING"), address);
        }
        for (String address : STRANGERS) {
            refuses(address);
        }
    }

    private void own(String address) throws Exception {
        List<String> command = new ArrayList<>(machine);
        command.addAll(List.of("ip", "addr", "add", address + (address.contains(":") ? "/128" : "/32"), "dev", "lo"));
        assertEquals(0, new ProcessBuilder(command).redirectErrorStream(true).start().waitFor(), address);
    }
}
