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
    /** Ports for encrypted connections. */
    private final Map<Product, Integer> encrypted = new EnumMap<>(Product.class);
    /** In the order of this round; each measurement is made of the one and then of the other, so that the machine is alike for both. */
    private List<Server> servers;

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
        try (Server releve = server(Product.RELEVE); Server redis = server(Product.REDIS)) {
            for (Server server : List.of(releve, redis)) {
                server.start();
                prepare(server);
            }
            machine = PersistenceCost.machine(releve, redis);
            for (int round = -1; round < options.rounds(); round++) {
                System.err.println("operations: round " + (round + 1) + " of " + options.rounds());
                servers = Product.order(round + 1).stream().map(product -> product == Product.RELEVE ? releve : redis).toList();
                measure(round < 0);
            }
        }
        String text = report(machine);
        System.out.write(text.getBytes(StandardCharsets.UTF_8));
        System.out.flush();
        if (options.output() != null && options.part().equals("all")) {
            new Document(options.output()).replace("operations", text);
        }
    }

    private Server server(Product product) throws IOException {
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

    private void measure(boolean warmUp) throws IOException {
        if (options.measures("scripts")) {
            String one = call("SCRIPT", "LOAD", ONE_CALL);
            String hundred = call("SCRIPT", "LOAD", HUNDRED_CALLS);
            for (int pipeline : PIPELINES) {
                run("EVALSHA, a script of one GET", warmUp, pipeline, false, List.of(), "EVALSHA", one, "1", "key:__rand_int__");
            }
            run("EVALSHA, a script of 100 INCR", warmUp, 1, false, List.of(), "EVALSHA", hundred, "1", "counter");
        }
        if (options.measures("tls")) {
            for (int pipeline : PIPELINES) {
                gets("GET over TLS", warmUp, pipeline, true, "--tls", "--cacert", file("ca.crt"));
            }
        }
        if (options.measures("rights")) {
            for (int pipeline : PIPELINES) {
                gets("GET", warmUp, pipeline, false);
                gets("GET of a user with few rights", warmUp, pipeline, false, "--user", "limited", "-a", "secret");
            }
        }
        if (options.measures("figures")) {
            call("CONFIG", "SET", "latency-tracking", "no");
            for (int pipeline : PIPELINES) {
                gets("GET, latency-tracking no", warmUp, pipeline, false);
            }
            call("CONFIG", "SET", "latency-tracking", "yes");
            for (int pipeline : PIPELINES) {
                gets("GET, CLIENT TRACKING ON", warmUp, pipeline, false, "--enable-tracking");
            }
        }
    }

    /** Has both servers run a command. @return what the last of them answers */
    private String call(String... words) throws IOException {
        String answer = null;
        for (Server server : servers) {
            try (Client client = server.connect()) {
                answer = client.call(words);
            }
        }
        return answer;
    }

    private void gets(String title, boolean warmUp, int pipeline, boolean tls, String... connection) throws IOException {
        run(title, warmUp, pipeline, tls, List.of(connection), "GET", "key:__rand_int__");
    }

    private void run(String title, boolean warmUp, int pipeline, boolean tls, List<String> connection, String... words)
            throws IOException {
        for (Server server : servers) {
            Run run = run(server, pipeline, tls ? encrypted.get(server.product()) : server.port(), connection, words);
            if (!warmUp) {
                runs.computeIfAbsent(title + ", `-P " + pipeline + "`", any -> new EnumMap<>(Product.class))
                        .computeIfAbsent(server.product(), any -> new ArrayList<>()).add(run);
            }
        }
    }

    /** What the connections cost by themselves, shaking hands above all, is taken away: it is in the short run as well as in the long one. */
    private Run run(Server server, int pipeline, int port, List<String> connection, String... words) throws IOException {
        double before = server.figures().cpuMicros();
        double rate = Run.send(command(port, CALIBRATION, pipeline, connection, words));
        double between = server.figures().cpuMicros();
        long requests = (long) Math.max(10 * CALIBRATION, rate * (options.quick() ? QUICK_SECONDS : SECONDS));
        rate = Run.send(command(port, requests, pipeline, connection, words));
        double after = server.figures().cpuMicros();
        return new Run((after - between - (between - before)) / (requests - CALIBRATION), rate);
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

                redis-benchmark, %d connections, %,d keys. Medians of %d rounds (smallest..largest), each row of the one server and then
                of the other, after one round that is not counted. CPU is the server process', all threads, without what making the connections
                takes. The user with few rights may run GET on `key:*`.

                | | CPU, Relève / Redis | µs, Relève | µs, Redis | rate, Relève / Redis | 1/s, Relève | 1/s, Redis |
                |---|---|---|---|---|---|---|
                """, machine, CONNECTIONS, KEYS, options.rounds()) + rows + "\nTo repeat: `perf/run operations --write`.\n";
    }
}
