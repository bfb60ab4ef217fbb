package io.releve.format.rdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.contracts.DataComparison;
import io.releve.contracts.Oracle;
import io.releve.contracts.RandomValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files go to redis-server and come from it, with the same data. */
class RdbInterchangeTest {
    @TempDir
    Path directory;

    private Oracle server(String name, String... options) throws IOException {
        String[] all = new String[options.length + 6];
        System.arraycopy(options, 0, all, 6, options.length);
        System.arraycopy(new String[] {"--dir", directory.toString(), "--dbfilename", name,
            "--enable-debug-command", "yes"}, 0, all, 0, 6);
        return Oracle.start(all).awaitLoaded();
    }

    /** What a server saves, read and written by us, is the same to another server. */
    private void there(Oracle server, String name, boolean compress, boolean checksum, String... options)
            throws IOException {
        assertEquals("OK", server.ask("save"));
        HeapCopy copy = HeapCopy.of(Files.readAllBytes(directory.resolve(name)));
        assertTrue(copy.fields.containsKey(AuxField.VERSION));
        Files.write(directory.resolve("ours.rdb"), copy.write(10, compress, checksum));
        try (Oracle other = server("ours.rdb", options)) {
            DataComparison.assertSame(server, other, true);
        }
    }

    @Test
    void randomValues() throws IOException {
        Random random = new Random(53);
        try (Oracle server = server("theirs.rdb")) {
            RandomValues values = new RandomValues(random, server);
            for (int round = 0; round < 4; round++) {
                server.run("flushall");
                for (int i = 0; i < 150; i++) {
                    if (i % 25 == 0) {
                        values.limits();
                        server.run("select", Integer.toString(random.nextInt(16)));
                    }
                    String key = round == 1 ? Integer.toString(i) : "key " + i;
                    values.make(key);
                    if (random.nextInt(3) == 0) {
                        server.run("pexpireat", key, Long.toString(2_000_000_000_000L + random.nextInt()));
                    }
                }
                there(server, "theirs.rdb", round % 2 == 0, round < 2);
            }
        }
    }

    @Test
    void functions() throws IOException {
        try (Oracle server = server("theirs.rdb")) {
            server.run("function", "load", "#!lua name=mylib\nredis.register_function('f', function() return 7 end)");
            server.run("set", "k", "v");
            assertEquals("OK", server.ask("save"));
            HeapCopy copy = HeapCopy.of(Files.readAllBytes(directory.resolve("theirs.rdb")));
            Files.write(directory.resolve("ours.rdb"), copy.write(10, true, true));
            try (Oracle other = server("ours.rdb")) {
                assertEquals(7L, other.ask("fcall", "f", "0"));
                assertEquals(server.run("function", "list", "withcode"), other.run("function", "list", "withcode"));
            }
        }
    }

    @Test
    void idleTimesAndFrequencies() throws IOException {
        for (String policy : new String[] {"allkeys-lru", "volatile-lfu"}) {
            boolean idle = policy.endsWith("lru");
            try (Oracle server = server("theirs.rdb", "--maxmemory-policy", policy)) {
                server.run("flushall");
                String dump = dump(server);
                for (int i = 0; i < 5; i++) {
                    assertEquals("OK", server.ask("restore", "k" + i, "0", dump, idle ? "idletime" : "freq",
                            Integer.toString(10 + 40 * i)));
                }
                server.run("save");
                HeapCopy copy = HeapCopy.of(Files.readAllBytes(directory.resolve("theirs.rdb")));
                Files.write(directory.resolve("ours.rdb"), copy.write(10, true, true));
                try (Oracle other = server("ours.rdb", "--maxmemory-policy", policy)) {
                    for (int i = 0; i < 5; i++) {
                        long use = (Long) other.ask("object", idle ? "idletime" : "freq", "k" + i);
                        long expected = 10 + 40L * i;
                        assertTrue(Math.abs(use - expected) <= 3, policy + " " + use + " for " + expected);
                    }
                }
            }
        }
    }

    private static String dump(Oracle server) {
        server.run("set", "x", "y");
        String dump = (String) server.ask("dump", "x");
        server.run("del", "x");
        return dump;
    }

    /** Redis understands the files put together by hand as we do. */
    @Test
    void oldEncodings() throws IOException {
        byte[] file = new OldFile(6).opcode(Opcode.SELECT_DB, "\3").everyType().end();
        Files.write(directory.resolve("old.rdb"), file);
        try (Oracle server = server("old.rdb")) {
            server.run("select", "3");
            assertEquals(14L, server.ask("dbsize"));
            Files.write(directory.resolve("ours.rdb"), HeapCopy.of(file).write(10, true, true));
            try (Oracle other = server("ours.rdb")) {
                DataComparison.assertSame(server, other, true);
            }
        }
    }
}
