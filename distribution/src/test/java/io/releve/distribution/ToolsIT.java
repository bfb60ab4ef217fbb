package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server and the programs people use with Redis, where they are installed. */
class ToolsIT {
    private static final String PYTHON = "/usr/bin/python3";

    @TempDir
    static Path directory;

    private static String port;
    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        port = Integer.toString(RunningServer.freePort());
        server = RunningServer.start(directory, "--port", port).awaitReady();
    }

    @AfterAll
    static void stop() throws Exception {
        server.endWell();
    }

    @Test
    void redisPy() throws Exception {
        assumeTrue(Files.isExecutable(Path.of(PYTHON)), PYTHON + " is not installed here");
        Process probe = new ProcessBuilder(PYTHON, "-c", "import redis").redirectErrorStream(true).start();
        assumeTrue(probe.waitFor() == 0, "python3-redis is not installed here");
        Path script = Path.of("src/test/python/redis_py.py").toAbsolutePath();
        assertTrue(Program.run(directory, List.of(PYTHON, script.toString(), port)).endsWith("all fine\n"));
    }

    @Test
    void redisCli() throws Exception {
        assertEquals("OK\n", Program.run(directory, List.of("redis-cli", "-p", port, "SET", "cli:key", "a b")));
        assertEquals("\"a b\"\n", Program.run(directory, List.of("redis-cli", "--no-raw", "-p", port, "GET", "cli:key")));
        assertEquals("\"a b\"\n", Program.run(directory, List.of("redis-cli", "-3", "--no-raw", "-p", port, "GET", "cli:key")));
        assertTrue(Program.run(directory, List.of("redis-cli", "-p", port, "--scan", "--pattern", "cli:*")).contains("cli:key"));
        assertTrue(Program.run(directory, List.of("redis-cli", "-p", port, "INFO", "server")).contains("redis_version:"));
        assertTrue(Program.run(directory, List.of("redis-cli", "-p", port, "COMMAND", "DOCS", "GET")).contains("summary"));
        assertTrue(Program.run(directory, List.of("redis-cli", "-p", port, "--bigkeys")).contains("Sampled"));
    }

    @Test
    void redisBenchmark() throws Exception {
        String text = Program.run(directory, List.of("redis-benchmark", "-p", port, "-t", "ping,set,get,incr,mset", "-n", "20000", "-r",
                "5000", "-P", "16", "-c", "20", "-q"));
        for (String test : List.of("PING_INLINE", "PING_MBULK", "SET", "GET", "INCR", "MSET (10 keys)")) {
            assertTrue(text.contains(test + ": "), text);
        }
        assertTrue(!text.contains("WARNING") && !text.contains("Error"), text);
    }
}
