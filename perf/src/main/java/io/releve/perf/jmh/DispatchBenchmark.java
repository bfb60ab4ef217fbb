package io.releve.perf.jmh;

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
import io.releve.keyspace.Keyspace;
import io.releve.log.ring.OrderedLogProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Sixteen requests from bytes to bytes, without a socket: parser, turn, dispatch, command, keyspace, reply. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DispatchBenchmark {
    private static final int PIPELINE = 16;
    private static final int KEYS = 100_000;

    @Param({"PING", "GET", "SET", "INCR"})
    private String command;

    @Param({"chronicle", "heap"})
    private String keyspace;

    private final Request request = new Request();
    private final RequestLimits limits = RequestLimits.authenticated(512L << 20);
    private final ReplyBuffer reply = new ReplyBuffer((bytes, length) -> { });
    private OpenEngine engine;
    private LocalClient client;
    private Lane lane;
    private byte[][] batches;
    private int next;

    @Setup
    public void open() throws IOException {
        Keyspace data = Keyspaces.open(keyspace);
        engine = new OpenEngine("jmh", OpenEngine.systemClock(), new FixedSettings(new EngineDirectives()),
                new OrderedLogProvider().open(), data, () -> null);
        engine.add(new ConnectionCommands(), false);
        engine.add(new StringCommands(), false);
        client = new LocalClient(engine.dispatcher());
        lane = engine.dispatcher().lane();
        engine.start();
        for (int i = 0; i < KEYS; i++) {
            client.run("SET", key(i), "12345");
        }
        batches = new byte[4096][];
        java.util.SplittableRandom random = new java.util.SplittableRandom(1);
        for (int b = 0; b < batches.length; b++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < PIPELINE; i++) {
                String key = key(random.nextInt(KEYS));
                text.append(Wire.encode(switch (command) {
                    case "PING" -> "PING";
                    case "SET" -> "SET " + key + " 12345";
                    default -> command + " " + key;
                }));
            }
            batches[b] = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private static String key(int number) {
        return String.format("key:%012d", number);
    }

    @Benchmark
    @OperationsPerInvocation(PIPELINE)
    public int batch() {
        byte[] bytes = batches[next++ & batches.length - 1];
        reply.clear();
        lane.begin();
        for (int at = 0; at < bytes.length;) {
            at = request.parse(bytes, at, bytes.length, limits);
            lane.dispatch(client.session(), request, reply);
        }
        lane.end();
        return reply.length();
    }

    @TearDown
    public void close() throws IOException {
        engine.close();
    }
}
