package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Machines of their own, as far as the network is concerned: namespaces on one bridge, which the test reaches too. Their link to
 * each other can be cut so that packets are lost without a word.
 */
final class NetworkNamespaces implements AutoCloseable {
    private static final long PID = ProcessHandle.current().pid();
    private static final String PREFIX = "releve-" + PID + "-";
    private static final String BRIDGE = PREFIX + "bridge";
    /** Link-local addresses never leave the machine. */
    private static final String NET = "169.254." + (1 + PID % 250) + ".";

    private final int machines;

    private NetworkNamespaces(int machines) {
        this.machines = machines;
    }

    /** Skips the test where they cannot be made. */
    static NetworkNamespaces create(int machines) throws Exception {
        assumeTrue(run("netns", "add", BRIDGE) == null,
                "network namespaces cannot be made here: that takes root and ip(8)");
        NetworkNamespaces made = new NetworkNamespaces(machines);
        try {
            made.connect();
            return made;
        } catch (Throwable e) {
            made.close();
            throw e;
        }
    }

    private void connect() throws Exception {
        must("-n", BRIDGE, "link", "add", "br0", "type", "bridge");
        must("-n", BRIDGE, "link", "set", "br0", "up");
        String outside = "rlv" + PID;
        must("link", "add", outside, "type", "veth", "peer", "name", "test", "netns", BRIDGE);
        must("addr", "add", NET + "254/24", "dev", outside);
        must("link", "set", outside, "up");
        plug("test");
        for (int i = 0; i < machines; i++) {
            must("netns", "add", PREFIX + i);
            must("-n", BRIDGE, "link", "add", "port" + i, "type", "veth", "peer", "name", "eth0", "netns", PREFIX + i);
            must("-n", PREFIX + i, "addr", "add", address(i) + "/24", "dev", "eth0");
            must("-n", PREFIX + i, "addr", "add", secondAddress(i) + "/24", "dev", "eth0");
            must("-n", PREFIX + i, "link", "set", "eth0", "up");
            must("-n", PREFIX + i, "link", "set", "lo", "up");
            plug("port" + i);
        }
    }

    private static void plug(String port) throws Exception {
        must("-n", BRIDGE, "link", "set", port, "master", "br0", "up");
    }

    String address(int machine) {
        return NET + (1 + machine);
    }

    /** Of the same machine. */
    String secondAddress(int machine) {
        return NET + (101 + machine);
    }

    /** What stands before a command that is to run on a machine. */
    List<String> on(int machine) {
        return List.of("nsenter", "--net=/run/netns/" + PREFIX + machine);
    }

    /** Machines do not hear each other any more, or again. The test goes on hearing all. */
    void cut(boolean on) throws Exception {
        for (int i = 0; i < machines; i++) {
            must("-n", BRIDGE, "link", "set", "port" + i, "type", "bridge_slave", "isolated", on ? "on" : "off");
        }
    }

    @Override
    public void close() throws Exception {
        for (int i = 0; i < machines; i++) {
            run("netns", "del", PREFIX + i);
        }
        must("netns", "del", BRIDGE);
    }

    private static void must(String... arguments) throws Exception {
        String failure = run(arguments);
        assertTrue(failure == null, () -> "ip " + String.join(" ", arguments) + ": " + failure);
    }

    /** Runs ip(8). @return what it says when it fails, otherwise null */
    private static String run(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? null : said;
        } catch (IOException e) {
            return e.getMessage();
        }
    }
}
