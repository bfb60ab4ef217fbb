package io.releve.perf.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One run of redis-benchmark.
 *
 * @param cpu CPU time of the server an operation, microseconds
 * @param rate operations a second
 */
record Run(double cpu, double rate) {

    static Run of(Workload workload, Server server, long requests) throws IOException {
        workload.prepare(server, requests);
        double before = server.figures().cpuMicros();
        double rate = send(workload.command(server.port(), requests));
        return new Run((server.figures().cpuMicros() - before) / requests, rate);
    }

    /** Runs redis-benchmark; @return operations a second */
    static double send(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
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
