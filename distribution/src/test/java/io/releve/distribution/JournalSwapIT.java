package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** {@code CONFIG SET journal} while clients write to the packaged server. */
class JournalSwapIT {
    @TempDir
    Path directory;

    private int port;

    private RunningServer start(String journal) throws Exception {
        return launch(journal).awaitReady();
    }

    private RunningServer launch(String journal) throws Exception {
        port = RunningServer.freePort();
        return RunningServer.start(directory, "--port", "" + port, "--dir", directory.toString(), "--save", "",
                "--appendonly", "yes", "--appendfsync", "always", "--journal", journal);
    }

    /** Waits until the other journal has taken over and retired segments are removed. */
    private void swap(Jedis jedis, String journal) throws Exception {
        assertEquals("OK", jedis.configSet("journal", journal));
        long end = System.nanoTime() + 20_000_000_000L;
        while (!jedis.info("persistence").contains("journal:" + journal + "\r\n") || isRetiring()) {
            assertTrue(System.nanoTime() < end, jedis.info("persistence"));
            Thread.sleep(10);
        }
        Writers.awaitIdle(jedis);
    }

    private boolean isRetiring() throws IOException {
        try (Stream<Path> names = Files.list(directory)) {
            return names.anyMatch(name -> name.getFileName().toString().contains(".retired-"));
        }
    }

    /** Under load: swaps several times, the last time to another than it began with, and is killed. */
    private Writers swapAndKill(String from, String to) throws Exception {
        try (RunningServer server = start(from); Jedis jedis = new Jedis("127.0.0.1", port)) {
            Writers writers = new Writers(port, true);
            writers.await(200);
            for (String journal : List.of(to, from, to)) {
                swap(jedis, journal);
                writers.await(200);
            }
            server.kill();
            server.exitCode();
            writers.close();
            return writers;
        }
    }

    private void nothingIsMissing(Writers writers, String journal) throws Exception {
        try (RunningServer server = start(journal); Jedis jedis = new Jedis("127.0.0.1", port)) {
            assertEquals(List.of(), Writers.missing(writers.acknowledged(), jedis));
            server.terminate();
            assertEquals(0, server.exitCode());
        }
    }

    @Test
    void nothingAcknowledgedIsLostWhenJournalsAreSwapped() throws Exception {
        Writers writers = swapAndKill("aof", "segments");
        try (RunningServer server = launch("aof")) {
            assertEquals(1, server.exitCode(), "nothing would be there");
            assertTrue(server.output().contains("Start with journal segments"), server.output());
        }
        nothingIsMissing(writers, "segments");
        nothingIsMissing(swapAndKill("segments", "aof"), "aof");
    }
}
