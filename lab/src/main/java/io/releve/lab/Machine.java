package io.releve.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server and two sentinels with the files printed in the article. */
public final class Machine {
    static final String MASTER = "master";
    static final int SERVER_PORT = 6379;
    static final int SENTINEL_PORT = 26379;

    /** All but the log's place is the article's. */
    private static final String SERVER = """
            port %d
            loglevel warning
            logfile "%s/redis.log"
            maxmemory-policy noeviction
            appendonly yes
            appendfsync always
            auto-aof-rewrite-percentage 100
            auto-aof-rewrite-min-size 64mb
            aof-rewrite-incremental-fsync yes
            """;
    private static final String SENTINEL = """
            port %d
            bind %s
            sentinel monitor %s %s %d 1
            sentinel down-after-milliseconds master 3000
            sentinel failover-timeout master 10000
            sentinel parallel-syncs master 4
            """;

    private final int index;
    private final Path directory;
    private final Part server;
    private final List<Part> sentinels = new ArrayList<>();

    /** @param witness where it is, or null */
    Machine(int index, Setup setup, Network network, Endpoint witness) throws IOException {
        this.index = index;
        directory = Files.createDirectories(setup.directory().resolve(name()));
        String address = network.address(index);
        Path file = Files.writeString(directory.resolve("redis.conf"), SERVER.formatted(SERVER_PORT, directory)
                + setup.servers().moreLines() + setup.moreForServers() + "\n"
                + (index == 0 ? "" : "slaveof " + network.address(0) + " " + SERVER_PORT + "\n"));
        server = new Part(name(), new Endpoint(address, SERVER_PORT), directory,
                within(network.on(index), setup.servers().server(setup.home(), file)), setup.environment());
        for (int second = 0; second < 2; second++) {
            boolean ports = setup.variant() == Setup.Variant.PORTS;
            Endpoint endpoint = new Endpoint(second == 0 || ports ? address : network.secondAddress(index),
                    ports ? SENTINEL_PORT + second : SENTINEL_PORT);
            String more = (setup.variant() == Setup.Variant.ANNOUNCE ? "sentinel announce-ip " + endpoint.host() + "\n" : "")
                    + (witness == null ? "" : "sentinel witness " + MASTER + " " + witness.host() + " " + witness.port() + "\n");
            sentinels.add(sentinel(name() + (second + 1), directory.resolve("sentinel" + (second + 1)), endpoint,
                    SENTINEL.formatted(endpoint.port(), endpoint.host(), MASTER, network.address(0), SERVER_PORT)
                    + setup.sentinels().moreLines() + more, setup, network.on(index)));
        }
    }

    /** A sentinel that watches nobody. */
    static Part witness(Setup setup, Network network, int machine) throws IOException {
        Endpoint endpoint = new Endpoint(network.address(machine), SENTINEL_PORT);
        return sentinel("witness", setup.directory().resolve("witness"), endpoint,
                "port " + endpoint.port() + "\nbind " + endpoint.host() + "\n", setup, network.on(machine));
    }

    private static Part sentinel(String name, Path directory, Endpoint endpoint, String lines, Setup setup, List<String> within)
            throws IOException {
        Path file = Files.writeString(Files.createDirectories(directory).resolve("sentinel.conf"), lines);
        return new Part(name, endpoint, directory, within(within, setup.sentinels().sentinel(setup.home(), file)), setup.environment());
    }

    private static List<String> within(List<String> within, List<String> command) {
        List<String> all = new ArrayList<>(within);
        all.addAll(command);
        return all;
    }

    /** From 0. */
    int index() {
        return index;
    }

    /** A, B. */
    String name() {
        return String.valueOf((char) ('A' + index));
    }

    public Part server() {
        return server;
    }

    /** @param number 0 or 1 */
    public Part sentinel(int number) {
        return sentinels.get(number);
    }

    List<Part> sentinels() {
        return sentinels;
    }

    List<Part> parts() {
        List<Part> parts = new ArrayList<>(sentinels);
        parts.add(server);
        return parts;
    }

    /** INFO replication of its server. */
    public Map<String, String> replication() throws IOException {
        return server.endpoint().info("replication");
    }

    boolean leads() throws IOException {
        return replication().get("role").equals("master");
    }

    /** Whether its server is a replica that has had all data. */
    boolean follows() throws IOException {
        Map<String, String> fields = replication();
        return fields.get("role").equals("slave") && fields.get("master_link_status").equals("up")
                && fields.get("master_sync_in_progress").equals("0");
    }

    /** Whether both sentinels have written down that all know of all: a rule of Relève's. */
    boolean isSettled() {
        try {
            for (Part sentinel : sentinels) {
                if (!Files.readString(directory.resolve("sentinel" + sentinel.name().substring(1)).resolve("sentinel.conf"))
                        .contains(MASTER + " settled")) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What all parts have printed and logged. */
    String output() {
        StringBuilder all = new StringBuilder();
        try {
            all.append(name()).append(":\n").append(Files.readString(directory.resolve("redis.log")));
        } catch (IOException e) {
            all.append(name()).append(" has no log\n");
        }
        for (Part part : parts()) {
            all.append(part.name()).append(":\n").append(part.output());
        }
        return all.toString();
    }
}
