package io.releve.perf.jmh;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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

/** What it costs to have a script thread run something while the lane waits, instead of running it in the lane. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class HandOverBenchmark {
    /** How often either side looks before it goes to sleep. */
    @Param({"0", "2000"})
    private int spins;

    private volatile int asked;
    private volatile int answered;
    private volatile boolean stop;
    private volatile Thread lane;
    private Thread script;

    @Setup
    public void start() {
        lane = Thread.currentThread();
        script = new Thread(() -> {
            for (int next = 1; awaitAsked(next); next++) {
                answered = next;
                LockSupport.unpark(lane);
            }
        }, "script");
        script.setDaemon(true);
        script.start();
    }

    private boolean awaitAsked(int next) {
        for (int i = 0; asked != next; i++) {
            if (stop) {
                return false;
            }
            if (i < spins) {
                Thread.onSpinWait();
            } else {
                LockSupport.park();
            }
        }
        return true;
    }

    @Benchmark
    public void inTheLane() {
        asked = asked + 1;
        answered = asked;
    }

    @Benchmark
    public int onTheScriptThread() {
        lane = Thread.currentThread();
        int next = answered + 1;
        asked = next;
        LockSupport.unpark(script);
        for (int i = 0; answered != next; i++) {
            if (i < spins) {
                Thread.onSpinWait();
            } else {
                LockSupport.park();
            }
        }
        return next;
    }

    @TearDown
    public void stop() throws InterruptedException {
        stop = true;
        LockSupport.unpark(script);
        script.join();
    }
}
