package io.releve.perf.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** CPU time of scripts and of encrypted requests beside a real server, and what rights, figures and tracking add to GET. */
public final class OperationCost {
    private static final int CONNECTIONS = 50;
    private static final int KEYS = 100_000;
    private static final double SECONDS = 3;
    private static final double QUICK_SECONDS = 0.5;
    private static final long CALIBRATION = 5_000;
    private static final String ONE_CALL = "return redis.call('GET', KEYS[1])";
    private static final String HUNDRED_CALLS = "for i = 1, 100 do redis.call('INCR', KEYS[1]) end return 1";
    private static final List<Integer> PIPELINES = List.of(1, 16);

    private final Options options;
    private final Path certificates;
    private final Map<String, Map<Product, List<Run>>> runs = new LinkedHashMap<>();

    private OperationCost(Options options) {
        this.options = options;
        certificates = Path.of(System.getProperty("releve.root", "")).toAbsolutePath()
                .resolve("formats/pem/src/test/resources/certificates");
    }

    /** See {@code perf/run operations --help}. */
    public static void main(String[] arguments) throws IOException {
        new OperationCost(Options.ofCommandLine(arguments)).run();
    }

    private void run() throws IOException {
        options.prime();
        String machine;
        Map<Product, Integer> encrypted = new EnumMap<>(Product.class);
        try (Server releve = server(Product.RELEVE, encrypted); Server redis = server(Product.REDIS, encrypted)) {
            for (Server server : List.of(releve, redis)) {
                server.start();
                prepare(server);
            }
            machine = PersistenceCost.machine(releve, redis);
            for (int round = -1; round < options.rounds(); round++) {
                System.err.println("operations: round " + (round + 1) + " of " + options.rounds());
                for (Product product : Product.order(round + 1)) {
                    measure(product == Product.RELEVE ? releve : redis, encrypted.get(product), round < 0);
                }
            }
        }
        String text = report(machine);
        System.out.write(text.getBytes(StandardCharsets.UTF_8));
        System.out.flush();
        if (options.output() != null && options.part().equals("all")) {
            new Document(options.output()).replace("operations", text);
        }
    }

    private Server server(Product product, Map<Product, Integer> encrypted) throws IOException {
        int port = Server.freePort();
        encrypted.put(product, port);
        return options.server(product, List.of("--tls-port", "" + port, "--tls-cert-file", file("server.crt"),
                "--tls-key-file", file("server.key"), "--tls-ca-cert-file", file("ca.crt"), "--tls-auth-clients", "no"));
    }

    private String file(String name) {
        return certificates.resolve(name).toString();
    }

    private void prepare(Server server) throws IOException {
        try (Client client = server.connect()) {
            client.call("ACL", "SETUSER", "limited", "on", ">secret", "~key:*", "+get", "+ping", "+config|get", "+info");
            for (int i = 0; i < KEYS; i++) {
                client.call("SET", String.format(Locale.ROOT, "key:%012d", i), "VXK");
            }
        }
    }

    private void measure(Server server, int encrypted, boolean warmUp) throws IOException {
        try (Client client = server.connect()) {
            if (options.measures("scripts")) {
                String one = client.call("SCRIPT", "LOAD", ONE_CALL);
                String hundred = client.call("SCRIPT", "LOAD", HUNDRED_CALLS);
                for (int pipeline : PIPELINES) {
                    run("EVALSHA, a script of one GET", server, warmUp, pipeline, server.port(), List.of(), "EVALSHA", one, "1",
                            "key:__rand_int__");
                }
                run("EVALSHA, a script of 100 INCR", server, warmUp, 1, server.port(), List.of(), "EVALSHA", hundred, "1", "counter");
            }
            if (options.measures("tls")) {
                for (int pipeline : PIPELINES) {
                    gets("GET over TLS", server, warmUp, pipeline, encrypted, "--tls", "--cacert", file("ca.crt"));
                }
            }
            if (options.measures("rights")) {
                for (int pipeline : PIPELINES) {
                    gets("GET", server, warmUp, pipeline, server.port());
                    gets("GET of a user with few rights", server, warmUp, pipeline, server.port(), "--user", "limited", "-a", "secret");
                }
            }
            if (options.measures("figures")) {
                client.call("CONFIG", "SET", "latency-tracking", "no");
                for (int pipeline : PIPELINES) {
                    gets("GET, latency-tracking no", server, warmUp, pipeline, server.port());
                }
                client.call("CONFIG", "SET", "latency-tracking", "yes");
                for (int pipeline : PIPELINES) {
                    gets("GET, CLIENT TRACKING ON", server, warmUp, pipeline, server.port(), "--enable-tracking");
                }
            }
        }
    }

    private void gets(String title, Server server, boolean warmUp, int pipeline, int port, String... connection) throws IOException {
        run(title, server, warmUp, pipeline, port, List.of(connection), "GET", "key:__rand_int__");
    }

    private void run(String title, Server server, boolean warmUp, int pipeline, int port, List<String> connection, String... words)
            throws IOException {
        List<String> first = command(port, CALIBRATION, pipeline, connection, words);
        double rate = Run.send(first);
        long requests = (long) Math.max(CALIBRATION, rate * (options.quick() ? QUICK_SECONDS : SECONDS));
        double before = server.figures().cpuMicros();
        rate = Run.send(command(port, requests, pipeline, connection, words));
        Run run = new Run((server.figures().cpuMicros() - before) / requests, rate);
        if (!warmUp) {
            runs.computeIfAbsent(title + ", `-P " + pipeline + "`", any -> new EnumMap<>(Product.class))
                    .computeIfAbsent(server.product(), any -> new ArrayList<>()).add(run);
        }
    }

    private static List<String> command(int port, long requests, int pipeline, List<String> connection, String... words) {
        List<String> command = new ArrayList<>(List.of("redis-benchmark", "-h", "127.0.0.1", "-p", "" + port, "-c", "" + CONNECTIONS,
                "-r", "" + KEYS, "-P", "" + pipeline, "-n", "" + requests, "--csv"));
        command.addAll(connection);
        command.addAll(List.of(words));
        return command;
    }

    private String report(String machine) {
        StringBuilder rows = new StringBuilder();
        runs.forEach((title, lists) -> {
            Throughput.Result result = new Throughput.Result(null, lists.get(Product.RELEVE), lists.get(Product.REDIS));
            rows.append(String.format(Locale.ROOT, "| %s | %s | %.2f | %.2f | %s | %,.0f | %,.0f |%n", title,
                    result.cpuRatio().ratio(), result.cpu(Product.RELEVE), result.cpu(Product.REDIS), result.rateRatio().ratio(),
                    result.rate(Product.RELEVE), result.rate(Product.REDIS)));
        });
        return String.format(Locale.ROOT, """
                ## Scripts, TLS, rights

                %s

                redis-benchmark, %d connections, %,d keys. Medians of %d rounds (smallest..largest). CPU is the server process', all
                threads. The user with few rights may run GET on `key:*`.

                | | CPU, Relève / Redis | µs, Relève | µs, Redis | rate, Relève / Redis | 1/s, Relève | 1/s, Redis |
                |---|---|---|---|---|---|---|
                """, machine, CONNECTIONS, KEYS, options.rounds()) + rows + "\nTo repeat: `perf/run operations --write`.\n";
    }
}
