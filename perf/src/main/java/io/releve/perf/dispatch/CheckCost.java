package io.releve.perf.dispatch;

import io.releve.acl.core.AclAuthorizer;
import io.releve.acl.core.AclCommands;
import io.releve.acl.core.AclDirectives;
import io.releve.commands.connection.ConnectionCommands;
import io.releve.commands.strings.StringCommands;
import io.releve.contracts.FixedSettings;
import io.releve.contracts.LocalClient;
import io.releve.engine.Lane;
import io.releve.engine.core.EngineDirectives;
import io.releve.engine.core.OpenEngine;
import io.releve.format.resp.ReplyBuffer;
import io.releve.format.resp.Request;
import io.releve.format.resp.RequestLimits;
import io.releve.keyspace.KeyspaceSettings;
import io.releve.keyspace.chronicle.ChronicleKeyspaceProvider;
import io.releve.log.ring.OrderedLogProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What the checks of rights, the tracking of latencies and CLIENT TRACKING add to GET: one process, one thread, slices of some
 * milliseconds that take turns, processor time. {@code perf/run checks [ROUNDS]}
 */
public final class CheckCost {
    private static final int ROUNDS = 400;
    private static final int WARM_UP = 60;
    private static final int KEYS = 100_000;
    private static final int PIPELINE = 16;
    private static final int BATCHES = 2_000;
    private static final String PLAIN = "a user who may do all, latency-tracking no";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Request request = new Request();
    private final RequestLimits limits = RequestLimits.authenticated(512L << 20);
    private final ReplyBuffer reply = new ReplyBuffer((bytes, length) -> { });
    private final FixedSettings settings = new FixedSettings(new EngineDirectives(), new AclDirectives());
    private final OpenEngine engine;
    private final Lane lane;
    private final byte[][] batches = new byte[BATCHES][];
    private final Map<String, double[]> figures = new LinkedHashMap<>();
    private long bytes;

    private CheckCost() throws IOException {
        engine = new OpenEngine("checks", OpenEngine.systemClock(), settings, new OrderedLogProvider().open(),
                new ChronicleKeyspaceProvider().open(new KeyspaceSettings(Files.createTempDirectory("releve-perf"), 16, 0, false)), () -> null);
        engine.add(new ConnectionCommands(), false);
        engine.add(new StringCommands(), false);
        engine.add(new AclCommands(), false);
        engine.authorizer(AclAuthorizer.withoutDeclarations());
        lane = engine.dispatcher().lane();
        engine.start();
    }

    public static void main(String[] arguments) throws IOException {
        CheckCost cost = new CheckCost();
        cost.measure(arguments.length == 0 ? ROUNDS : Integer.parseInt(arguments[0]));
        cost.engine.close();
    }

    private void measure(int rounds) throws IOException {
        LocalClient plain = new LocalClient(engine.dispatcher());
        LocalClient other = new LocalClient(engine.dispatcher());
        LocalClient limited = new LocalClient(engine.dispatcher());
        for (int i = 0; i < KEYS; i++) {
            plain.run("SET", key(i), "12345");
        }
        plain.run("ACL", "SETUSER", "limited", "on", ">pw", "~key:*", "+get");
        limited.run("AUTH", "limited", "pw");
        for (int round = -WARM_UP; round < rounds; round++) {
            shuffle(round);
            latencyTracking("no");
            slice(PLAIN, round, plain);
            slice("the same again (what noise is)", round, plain);
            slice("a user who may run GET on key:*", round, limited);
            other.run("CLIENT", "TRACKING", "ON");
            slice("CLIENT TRACKING of another client", round, plain);
            other.run("CLIENT", "TRACKING", "OFF");
            plain.run("HELLO", "3");
            plain.run("CLIENT", "TRACKING", "ON", "BCAST");
            slice("CLIENT TRACKING BCAST", round, plain);
            plain.run("CLIENT", "TRACKING", "OFF");
            plain.run("CLIENT", "TRACKING", "ON");
            slice("CLIENT TRACKING, keys read for the first time", round, plain);
            slice("CLIENT TRACKING, keys read before", round, plain);
            plain.run("CLIENT", "TRACKING", "OFF");
            plain.run("HELLO", "2");
            latencyTracking("yes");
            slice("latency-tracking yes", round, plain);
        }
        report(rounds);
    }

    private void latencyTracking(String value) {
        settings.set(Map.of("latency-tracking", List.of(value)));
    }

    private static String key(int number) {
        return String.format(Locale.ROOT, "key:%012d", number);
    }

    private void shuffle(int round) {
        SplittableRandom random = new SplittableRandom(round);
        ByteArrayOutputStream batch = new ByteArrayOutputStream();
        for (int b = 0; b < BATCHES; b++) {
            batch.reset();
            for (int i = 0; i < PIPELINE; i++) {
                batch.writeBytes(("*2\r\n$3\r\nGET\r\n$16\r\n" + key(random.nextInt(KEYS)) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            batches[b] = batch.toByteArray();
        }
    }

    /** Twice the same: the first time has the keys near for all alike. */
    private void slice(String name, int round, LocalClient client) {
        if (name.equals(PLAIN)) {
            run(client);
        }
        long before = THREADS.getCurrentThreadCpuTime();
        run(client);
        double nanos = (double) (THREADS.getCurrentThreadCpuTime() - before) / (BATCHES * PIPELINE);
        if (round >= 0) {
            figures.computeIfAbsent(name, any -> new double[0]);
            figures.compute(name, (any, all) -> {
                double[] more = Arrays.copyOf(all, all.length + 1);
                more[all.length] = nanos;
                return more;
            });
        }
    }

    private void run(LocalClient client) {
        for (byte[] batch : batches) {
            reply.clear();
            lane.begin();
            for (int at = 0; at < batch.length;) {
                at = request.parse(batch, at, batch.length, limits);
                lane.dispatch(client.session(), request, reply);
            }
            lane.end();
            bytes += reply.length();
        }
    }

    private void report(int rounds) {
        if (bytes == 0) {
            throw new IllegalStateException("nothing was answered");
        }
        double[] base = figures.get(PLAIN);
        System.out.printf(Locale.ROOT, "| GET, %d rounds | ns, median | more than without, median (95 %% of it between) |%n|---|---|---|%n", rounds);
        figures.forEach((name, all) -> {
            double[] more = new double[all.length];
            for (int i = 0; i < more.length; i++) {
                more[i] = 100 * (all[i] / base[i] - 1);
            }
            Arrays.sort(more);
            double[] sorted = all.clone();
            Arrays.sort(sorted);
            // order statistics that hold the median between them
            int spread = (int) Math.ceil(0.98 * Math.sqrt(rounds));
            int middle = rounds / 2;
            System.out.printf(Locale.ROOT, "| %s | %.0f | %s |%n", name, sorted[middle], name.equals(PLAIN) ? ""
                    : String.format(Locale.ROOT, "%+.1f %% (%+.1f..%+.1f)", more[middle], more[Math.max(0, middle - spread)],
                    more[Math.min(rounds - 1, middle + spread)]));
        });
    }
}
