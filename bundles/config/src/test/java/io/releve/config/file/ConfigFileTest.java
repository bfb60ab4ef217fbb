package io.releve.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    @TempDir
    Path directory;

    private LiveSettings load(String text, String options) throws Exception {
        Path file = Files.writeString(directory.resolve("redis.conf"), text);
        LiveSettings settings = new LiveSettings(TestDirectives.table(), file, new Statements(io.releve.engine.Mode.SERVER));
        List<ConfigLine> lines = new java.util.ArrayList<>(ConfigFile.read(file));
        lines.addAll(CommandLine.read(options));
        settings.load(lines);
        return settings;
    }

    private String failure(String text, String options) {
        return assertThrows(ConfigException.class, () -> load(text, options)).getMessage();
    }

    @Test
    void commentsBlanksAndCarriageReturns() throws Exception {
        LiveSettings settings = load("# c\r\n\r\n  PORT 7000\r\n\tbind 127.0.0.1  ::1\r\nmaxmemory 64MB\r\n", "");
        assertEquals(7000, settings.get(TestDirectives.PORT));
        assertEquals(List.of("127.0.0.1", "::1"), settings.get(TestDirectives.BIND));
        assertEquals(64L << 20, settings.get(TestDirectives.MAXMEMORY));
        assertTrue(settings.isGiven(TestDirectives.PORT));
        assertFalse(settings.isGiven(TestDirectives.HZ));
    }

    @Test
    void theCommandLineWins() throws Exception {
        LiveSettings settings = load("port 7000\nhz 20\nsave 900 1\n",
                "--port 7001 --save 60 \"5\" --requirepass \"a b\"");
        assertEquals(7001, settings.get(TestDirectives.PORT));
        assertEquals(20, settings.get(TestDirectives.HZ));
        assertEquals("a b", settings.get(TestDirectives.PASSWORD));
        assertEquals(Map.of("save", "900 1 60 5"), settings.find("save"));
        assertEquals(Map.of("save", ""), load("save 900 1", "--save \"\"").find("save"));
        assertEquals(Map.of("save", ""), load("save 900 1", "--save --port 1").find("save"));
    }

    @Test
    void repeatedLinesAddUp() throws Exception {
        LiveSettings settings = load("save 900 1\nsave 300 10\nclient-output-buffer-limit normal 1 2 3\n"
                + "client-output-buffer-limit pubsub 4 5 6\n", "");
        assertEquals(Map.of("save", "900 1 300 10"), settings.find("save"));
        assertEquals(Map.of("client-output-buffer-limit", "normal 1 2 3 slave 9 9 9 pubsub 4 5 6"),
                settings.find("client-output*"));
    }

    @Test
    void includesAndPatterns() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("conf.d"));
        Files.writeString(folder.resolve("1.conf"), "hz 30\nport 1\n");
        Files.writeString(folder.resolve("2.conf"), "hz 40\n");
        Files.writeString(directory.resolve("one.conf"), "databases 5\n");
        LiveSettings settings = load("include one.conf\ninclude conf.d/*.conf\nport 2\ninclude none/*.conf\n", "");
        assertEquals(40, settings.get(TestDirectives.HZ));
        assertEquals(2, settings.get(TestDirectives.PORT));
        assertEquals(5, settings.get(TestDirectives.DATABASES));
        assertTrue(failure("include missing.conf", "").contains("missing.conf': No such file"));
        assertTrue(failure("include redis.conf", "").contains("included in itself"));
    }

    @Test
    void errorsNameFileLineAndText() {
        String message = failure("hz 10\n\nport abc\n", "");
        assertTrue(message.contains("redis.conf, line 3: >>> 'port abc': argument couldn't be parsed"), message);
        assertTrue(failure("foo bar", "").endsWith("'foo bar': Bad directive or wrong number of arguments"));
        assertTrue(failure("port", "").endsWith("'port': wrong number of arguments"));
        assertTrue(failure("dir \"abc", "").endsWith("Unbalanced quotes in configuration line"));
        assertTrue(failure("save x", "").endsWith("Invalid save parameters"));
        assertTrue(failure("", "--foo 1").contains("command line"));
        assertTrue(failure("", "7000").contains("not an option"));
    }

    @Test
    void whatCannotBeDoneIsRefused() throws Exception {
        for (String line : List.of("replicaof 10.0.0.1 6379", "slaveof 10.0.0.1 6379", "cluster-enabled yes",
                "tls-cluster yes", "aclfile users.acl", "rename-command FLUSHALL \"\"",
                "loadmodule x.so", "min-replicas-to-write 1")) {
            assertTrue(failure(line, "").contains("cannot do what"), line);
        }
        load("replicaof no one\ncluster-enabled no\ntls-cluster no\n", "");
    }

    @Test
    void theFoundingArticlesServerFile() throws Exception {
        LiveSettings settings = load("""
                port 6379
                loglevel warning
                logfile "/var/log/redis.log"
                maxmemory-policy noeviction
                appendonly yes
                appendfsync always
                auto-aof-rewrite-percentage 100
                auto-aof-rewrite-min-size 64mb
                aof-rewrite-incremental-fsync yes
                """, "");
        assertEquals("warning", settings.get(TestDirectives.LOGLEVEL));
        assertEquals("/var/log/redis.log", settings.get(TestDirectives.LOGFILE));
        assertEquals("always", settings.find("appendfsync").get("appendfsync"));
        assertEquals("67108864", settings.find("auto-aof-rewrite-min-size").get("auto-aof-rewrite-min-size"));
    }

    @Test
    void unreadableFile() {
        assertTrue(assertThrows(ConfigException.class, () -> ConfigFile.read(directory.resolve("no.conf"))).getMessage()
                .contains("can't open config file"));
    }

    @Test
    void bytesThatAreNoTextDoNoHarm() throws IOException {
        Path file = Files.write(directory.resolve("binary.conf"), new byte[] {0, (byte) 0xff, '\n', '"', 0, '"', '\n'});
        try {
            new LiveSettings(TestDirectives.table(), file, new Statements(io.releve.engine.Mode.SERVER)).load(ConfigFile.read(file));
        } catch (ConfigException e) {
            assertTrue(e.getMessage().contains("binary.conf"));
            return;
        }
        throw new AssertionError("accepted");
    }
}
