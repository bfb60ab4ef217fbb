package io.releve.perf.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * One run of redis-benchmark.
 *
 * @param cpu CPU time of the server an operation, microseconds
 * @param rate operations a second
 */
record Run(double cpu, double rate) {

    static Run of(Workload workload, Server server, long requests) throws IOException {
        double before = server.figures().cpuMicros();
        double rate = benchmark(workload, server, requests);
        return new Run((server.figures().cpuMicros() - before) / requests, rate);
    }

    private static double benchmark(Workload workload, Server server, long requests) throws IOException {
        Process process = new ProcessBuilder(workload.command(server.port(), requests)).redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("redis-benchmark failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        String last = output.strip().substring(output.strip().lastIndexOf('\n') + 1);
        String[] fields = last.split("\",\"");
        if (fields.length < 2) {
            throw new IOException("redis-benchmark wrote no figures: " + output);
        }
        return Double.parseDouble(fields[1]);
    }
}
