package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The procedures of docs/persistence.md, "Backup and restore", step by step, on a server that is written to. */
class BackupIT {
    private static final String PERCENTAGE = "auto-aof-rewrite-percentage";

    @TempDir
    Path directory;

    private int port;

    private RunningServer start(Path data, String... more) throws Exception {
        port = RunningServer.freePort();
        Files.createDirectories(data);
        return RunningServer.start(directory, Stream.concat(Stream.of("--port", "" + port, "--dir", data.toString(), "--save",
                "", "--appendfsync", "always"), Stream.of(more)).toArray(String[]::new)).awaitReady();
    }

    private Jedis client() {
        return new Jedis("127.0.0.1", port, 60_000);
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path restored() {
        return directory.resolve("restored");
    }

    @Test
    void aSnapshot() throws Exception {
        Map<String, Long> saved;
        Path backup = directory.resolve("backup.rdb");
        try (RunningServer server = start(data(), "--appendonly", "yes"); Jedis jedis = client();
                Writers writers = new Writers(port, false)) {
            writers.await(1000);
            saved = writers.acknowledged();
            jedis.bgsave();
            Writers.awaitIdle(jedis);
            assertEquals("ok", jedis.info("persistence").replaceAll("(?s).*rdb_last_bgsave_status:(\\w+).*", "$1"));
            Files.copy(data().resolve("dump.rdb"), backup);
            writers.await(100);
        }
        Files.createDirectories(restored());
        Files.copy(backup, restored().resolve("dump.rdb"));
        try (RunningServer server = start(restored(), "--appendonly", "no"); Jedis jedis = client()) {
            assertEquals(List.of(), Writers.missing(saved, jedis));
            assertEquals("OK", jedis.configSet("appendonly", "yes"));
            Writers.awaitIdle(jedis);
            server.kill();
            server.exitCode();
        }
        isRestored(saved, "aof");
    }

    @Test
    void theAppendOnlyFile() throws Exception {
        isRestored(copyOfTheFolder("aof", "appendonlydir"), "aof");
    }

    @Test
    void segments() throws Exception {
        isRestored(copyOfTheFolder("segments", "segments"), "segments");
    }

    /** @return what must be in it */
    private Map<String, Long> copyOfTheFolder(String journal, String folder) throws Exception {
        try (RunningServer server = start(data(), "--appendonly", "yes", "--journal", journal,
                "--auto-aof-rewrite-min-size", "16kb"); Jedis jedis = client(); Writers writers = new Writers(port, false)) {
            writers.await(1000);
            String before = jedis.configGet(PERCENTAGE).get(PERCENTAGE);
            jedis.configSet(PERCENTAGE, "0");
            Writers.awaitIdle(jedis);
            Map<String, Long> saved = writers.acknowledged();
            copy(data().resolve(folder), restored().resolve(folder));
            jedis.configSet(PERCENTAGE, before);
            writers.await(300);
            return saved;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private void isRestored(Map<String, Long> saved, String journal) throws Exception {
        try (RunningServer server = start(restored(), "--appendonly", "yes", "--journal", journal); Jedis jedis = client()) {
            assertEquals(List.of(), Writers.missing(saved, jedis));
            server.terminate();
            assertEquals(0, server.exitCode());
        }
    }
}
