package io.releve.perf.jmh;

import io.releve.format.resp.Request;
import io.releve.format.resp.RequestLimits;
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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/** Parsing of requests: sixteen in one buffer, as a pipelining client sends them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RequestBenchmark {
    private static final int PIPELINE = 16;

    @Param({"PING", "GET key:000000012345", "SET key:000000012345 abc",
        "MSET key:000000000001 abc key:000000000002 abc key:000000000003 abc key:000000000004 abc"})
    private String command;

    private final Request request = new Request();
    private final RequestLimits limits = RequestLimits.authenticated(512L << 20);
    private byte[] buffer;

    @Setup
    public void encode() {
        buffer = Wire.encode(command).repeat(PIPELINE).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Benchmark
    @OperationsPerInvocation(PIPELINE)
    public int parse() {
        int arguments = 0;
        for (int at = 0; at < buffer.length; arguments += request.size()) {
            at = request.parse(buffer, at, buffer.length, limits);
        }
        return arguments;
    }
}
