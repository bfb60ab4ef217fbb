package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.distribution.group.BlocksInUnbind;
import io.releve.distribution.group.FailsToActivate;
import io.releve.distribution.group.FaultyCommands;
import io.releve.distribution.group.ImpossibleKeys;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.SafeEncoder;

/** What bundles of others do wrong is contained and named in the log; the bundle that listens stops, and another goes on. */
class BundleFaultsIT {
    private static final String IMPORTS = "io.releve.command;version=\"[1,2)\"";
    private static final String LISTENER = "io.releve.server";

    @TempDir
    Path directory;

    private final int port = freePort();
    private CopiedInstallation installation;
    private RunningServer server;

    private static int freePort() {
        try {
            return RunningServer.freePort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private RunningServer start() throws Exception {
        server = RunningServer.run(installation.home(), directory, "console", "--port", "" + port, "--enable-bundle-command", "yes",
                "--save", "").awaitReady();
        return server;
    }

    private static Object run(Jedis jedis, String command, String... words) {
        byte[][] arguments = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            arguments[i] = words[i].getBytes(StandardCharsets.UTF_8);
        }
        return SafeEncoder.encodeObject(jedis.sendCommand(() -> command.getBytes(StandardCharsets.US_ASCII), arguments));
    }

    private static String refused(Jedis jedis, String command, String... words) {
        return assertThrows(JedisDataException.class, () -> run(jedis, command, words)).getMessage();
    }

    @Test
    void aServerOutlivesItsBundles() throws Exception {
        installation = CopiedInstallation.without("faults", name -> false);
        try (RunningServer running = start(); Jedis jedis = new Jedis("127.0.0.1", port, 20_000)) {
            faultsAreContained(jedis);
            nobodyWaitsForAnUnbindThatBlocks(jedis);
            theListenerIsKeptAndGoesOn(jedis);
            running.terminate();
            assertEquals(0, running.exitCode(), running.output());
        }
        try (RunningServer running = start(); Jedis jedis = new Jedis("127.0.0.1", port, 20_000)) {
            assertEquals("0.2.1", version(jedis, "listener"));
            running.terminate();
            assertEquals(0, running.exitCode(), running.output());
        }
    }

    private void install(Class<?> type, String references) throws Exception {
        Path jar = Jars.commandSet(type, IMPORTS, references, directory.resolve(type.getSimpleName() + ".jar"));
        server.enter("start -t " + jar.toUri());
    }

    private void faultsAreContained(Jedis jedis) throws Exception {
        jedis.set("k", "v");
        install(FailsToActivate.class, "");
        server.awaitOutput("not today");
        assertTrue(server.output().contains(FailsToActivate.class.getName()), server.output());
        assertTrue(refused(jedis, "UNBORN").contains("unknown command"));
        install(ImpossibleKeys.class, "");
        server.awaitOutput("The command set " + ImpossibleKeys.class.getName() + " is left out: java.lang.IllegalArgumentException:"
                + " a command cannot have every 0th argument");
        assertTrue(refused(jedis, "IMPOSSIBLE", "k").contains("unknown command"));
        install(FaultyCommands.class, "");
        server.awaitOutput("The command GET of the command set faulty is left out: the set strings has it");
        assertEquals("v", jedis.get("k"));
        assertEquals("ERR internal error, see the server's log", refused(jedis, "FAULTY"));
        server.awaitOutput("FAULTY failed");
        assertEquals("OK", run(jedis, "ENDLESS"));
        server.awaitOutput("command set faulty of bundle " + FaultyCommands.class.getName() + " 1.0.0");
        assertTrue(server.output().contains(FaultyCommands.class.getName() + ".endless("), server.output());
        assertEquals("v", jedis.get("k"));
    }

    private void nobodyWaitsForAnUnbindThatBlocks(Jedis jedis) throws Exception {
        install(BlocksInUnbind.class, BlocksInUnbind.REFERENCE);
        Path newer = Jars.withVersion(CopiedInstallation.packagedJar("releve-commands-strings-"), "0.2.1",
                directory.resolve("strings.jar"));
        long longest = SwapLoad.under(port, jedis, "an unbind that blocks", () -> run(jedis, "BUNDLE", "SWAP", "strings", newer.toString()));
        assertTrue(server.output().contains("unbind of strings blocks"), server.output());
        assertTrue(longest < 800, "a client waited " + longest + " ms");
    }

    // The listener

    private void theListenerIsKeptAndGoesOn(Jedis jedis) throws Exception {
        String packaged = version(jedis, "listener");
        Path newer = Jars.withVersion(CopiedInstallation.packagedJar("releve-server-"), "0.2.1", directory.resolve("listener.jar"));
        run(jedis, "BUNDLE", "SWAP", "listener", newer.toString(), "KEEP");
        assertTrue(Files.exists(installation.deploy().resolve("listener.jar")));
        assertEquals("0.2.1", version(jedis, "listener"));
        String id = id("0.2.1");
        // this connection keeps the packaged one from being stopped
        Connecting connecting = new Connecting();
        connecting.start();
        Thread.sleep(100);
        server.enter("stop -t " + id);
        await(jedis, packaged);
        connecting.check();
        server.enter("start -t " + id);
        server.awaitOutput("Version 0.2.1 of the listener lies idle beside another one");
        assertEquals(packaged, version(jedis, "listener"));
        run(jedis, "BUNDLE", "SWAP", "listener", "0.2.1");
        String reason = refused(jedis, "BUNDLE", "SWAP", "listener", packaged, "KEEP");
        assertTrue(reason.contains("it cannot be kept: the next start would use version 0.2.1"), reason);
        assertEquals("0.2.1", version(jedis, "listener"));
    }

    private String id(String version) throws Exception {
        server.enter("lb -s " + LISTENER);
        Matcher listed = Pattern.compile("(\\d+)\\|Active[^\\n]*\\|" + LISTENER + " \\(" + Pattern.quote(version) + "\\)")
                .matcher(server.awaitOutput(LISTENER + " (" + version + ")").output());
        assertTrue(listed.find(), server.output());
        return listed.group(1);
    }

    private static String version(Jedis jedis, String part) {
        for (Object line : (List<?>) run(jedis, "BUNDLE", "LIST")) {
            List<?> fields = (List<?>) line;
            if (fields.get(1).equals(part)) {
                return (String) fields.get(5);
            }
        }
        throw new AssertionError("no part " + part);
    }

    private static void await(Jedis jedis, String version) throws InterruptedException {
        for (int i = 0; i < 500 && !version(jedis, "listener").equals(version); i++) {
            Thread.sleep(10);
        }
        assertEquals(version, version(jedis, "listener"));
    }

    /** Connects anew without pause. A connection may end, as the bundle that has accepted it does; none may be refused. */
    private final class Connecting extends Thread {
        private final AtomicBoolean stop = new AtomicBoolean();
        private final AtomicReference<IOException> failure = new AtomicReference<>();
        private int connected;

        @Override
        public void run() {
            while (!stop.get()) {
                try (Socket socket = new Socket("127.0.0.1", port)) {
                    connected++;
                    Thread.sleep(1);
                } catch (IOException e) {
                    failure.set(e);
                    return;
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        void check() throws InterruptedException {
            Thread.sleep(100);
            stop.set(true);
            join();
            if (failure.get() != null) {
                throw new AssertionError("after " + connected + " connections", failure.get());
            }
            assertTrue(connected > 20, connected + " connections");
        }
    }
}
