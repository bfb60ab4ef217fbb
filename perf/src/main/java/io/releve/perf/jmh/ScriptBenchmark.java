package io.releve.perf.jmh;

import io.releve.commands.scripting.ScriptingCommands;
import io.releve.commands.scripting.ScriptingDirectives;
import io.releve.commands.strings.StringCommands;
import io.releve.contracts.FixedSettings;
import io.releve.contracts.LocalClient;
import io.releve.engine.Lane;
import io.releve.engine.core.EngineDirectives;
import io.releve.engine.core.OpenEngine;
import io.releve.format.resp.ReplyBuffer;
import io.releve.format.resp.Request;
import io.releve.format.resp.RequestLimits;
import io.releve.log.ring.OrderedLogProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One script from bytes to bytes, without a socket. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ScriptBenchmark {
    @Param({"return 1", "return redis.call('GET', KEYS[1])", "for i = 1, 100 do redis.call('INCR', KEYS[1]) end return 1",
        "for i = 1, 100 do redis.call('GET', KEYS[1]) end return 1",
        "for i = 1, 100 do pcall(redis.call, 'INCR', KEYS[1]) end return 1"})
    private String script;

    @Param({"chronicle", "heap"})
    private String keyspace;

    private final Request request = new Request();
    private final RequestLimits limits = RequestLimits.authenticated(512L << 20);
    private final ReplyBuffer reply = new ReplyBuffer((bytes, length) -> { });
    private OpenEngine engine;
    private ScriptingCommands scripting;
    private LocalClient client;
    private Lane lane;
    private byte[] evalsha;

    @Setup
    public void open() throws IOException {
        scripting = new ScriptingCommands();
        engine = new OpenEngine("jmh", OpenEngine.systemClock(), new FixedSettings(new EngineDirectives(), new ScriptingDirectives()),
                new OrderedLogProvider().open(), Keyspaces.open(keyspace), () -> null);
        engine.add(new StringCommands(), false);
        engine.add(scripting, false);
        client = new LocalClient(engine.dispatcher());
        lane = engine.dispatcher().lane();
        engine.start();
        client.run("SET", "key", "12345");
        String sha = client.run("SCRIPT", "LOAD", script).substring(5, 45);
        evalsha = Wire.encode("EVALSHA " + sha + " 1 key").getBytes(StandardCharsets.ISO_8859_1);
    }

    @Benchmark
    public int run() {
        reply.clear();
        lane.begin();
        request.parse(evalsha, 0, evalsha.length, limits);
        lane.dispatch(client.session(), request, reply);
        lane.end();
        return reply.length();
    }

    @TearDown
    public void close() throws IOException {
        scripting.close();
        engine.close();
    }
}
