package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Bundles outside the core are stopped, started and updated in place, at random, while a client writes: nothing stays behind.
 * {@code -Dreleve.cycles} times, otherwise each once; the order comes from {@code -Dreleve.seed}. When something does, {@code -Dreleve.dump} names a file for
 * a picture of the heap.
 */
class LifeCycleIT {
    private static final int CYCLES = Integer.getInteger("releve.cycles", 0);
    private static final long SEED = Long.getLong("releve.seed", 1);
    private static final Pattern LISTED = Pattern.compile("(\\d+)\\|Active[^|]*\\|[^|]*\\|(io\\.releve\\.[\\w.]+)");
    private static final Pattern DESCRIBED = Pattern.compile("name=([\\w.]+),.*tier=(stateful|stateless),state=active");

    @TempDir
    Path directory;

    private int port;
    private RunningServer server;
    private int entered;

    /** Writes numbers, connects again when it must, and knows the last one that was acknowledged. */
    private final class Writer extends Thread {
        private volatile boolean stop;
        private volatile long acknowledged;
        private long next;

        @Override
        public void run() {
            while (!stop) {
                try (Jedis jedis = new Jedis("127.0.0.1", port, 20_000)) {
                    while (!stop) {
                        if (jedis.set("number", Long.toString(++next)).equals("OK")) {
                            acknowledged = next;
                        }
                        String list = "list:" + next % 50;
                        jedis.rpush(list, "x");
                        // data that grows needs further files
                        jedis.ltrim(list, -100, -1);
                    }
                } catch (JedisException e) {
                    pause();
                }
            }
        }

        private void pause() {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                interrupt();
            }
        }
    }

    @Test
    void nothingStaysBehind() throws Exception {
        port = RunningServer.freePort();
        try (RunningServer running = RunningServer.run(directory, "console", "--port", "" + port, "--appendonly", "yes",
                "--swap-grace-period", "2000").awaitReady()) {
            server = running;
            Map<String, String> bundles = bundles();
            assertTrue(bundles.size() > 15, bundles.toString());
            Writer writer = new Writer();
            writer.start();
            try {
                List<String> names = new ArrayList<>(bundles.keySet());
                // what is made once and kept is there before it is counted
                for (String name : List.of("io.releve.server", "io.releve.keyspace.chronicle", "io.releve.persistence.aof")) {
                    cycle(name, bundles.get(name), 2);
                }
                writes(writer);
                Footprint before = Footprint.of(server.pid(), directory);
                Random random = new Random(SEED);
                int cycles = CYCLES > 0 ? CYCLES : names.size();
                for (int i = 0; i < cycles; i++) {
                    if (i % names.size() == 0) {
                        Collections.shuffle(names, random);
                    }
                    String name = names.get(i % names.size());
                    cycle(name, bundles.get(name), random.nextInt(3));
                }
                writes(writer);
                check(before, cycles);
            } finally {
                writer.stop = true;
                writer.join();
            }
            try (Jedis jedis = new Jedis("127.0.0.1", port)) {
                assertTrue(Long.parseLong(jedis.get("number")) >= writer.acknowledged, "a write is lost");
            }
            assertEquals(bundles.keySet(), bundles().keySet());
            server.terminate();
            assertEquals(0, server.exitCode(), server.output());
        }
    }

    /** What ends may take its time to do so. */
    private void check(Footprint before, int cycles) throws Exception {
        Map<String, Long> more = Map.of();
        for (int i = 0; i < 20; i++) {
            more = Footprint.of(server.pid(), directory).moreThan(before);
            if (more.isEmpty()) {
                System.out.printf("%d cycles: as before: %s%n", cycles, before);
                return;
            }
            Thread.sleep(500);
        }
        String dump = System.getProperty("releve.dump");
        if (dump != null) {
            Footprint.dump(server.pid(), directory, dump);
        }
        assertEquals(Map.of(), more, server.output());
    }

    private void writes(Writer writer) throws InterruptedException {
        long before = writer.acknowledged;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (writer.acknowledged < before + 10) {
            assertTrue(System.nanoTime() < end, () -> "nobody writes any more:\n" + server.output());
            Thread.sleep(10);
        }
    }

    private void cycle(String name, String id, int how) throws Exception {
        if (how == 2) {
            enter("update " + id);
            if (name.endsWith(".runtime")) {
                // those that use its packages keep its former version until they are wired anew
                enter("refresh " + id);
            }
        } else {
            enter("stop -t " + id);
            Thread.sleep(how * 50L);
            enter("start -t " + id);
        }
        try (Jedis jedis = connected(name)) {
            assertEquals("PONG", jedis.ping());
        }
    }

    /** Waits until the server answers. */
    private Jedis connected(String name) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            Jedis jedis = null;
            try {
                jedis = new Jedis("127.0.0.1", port, 20_000);
                jedis.set("probe", name);
                return jedis;
            } catch (JedisException e) {
                if (jedis != null) {
                    jedis.close();
                }
                assertTrue(System.nanoTime() < end, () -> "no answer after " + name + ": " + e + "\n" + server.output());
                Thread.sleep(10);
            }
        }
    }

    /** Enters a line and waits until it is done; what is echoed of it has two spaces. */
    private void enter(String line) throws Exception {
        server.enter(line);
        server.enter("echo entered  " + ++entered + "th");
        server.awaitOutput("entered " + entered + "th");
    }

    /** Those outside the core, name to id. */
    private Map<String, String> bundles() throws Exception {
        enter("lb -s io.releve");
        Set<String> outside;
        try (Jedis jedis = connected("the list")) {
            outside = jedis.info("bundles").lines().map(DESCRIBED::matcher).filter(Matcher::find).map(line -> line.group(1))
                    .collect(Collectors.toSet());
        }
        Map<String, String> ids = new TreeMap<>();
        Matcher listed = LISTED.matcher(server.output());
        while (listed.find()) {
            if (outside.contains(listed.group(2))) {
                ids.put(listed.group(2), listed.group(1));
            }
        }
        return ids;
    }
}
