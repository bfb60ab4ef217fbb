package io.releve.distribution;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.util.SafeEncoder;

/** Servers and sentinels on the loopback interface, ours or Redis' own: a master, a replica, and those who watch them as {@code m}. */
final class SentinelGroup implements AutoCloseable {
    static final ProtocolCommand SENTINEL = () -> SafeEncoder.encode("SENTINEL");
    static final int DOWN_AFTER = 1_500;

    private final Path directory;
    private final Map<Integer, Process> real = new HashMap<>();
    private final Map<Integer, RunningServer> ours = new HashMap<>();
    private final List<Integer> sentinels = new ArrayList<>();
    int master;
    int replica;

    private SentinelGroup(Path directory) {
        this.directory = directory;
    }

    /** @param sentinels for each, whether it is one of ours */
    static SentinelGroup start(Path directory, boolean ourServers, boolean... sentinels) throws Exception {
        return start(directory, List.of(ourServers, ourServers), sentinels);
    }

    /** @param servers of the master and of the replica, whether it is one of ours */
    static SentinelGroup start(Path directory, List<Boolean> servers, boolean... sentinels) throws Exception {
        SentinelGroup group = new SentinelGroup(directory);
        try {
            group.master = RunningServer.freePort();
            group.replica = RunningServer.freePort();
            group.server(group.master, servers.get(0));
            group.server(group.replica, servers.get(1), "--replicaof", "127.0.0.1 " + group.master);
            await(group::output, () -> {
                try (Jedis jedis = new Jedis("127.0.0.1", group.replica)) {
                    return ReplicationServer.info(jedis, "replication").get("master_link_status").equals("up");
                }
            });
            for (boolean own : sentinels) {
                group.begin(own);
            }
            for (int port : group.sentinels) {
                group.awaitReady(port);
            }
            await(group::output, () -> group.allKnowEachOther());
            return group;
        } catch (Throwable e) {
            group.close();
            throw e;
        }
    }

    private boolean allKnowEachOther() {
        for (int port : sentinels) {
            Map<String, String> master = master(port);
            if (!master.get("num-other-sentinels").equals("" + (sentinels.size() - 1)) || !master.get("num-slaves").equals("1")
                    || !master.get("flags").equals("master")) {
                return false;
            }
        }
        return true;
    }

    void server(int port, boolean own, String... options) throws Exception {
        Path data = Files.createDirectories(directory.resolve("server-" + port));
        List<String> all = new ArrayList<>(List.of("--port", "" + port, "--bind", "127.0.0.1", "--save", "", "--dir", data.toString()));
        for (int i = 0; i < options.length; i += 2) {
            all.add(options[i]);
            all.addAll(List.of(options[i + 1].split(" ")));
        }
        Path file = data.resolve("redis.conf");
        if (!Files.exists(file)) {
            Files.writeString(file, "repl-diskless-sync-delay 0\n");
        }
        if (own) {
            all.add(0, file.toString());
            ours.put(port, RunningServer.start(data, all.toArray(String[]::new)).awaitReady());
        } else {
            all.add(0, "redis-server");
            all.add(1, file.toString());
            run(port, all);
        }
    }

    private void run(int port, List<String> command) throws Exception {
        Process process = null;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("real-" + port + ".log").toFile())).start();
        } catch (IOException e) {
            assumeTrue(false, "redis-server is not installed here");
        }
        real.put(port, process);
        await(this::output, () -> {
            try (Jedis jedis = new Jedis("127.0.0.1", port)) {
                jedis.ping();
                return true;
            }
        });
    }

    int sentinel(boolean own, String... lines) throws Exception {
        int port = begin(own, lines);
        awaitReady(port);
        return port;
    }

    private void awaitReady(int port) throws InterruptedException {
        if (ours.containsKey(port)) {
            ours.get(port).awaitReady();
        }
    }

    private int begin(boolean own, String... lines) throws Exception {
        int port = RunningServer.freePort();
        Path home = Files.createDirectories(directory.resolve("sentinel-" + port));
        Path file = Files.writeString(home.resolve("sentinel.conf"), """
                port %d
                bind 127.0.0.1
                sentinel monitor m 127.0.0.1 %d 2
                sentinel down-after-milliseconds m %d
                sentinel failover-timeout m 10000
                """.formatted(port, master, DOWN_AFTER) + String.join("\n", lines) + "\n");
        if (own) {
            ours.put(port, RunningServer.run(home, "sentinel", file.toString()));
        } else {
            run(port, List.of("redis-server", file.toString(), "--sentinel"));
        }
        sentinels.add(port);
        return port;
    }

    List<Integer> sentinels() {
        return sentinels;
    }

    Path file(int sentinel) {
        return directory.resolve("sentinel-" + sentinel).resolve("sentinel.conf");
    }

    void kill(int port) throws Exception {
        if (ours.containsKey(port)) {
            ours.remove(port).close();
        } else {
            real.remove(port).destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    RunningServer ours(int port) {
        return ours.get(port);
    }

    static Object ask(int port, ProtocolCommand command, String... words) {
        try (Jedis jedis = new Jedis("127.0.0.1", port, 10_000)) {
            return SafeEncoder.encodeObject(jedis.sendCommand(command, words));
        }
    }

    /** The fields of SENTINEL MASTER m. */
    static Map<String, String> master(int sentinel) {
        return fields(ask(sentinel, SENTINEL, "MASTER", "m"));
    }

    static Map<String, String> fields(Object flat) {
        Map<String, String> fields = new LinkedHashMap<>();
        List<?> words = (List<?>) flat;
        for (int i = 0; i < words.size(); i += 2) {
            fields.put(words.get(i).toString(), words.get(i + 1).toString());
        }
        return fields;
    }

    static int leader(int sentinel) {
        return Integer.parseInt(((List<?>) ask(sentinel, SENTINEL, "GET-MASTER-ADDR-BY-NAME", "m")).get(1).toString());
    }

    static String role(int server) {
        return ((List<?>) ask(server, Protocol.Command.ROLE)).get(0).toString();
    }

    /** Waits until all sentinels name this server, and it leads. */
    void awaitLeader(int server) throws InterruptedException {
        await(this::output, () -> role(server).equals("master") && sentinels.stream().allMatch(port -> leader(port) == server));
    }

    /** Waits until a server follows another, with its link up. */
    void awaitFollows(int server, int leader) throws InterruptedException {
        await(this::output, () -> {
            try (Jedis jedis = new Jedis("127.0.0.1", server)) {
                Map<String, String> info = ReplicationServer.info(jedis, "replication");
                return info.get("role").equals("slave") && info.get("master_port").equals("" + leader)
                        && info.get("master_link_status").equals("up");
            }
        });
    }

    /** Of the sentinels. */
    Set<String> addresses() {
        return sentinels.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.toSet());
    }

    /** At most a minute: machines that build and test are slow. */
    static void await(Supplier<String> otherwise, ReplicationServer.Condition condition) throws InterruptedException {
        ReplicationServer.await(60_000, otherwise, condition);
    }

    String output() {
        StringBuilder all = new StringBuilder();
        ours.forEach((port, server) -> all.append("---- ").append(port).append('\n').append(server.output()));
        real.keySet().forEach(port -> {
            try {
                all.append("---- ").append(port).append('\n').append(Files.readString(directory.resolve("real-" + port + ".log")));
            } catch (IOException e) {
                all.append(e);
            }
        });
        return all.toString();
    }

    @Override
    public void close() {
        ours.values().forEach(RunningServer::close);
        real.values().forEach(process -> {
            try {
                process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
