package io.releve.format.aof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.contracts.DataComparison;
import io.releve.contracts.Oracle;
import io.releve.contracts.RandomValues;
import io.releve.format.rdb.FunctionLibrary;
import io.releve.format.rdb.RdbFileReader;
import io.releve.format.rdb.RdbKey;
import io.releve.format.rdb.RdbVisitor;
import io.releve.keyspace.Database;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.KeyspaceSettings;
import io.releve.keyspace.heap.HeapKeyspaceProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values written as commands are the same to redis-server that loads them, and we read what it has written. */
class RewriteTest {
    private static final String PREFIX = "appendonly.aof";

    @TempDir
    Path directory;

    private Oracle server(Path home, String... options) throws IOException {
        Files.createDirectories(home);
        String[] all = new String[options.length + 4];
        System.arraycopy(new String[] {"--dir", home.toString(), "--enable-debug-command", "yes"}, 0, all, 0, 4);
        System.arraycopy(options, 0, all, 4, options.length);
        return Oracle.start(all).awaitLoaded();
    }

    private static Keyspace load(Path rdb, ValueCommands functions) throws IOException {
        Keyspace keyspace = new HeapKeyspaceProvider().open(new KeyspaceSettings(Path.of("."), 16, 0, false));
        new RdbFileReader(new Bytes(Files.readAllBytes(rdb)), new RdbVisitor() {
            @Override
            public void function(FunctionLibrary library) {
                functions.function(library.code());
            }

            @Override
            public void key(RdbKey key) {
                if (key.read(keyspace.database(key.database()))) {
                    key.add(0);
                }
                keyspace.endCall();
            }
        }, true).read();
        return keyspace;
    }

    /** Makes a base file of commands out of an RDB, and the manifest for it. */
    private Path rewrite(Path rdb) throws IOException {
        Path home = Files.createTempDirectory(directory, "rewritten");
        Path folder = Files.createDirectories(home.resolve("appendonlydir"));
        AofFile base = AofManifest.EMPTY.nextBase(PREFIX, false);
        Files.write(folder.resolve(AofManifest.fileName(PREFIX)),
                AofManifest.EMPTY.rewritten(base, 1).toByteArray());
        try (OutputStream file = Files.newOutputStream(folder.resolve(base.name()))) {
            CommandBuffer out = new CommandBuffer((bytes, from, length) -> {
                try {
                    file.write(bytes, from, length);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            ValueCommands commands = new ValueCommands(out);
            Keyspace keyspace = load(rdb, commands);
            for (int i = 0; i < 16; i++) {
                Database database = keyspace.database(i);
                out.select(i);
                long cursor = 0;
                do {
                    cursor = database.scan(cursor, 100, (key, value) -> commands.key(key, value, value.expireAt()));
                } while (cursor != 0);
            }
            out.flush();
        }
        return home;
    }

    private void there(Oracle server) throws IOException {
        assertEquals("OK", server.ask("save"));
        Path home = rewrite(directory.resolve("dump.rdb"));
        // A sorted set in a listpack does not know -0.
        try (Oracle other = server(home, "--appendonly", "yes", "--zset-max-listpack-entries", "0")) {
            DataComparison.assertSame(server, other, false);
        }
    }

    @Test
    void randomValues() throws IOException {
        Random random = new Random(61);
        try (Oracle server = server(directory)) {
            RandomValues values = new RandomValues(random, server);
            for (int round = 0; round < 3; round++) {
                server.run("flushall");
                for (int i = 0; i < 150; i++) {
                    if (i % 25 == 0) {
                        values.limits();
                        server.run("select", Integer.toString(random.nextInt(16)));
                    }
                    values.make("key " + i);
                    if (random.nextInt(3) == 0) {
                        server.run("pexpireat", "key " + i, Long.toString(2_000_000_000_000L + random.nextInt()));
                    }
                }
                there(server);
            }
        }
    }

    @Test
    void streamsAndFunctions() throws IOException {
        try (Oracle server = server(directory)) {
            server.run("function", "load", "#!lua name=mylib\nredis.register_function('f', function() return 7 end)");
            for (int i = 1; i <= 20; i++) {
                for (String key : new String[] {"deleted", "trimmed", "emptied", "all"}) {
                    server.run("xadd", key, i + "-1", "f", "v" + i, "g", "");
                }
            }
            for (String key : new String[] {"deleted", "trimmed", "emptied"}) {
                server.run("xgroup", "create", key, "g", "0");
                server.run("xgroup", "create", key, "h", "0", "entriesread", "3");
                server.run("xreadgroup", "group", "g", "c", "count", "15", "streams", key, ">");
                server.run("xreadgroup", "group", "h", "d", "count", "3", "streams", key, ">");
                server.run("xreadgroup", "group", "g", "e", "count", "2", "streams", key, ">");
            }
            server.run("xdel", "deleted", "1-1", "4-1", "5-1", "19-1");
            server.run("xtrim", "trimmed", "maxlen", "10");
            server.run("xdel", "trimmed", "15-1");
            server.run("xtrim", "emptied", "maxlen", "0");
            server.run("xtrim", "all", "maxlen", "0");
            server.run("xgroup", "create", "fresh", "g", "$", "mkstream");
            server.run("xgroup", "create", "fresh", "h", "7-7", "entriesread", "4");
            assertEquals(5L, server.ask("dbsize"));
            there(server);
            there(server);
        }
    }

    @Test
    void aLargeValue() throws IOException {
        try (Oracle server = server(directory)) {
            server.run("setrange", "large", "3000000", "end");
            server.run("rpush", "list", "x".repeat(200_000), "y".repeat(70_000), "z");
            there(server);
        }
    }

    /** What a server writes into its files of both kinds, and what is in them, command by command. */
    @Test
    void filesOfARealServer() throws IOException {
        try (Oracle server = server(directory, "--appendonly", "yes", "--aof-timestamp-enabled", "yes",
                "--aof-use-rdb-preamble", "no", "--appendfilename", "a b.aof")) {
            for (int i = 0; i < 100; i++) {
                server.run("set", "k" + i, "v");
            }
            server.run("multi");
            server.run("incr", "n");
            server.run("incr", "n");
            server.run("exec");
            Path folder = directory.resolve("appendonlydir");
            AofManifest manifest = AofManifest.parse(Files.readAllBytes(folder.resolve("a b.aof.manifest")));
            assertEquals(new String(manifest.toByteArray()),
                    Files.readString(folder.resolve("a b.aof.manifest")));
            int commands = 0;
            int times = 0;
            for (AofFile part : manifest.files()) {
                byte[] bytes = Files.readAllBytes(folder.resolve(part.name()));
                int[] at = {0};
                AofReader reader = new AofReader((target, from, length) -> {
                    int count = Math.min(length, bytes.length - at[0]);
                    System.arraycopy(bytes, at[0], target, from, count);
                    at[0] += count;
                    return count == 0 ? -1 : count;
                });
                assertTrue(!reader.hasPreamble());
                AofReader.Event event;
                while ((event = reader.next()) != AofReader.Event.END) {
                    if (event == AofReader.Event.COMMAND) {
                        commands++;
                    } else {
                        assertEquals(AofReader.Event.ANNOTATION, event);
                        assertTrue(reader.timestamp() > 1_600_000_000);
                        times++;
                    }
                }
                assertEquals(bytes.length, reader.soundEnd());
            }
            // SELECT, SET, MULTI, two INCR, EXEC.
            assertEquals(1 + 100 + 4, commands);
            assertTrue(times > 0);
        }
    }
}
