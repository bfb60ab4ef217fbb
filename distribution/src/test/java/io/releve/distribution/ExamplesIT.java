package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.releve.examples.journal.RecordsJournalProvider;
import io.releve.examples.ratelimit.RateLimitCommands;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/** The bundles of {@code examples/} come to a server that runs: a command set answers, a journal takes over. */
class ExamplesIT {
    private static final int ATTEMPTS = 1000;
    private static final long PAUSE_MS = 10;

    @TempDir
    Path directory;

    private static Path bundle(Class<?> inIt) throws Exception {
        return Path.of(inIt.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static Object run(Jedis jedis, String... words) {
        byte[][] arguments = new byte[words.length - 1][];
        for (int i = 1; i < words.length; i++) {
            arguments[i - 1] = words[i].getBytes(StandardCharsets.UTF_8);
        }
        return jedis.sendCommand(() -> words[0].getBytes(StandardCharsets.US_ASCII), arguments);
    }

    /** A jar in {@code deploy/} takes a moment. */
    private static Object runSoon(Jedis jedis, String... words) throws InterruptedException {
        for (int i = 0;; i++) {
            try {
                return run(jedis, words);
            } catch (JedisDataException e) {
                if (i == ATTEMPTS) {
                    throw e;
                }
                Thread.sleep(PAUSE_MS);
            }
        }
    }

    @Test
    void aCommandSetAndAJournalAreInstalledAtRunTime() throws Exception {
        CopiedInstallation installation = CopiedInstallation.without("examples", name -> false);
        int port = RunningServer.freePort();
        String[] options = {"--port", "" + port, "--appendonly", "yes", "--appendfsync", "always", "--save", "",
                "--enable-bundle-command", "yes"};
        try (RunningServer server = RunningServer.run(installation.home(), directory, "server", options).awaitReady();
                Jedis jedis = new Jedis("127.0.0.1", port, 30_000)) {
            jedis.set("before", "the swap");
            installation.drop(bundle(RateLimitCommands.class), "ratelimit.jar");
            assertEquals(List.of(1L, 1L), ((List<?>) runSoon(jedis, "RATELIMIT.TAKE", "user", "2", "100")).subList(0, 2));
            assertEquals(1L, run(jedis, "RATELIMIT.LEFT", "user", "2"));
            installation.drop(bundle(RecordsJournalProvider.class), "records.jar");
            runSoon(jedis, "BUNDLE", "SWAP", "journal", "records");
            assertEquals("records", jedis.configGet("journal").get("journal"));
            jedis.set("after", "it");
            assertEquals(List.of(1L, 0L), ((List<?>) run(jedis, "RATELIMIT.TAKE", "user", "2", "100")).subList(0, 2));
            assertFalse(server.output().contains("ERROR"), server.output());
            server.kill();
            server.exitCode();
        }
        String[] again = java.util.Arrays.copyOf(options, options.length + 2);
        again[options.length] = "--journal";
        again[options.length + 1] = "records";
        try (RunningServer server = RunningServer.run(installation.home(), directory, "server", again).awaitReady();
                Jedis jedis = new Jedis("127.0.0.1", port, 30_000)) {
            assertEquals("the swap", jedis.get("before"));
            assertEquals("it", jedis.get("after"));
            assertEquals(0L, runSoon(jedis, "RATELIMIT.LEFT", "user", "2"));
            server.terminate();
            assertEquals(0, server.exitCode(), server.output());
        }
    }
}
