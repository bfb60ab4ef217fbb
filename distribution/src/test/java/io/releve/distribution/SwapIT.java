package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.distribution.group.HelloWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/** Command bundles come, go and are exchanged while clients are served. */
class SwapIT {
    private static final int SWAPS = 3;
    private static final String STRINGS = "io.releve.commands.strings";

    @TempDir
    Path directory;

    private int port;

    @Test
    void aCommandBundleIsExchangedUnderLoad() throws Exception {
        Path strings = CopiedInstallation.packagedJar("releve-commands-strings-");
        CopiedInstallation installation = CopiedInstallation.without("swap",
                name -> name.startsWith("releve-commands-strings-"));
        installation.drop(version(strings, 0), "strings-0.jar");
        port = RunningServer.freePort();
        try (RunningServer server = RunningServer.run(installation.home(), directory, "server", "--port", "" + port)
                .awaitReady(); Jedis jedis = new Jedis("127.0.0.1", port)) {
            under("side by side", jedis, () -> {
                for (int i = 1; i <= SWAPS; i++) {
                    installation.drop(version(strings, i), "strings-" + i + ".jar");
                    await(jedis, STRINGS, "0.1." + i, true);
                    installation.take("strings-" + (i - 1) + ".jar");
                    await(jedis, STRINGS, "0.1." + (i - 1), false);
                }
            });
            under("in place", jedis, () -> {
                for (int i = SWAPS + 1; i <= 2 * SWAPS; i++) {
                    installation.drop(version(strings, i), "strings-" + SWAPS + ".jar");
                    await(jedis, STRINGS, "0.1." + i, true);
                }
            });
            server.terminate();
            assertEquals(0, server.exitCode(), server.output());
            assertFalse(server.output().contains("ERROR"), server.output());
        }
    }

    @Test
    void aBundleOfThePackageIsExchangedFromTheConsole() throws Exception {
        Path strings = CopiedInstallation.packagedJar("releve-commands-strings-");
        CopiedInstallation installation = CopiedInstallation.without("console", name -> false);
        port = RunningServer.freePort();
        try (RunningServer server = RunningServer.run(installation.home(), directory, "console", "--port", "" + port)
                .awaitReady(); Jedis jedis = new Jedis("127.0.0.1", port)) {
            server.enter("lb -s " + STRINGS);
            Matcher listed = Pattern.compile("(\\d+)\\|Active.*" + STRINGS)
                    .matcher(server.awaitOutput("|" + STRINGS).output());
            assertTrue(listed.find(), server.output());
            String id = listed.group(1);
            under("by update at the console", jedis, () -> {
                for (int i = 1; i <= SWAPS; i++) {
                    server.enter("update " + id + " " + version(strings, i).toUri());
                    await(jedis, STRINGS, "0.1." + i, true);
                }
            });
            under("by a newer one beside it, then stop", jedis, () -> {
                for (int i = SWAPS + 1; i <= 2 * SWAPS; i++) {
                    installation.drop(version(strings, i), "strings.jar");
                    await(jedis, STRINGS, "0.1." + i, true);
                    server.enter("stop -t " + id);
                    await(jedis, STRINGS, "0.1." + SWAPS, false);
                    server.enter("start -t " + id);
                    await(jedis, STRINGS, "0.1." + SWAPS, true);
                    installation.take("strings.jar");
                    await(jedis, STRINGS, "0.1." + i, false);
                }
            });
            server.terminate();
            assertEquals(0, server.exitCode(), server.output());
            assertFalse(server.output().contains("ERROR"), server.output());
        }
    }

    @Test
    void aNewGroupIsThereAtOnceAndGoesAgain() throws Exception {
        CopiedInstallation installation = CopiedInstallation.without("group", name -> false);
        Path jar = Jars.commandSet(HelloWorld.class, "io.releve.command;version=\"[1,2)\"",
                directory.resolve("hello.jar"));
        port = RunningServer.freePort();
        try (RunningServer server = RunningServer.run(installation.home(), directory, "server", "--port", "" + port,
                "--swap-grace-period", "1000").awaitReady(); Jedis jedis = new Jedis("127.0.0.1", port)) {
            assertTrue(unknown(jedis).contains("unknown command 'HELLOWORLD'"));
            long before = jedis.commandCount();
            installation.drop(jar, "hello.jar");
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (!jedis.commandList().contains("helloworld")) {
                assertTrue(System.nanoTime() < end, "the group does not come");
                Thread.sleep(5);
            }
            assertEquals("Hello, world", hello(jedis));
            assertEquals(before + 1, jedis.commandCount());
            assertTrue(jedis.commandInfo("helloworld").containsKey("helloworld"));
            installation.take("hello.jar");
            await(jedis, HelloWorld.class.getName(), "1.0.0", false);
            long start = System.nanoTime();
            assertTrue(unknown(jedis).contains("unknown command 'HELLOWORLD'"));
            assertTrue(System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(900), "no period of grace");
            start = System.nanoTime();
            assertTrue(unknown(jedis).contains("unknown command 'HELLOWORLD'"));
            assertTrue(System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(900), "waits for ever again");
            assertEquals(before, jedis.commandCount());
            assertFalse(jedis.commandList().contains("helloworld"));
            server.terminate();
            assertEquals(0, server.exitCode(), server.output());
        }
    }

    private static String hello(Jedis jedis) {
        return new String((byte[]) jedis.sendCommand(() -> "HELLOWORLD".getBytes(StandardCharsets.US_ASCII)),
                StandardCharsets.US_ASCII);
    }

    private static String unknown(Jedis jedis) {
        return assertThrows(JedisDataException.class, () -> hello(jedis)).getMessage();
    }

    private Path version(Path strings, int number) throws IOException {
        return Jars.withVersion(strings, "0.1." + number, directory.resolve("strings-" + number + ".jar"));
    }

    /** Waits until a bundle is active in this version, or until it is stopped or gone. */
    private static void await(Jedis jedis, String bundle, String version, boolean there) throws InterruptedException {
        String wanted = "name=" + bundle + ",version=" + version + ",";
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        // one that is being stopped is not gone: the engine may still have its commands
        Predicate<String> seen = line -> line.contains(wanted)
                && (there ? line.contains("state=active,provides=CommandSet") : !line.contains("state=resolved"));
        while (jedis.info("bundles").lines().anyMatch(seen) != there) {
            if (System.nanoTime() > end) {
                throw new AssertionError(wanted + (there ? " does not come" : " does not go"));
            }
            Thread.sleep(20);
        }
    }

    private void under(String what, Jedis jedis, SwapLoad.Exchange exchange) throws Exception {
        SwapLoad.under(port, jedis, SWAPS + " swaps " + what, exchange);
    }
}
