package io.releve.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import sun.misc.Signal;

/**
 * {@code server [redis.conf] [--option value ...]}; {@code console ...}, the same with a shell on this terminal;
 * {@code sentinel sentinel.conf [--option value ...]}, which is also {@code server} with the word {@code --sentinel}; or
 * {@code migrate ... [--output FILE]}, the same without listeners until a snapshot of what the keyspace's files hold is written.
 * Exit codes: 0 after a stop in good order (SHUTDOWN, SIGTERM, SIGINT), 1 when the server could not do its work, 2 when
 * the command line is wrong. System property {@code releve.home} names the installation.
 */
public final class Main {
    private static final String LOG_PATTERN = " %d{dd MMM yyyy HH:mm:ss.SSS} %-5level [%thread] %msg%n";

    private Main() {
    }

    public static void main(String[] args) throws InterruptedException {
        List<String> words = List.of(args);
        String home = System.getProperty("releve.home");
        if (words.isEmpty() || home == null || !List.of("server", "sentinel", "console", "migrate").contains(words.get(0))) {
            System.err.println("usage: releve server|sentinel|console|migrate [redis.conf] [--option value ...]");
            System.exit(2);
        }
        String verb = words.get(0);
        List<String> rest = words.subList(1, words.size());
        System.setProperty("releve.log.pattern", ProcessHandle.current().pid() + LOG_PATTERN);
        Map<String, String> arguments = verb.equals("migrate") ? Migration.properties(rest)
                : new Arguments(rest, verb.equals("sentinel")).properties();
        System.exit(run(Path.of(home), verb.equals("console"), arguments));
    }

    private static int run(Path home, boolean console, Map<String, String> arguments) throws InterruptedException {
        boolean sentinel = "sentinel".equals(arguments.get("releve.mode"));
        try (Cache cache = Cache.open(home, console, sentinel)) {
            Map<String, String> properties = FrameworkProperties.load(home, cache.directory());
            properties.putAll(arguments);
            Installation installation = new Installation(home.resolve("bundle"), console, sentinel);
            Framework framework = installation.framework(properties, cache);
            stopOnSignals(framework);
            framework.start();
            FrameworkEvent event = framework.waitForStop(0);
            while (event.getType() == FrameworkEvent.STOPPED_UPDATE
                    || event.getType() == FrameworkEvent.STOPPED_SYSTEM_REFRESHED) {
                framework.start();
                event = framework.waitForStop(0);
            }
            return event.getType() == FrameworkEvent.ERROR ? 1 : Integer.getInteger("releve.exit", 0);
        } catch (IOException | BundleException e) {
            System.err.println("The server cannot start: " + e);
            return 1;
        }
    }

    /** The first signal stops in good order, with exit code 0; the third ends at once. */
    private static void stopOnSignals(Framework framework) {
        AtomicInteger received = new AtomicInteger();
        for (String name : List.of("TERM", "INT")) {
            Signal.handle(new Signal(name), signal -> {
                int count = received.incrementAndGet();
                if (count > 2) {
                    Runtime.getRuntime().halt(1);
                }
                try {
                    framework.stop();
                } catch (BundleException e) {
                    System.err.println("The server does not stop: " + e);
                }
            });
        }
    }
}
