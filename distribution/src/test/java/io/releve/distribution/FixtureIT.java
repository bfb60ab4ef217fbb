package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/**
 * A command bundle built against the first API still works with the API of today. The jars in {@code src/test/fixtures}
 * were made once with {@code distribution/src/test/fixtures/take} and change only with a new major version of the API.
 */
class FixtureIT {
    private static final Path FIXTURES = Path.of("src/test/fixtures").toAbsolutePath();
    private static final Pattern EXPORT = Pattern.compile("(io\\.releve\\.[a-z.]+);[^,]*?version=\"(\\d+)\\.(\\d+)");

    @TempDir
    Path directory;

    @Test
    void theFirstStringCommandsStillServe() throws Exception {
        CopiedInstallation installation = CopiedInstallation.without("fixture",
                name -> name.startsWith("releve-commands-strings-"));
        installation.drop(FIXTURES.resolve("releve-commands-strings-0.1.0.jar"), "strings.jar");
        int port = RunningServer.freePort();
        try (RunningServer server = RunningServer.run(installation.home(), directory, "server", "--port", "" + port)
                .awaitReady(); Jedis jedis = new Jedis("127.0.0.1", port)) {
            assertTrue(jedis.info("bundles").contains("name=io.releve.commands.strings,version=0.1.0"));
            assertEquals("OK", jedis.set("k", "v"));
            assertEquals("v", jedis.get("k"));
            assertNull(jedis.get("none"));
            assertEquals("OK", jedis.mset("a", "1", "b", "2"));
            assertEquals(3, jedis.incrBy("a", 2));
            assertEquals(3, jedis.append("k", "xy"));
            assertEquals("OK", jedis.setex("e", 100, "x"));
            assertTrue(jedis.ttl("e") > 90);
            server.terminate();
            assertEquals(0, server.exitCode(), server.output());
            assertFalse(server.output().contains("ERROR"), server.output());
        }
    }

    @Test
    void everyPackageOfTheFirstApiIsThereInTheSameMajorVersion() throws Exception {
        Map<String, int[]> first = versions(FIXTURES.resolve("releve-api-0.1.0.jar"));
        Map<String, int[]> now = versions(CopiedInstallation.packagedJar("releve-api-"));
        assertTrue(first.containsKey("io.releve.command"), first.keySet().toString());
        first.forEach((name, version) -> {
            assertTrue(now.containsKey(name), name + " is gone");
            assertEquals(version[0], now.get(name)[0], name + ": major version");
            assertTrue(version[1] <= now.get(name)[1], name + ": minor version went back");
        });
    }

    private static Map<String, int[]> versions(Path jar) throws Exception {
        try (JarFile file = new JarFile(jar.toFile())) {
            Map<String, int[]> versions = new TreeMap<>();
            Matcher export = EXPORT.matcher(file.getManifest().getMainAttributes().getValue("Export-Package"));
            while (export.find()) {
                versions.put(export.group(1),
                        new int[] {Integer.parseInt(export.group(2)), Integer.parseInt(export.group(3))});
            }
            return versions;
        }
    }
}
