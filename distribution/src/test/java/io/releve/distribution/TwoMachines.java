package io.releve.distribution;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.util.SafeEncoder;

/**
 * The set-up of the article this engine is founded on: two machines, each with a server and two sentinels on different addresses
 * of the same port, all with the article's configuration files.
 */
final class TwoMachines implements AutoCloseable {
    private static final String SERVER = """
            port 6379
            loglevel warning
            logfile "%1$s/redis.log"
            maxmemory-policy noeviction
            appendonly yes
            appendfsync always
            auto-aof-rewrite-percentage 100
            auto-aof-rewrite-min-size 64mb
            aof-rewrite-incremental-fsync yes
            dir %1$s
            """;
    private static final String SENTINEL = """
            port 26379
            bind %s
            dir %s
            sentinel monitor master %s 6379 1
            sentinel down-after-milliseconds master 3000
            sentinel failover-timeout master 10000
            sentinel parallel-syncs master 4
            """;

    final NetworkNamespaces network;
    private final Path directory;
    private final RunningServer[] servers = new RunningServer[2];
    private final RunningServer[] sentinels = new RunningServer[4];

    /** @param more lines for both servers */
    TwoMachines(Path directory, String more) throws Exception {
        this.directory = directory;
        network = NetworkNamespaces.create(2);
        try {
            for (int machine = 0; machine < 2; machine++) {
                Path home = Files.createDirectories(home(machine));
                Files.writeString(home.resolve("redis.conf"), SERVER.formatted(home) + more + "\n"
                        + (machine == 1 ? "slaveof " + address(0) + " 6379\n" : ""));
                for (int second = 0; second < 2; second++) {
                    Path own = Files.createDirectories(home.resolve("sentinel" + second));
                    Files.writeString(own.resolve("sentinel.conf"), SENTINEL.formatted(second == 0 ? address(machine)
                            : network.secondAddress(machine), own, address(0)));
                }
                startServer(machine);
                startSentinels(machine);
            }
            await(() -> fields(address(1)).get("num-other-sentinels").equals("3") && fields(address(1)).get("num-slaves").equals("1")
                    && role(1).equals("slave"));
            await(() -> allSettled());
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    private boolean allSettled() throws Exception {
        for (int machine = 0; machine < 2; machine++) {
            for (int second = 0; second < 2; second++) {
                if (!Files.readString(home(machine).resolve("sentinel" + second).resolve("sentinel.conf")).contains("master settled")) {
                    return false;
                }
            }
        }
        return true;
    }

    private Path home(int machine) {
        return directory.resolve("machine" + machine);
    }

    String address(int machine) {
        return network.address(machine);
    }

    void startServer(int machine) throws Exception {
        servers[machine] = RunningServer.run(network.on(machine), RunningServer.HOME, home(machine), "server",
                home(machine).resolve("redis.conf").toString()).awaitReady();
    }

    void startSentinels(int machine) throws Exception {
        for (int second = 0; second < 2; second++) {
            Path own = home(machine).resolve("sentinel" + second);
            sentinels[2 * machine + second] = RunningServer.run(network.on(machine), RunningServer.HOME, own, "sentinel",
                    own.resolve("sentinel.conf").toString()).awaitReady();
        }
    }

    /** As if its power failed: nobody says good-bye, not even the network. */
    void powerOff(int machine) throws Exception {
        network.cut(true);
        servers[machine].kill();
        sentinels[2 * machine].kill();
        sentinels[2 * machine + 1].kill();
    }

    /** @return ms from the start of its server until that is a replica with everything */
    long powerOn(int machine) throws Exception {
        network.cut(false);
        long begin = System.nanoTime();
        startServer(machine);
        awaitReplica(machine);
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        startSentinels(machine);
        return took;
    }

    RunningServer server(int machine) {
        return servers[machine];
    }

    void signal(int machine, String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(servers[machine].pid())).start().waitFor();
    }

    /** All four, for clients. */
    Set<String> sentinelAddresses() {
        return Set.of(address(0), address(1), network.secondAddress(0), network.secondAddress(1)).stream()
                .map(address -> address + ":26379").collect(Collectors.toSet());
    }

    /** SENTINEL on a sentinel. */
    static Object ask(String sentinel, String... words) {
        try (Jedis jedis = new Jedis(sentinel, 26379, 5_000)) {
            Object answer = jedis.sendCommand(() -> SafeEncoder.encode("SENTINEL"), words);
            return SafeEncoder.encodeObject(answer);
        }
    }

    private static Map<String, String> fields(String sentinel) {
        List<?> flat = (List<?>) ask(sentinel, "MASTER", "master");
        Map<String, String> fields = new java.util.HashMap<>();
        for (int i = 0; i < flat.size(); i += 2) {
            fields.put(flat.get(i).toString(), flat.get(i + 1).toString());
        }
        return fields;
    }

    String role(int machine) {
        return replication(machine).get("role");
    }

    Map<String, String> replication(int machine) {
        try (Jedis jedis = new Jedis(address(machine), 6379, 2_000)) {
            return ReplicationServer.info(jedis, "replication");
        }
    }

    /** Whom a sentinel names. */
    String leader(String sentinel) {
        return ((List<?>) ask(sentinel, "GET-MASTER-ADDR-BY-NAME", "master")).get(0).toString();
    }

    /** Waits until a machine's server leads by what the sentinels of a machine say; @return ms */
    long awaitLeader(int machine, int asked) throws Exception {
        long begin = System.nanoTime();
        await(() -> leader(address(asked)).equals(address(machine)) && role(machine).equals("master"));
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    /** Waits until the other server is its replica, with everything; @return ms */
    long awaitReplica(int machine) throws Exception {
        long begin = System.nanoTime();
        await(() -> role(machine).equals("slave") && replication(machine).get("master_link_status").equals("up"));
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    void await(ReplicationServer.Condition condition) throws Exception {
        ReplicationServer.await(this::output, condition);
    }

    String output() {
        List<String> all = new ArrayList<>();
        for (int machine = 0; machine < 2; machine++) {
            try {
                all.add("server " + machine + ":\n" + Files.readString(home(machine).resolve("redis.log")));
            } catch (java.io.IOException e) {
                all.add("server " + machine + " has no log");
            }
        }
        for (int i = 0; i < sentinels.length; i++) {
            all.add("sentinel " + i + ":\n" + (sentinels[i] == null ? "not started" : sentinels[i].output()));
        }
        return String.join("\n", all);
    }

    @Override
    public void close() throws Exception {
        for (RunningServer each : sentinels) {
            if (each != null) {
                each.kill();
            }
        }
        for (RunningServer each : servers) {
            if (each != null) {
                each.kill();
            }
        }
        network.close();
    }
}
