package io.releve.commands.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.commands.connection.ConnectionCommands;
import io.releve.commands.keys.KeyCommands;
import io.releve.commands.strings.StringCommands;
import io.releve.contracts.Comparison;
import io.releve.contracts.Oracle;
import io.releve.contracts.RawReply;
import io.releve.contracts.SpecComparison;
import io.releve.engine.core.OpenEngine;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server commands beside a real server. */
class AdminRepliesTest {
    /** Containers whose facts 7.2 changed, or that have more subcommands there than here yet. */
    private static final List<String> NOT_IN_7_0 = List.of("COMMAND", "DEBUG", "CLUSTER");

    private TestEngine engine;

    @BeforeEach
    void start() throws IOException {
        engine = new TestEngine(OpenEngine.systemClock(), new AdminCommands(), new ConnectionCommands(),
                new StringCommands(), new KeyCommands());
        engine.allowDebug();
    }

    @AfterEach
    void stop() throws IOException {
        engine.close();
    }

    @Test
    void repliesAndErrorsAreThoseOfRedis() throws IOException {
        try (Oracle oracle = Oracle.start("--enable-debug-command", "yes")) {
            Comparison comparison = new Comparison(engine.client, oracle);
            comparison.script("""
                    set foo bar
                    set n 12345
                    setex e 1000 x
                    select 3
                    set foo bar
                    select 0
                    debug digest
                    debug digest-value foo n e none
                    debug object none
                    debug populate 3 k 20
                    get k:1
                    debug populate 2
                    get key:1
                    debug populate -1
                    debug sleep 0
                    debug foo
                    debug sleep
                    debug error "ERR some error"
                    debug set-active-expire 1
                    debug protocol string
                    debug protocol integer
                    debug protocol double
                    debug protocol null
                    debug protocol array
                    debug protocol set
                    debug protocol map
                    debug protocol push
                    debug protocol verbatim
                    debug protocol true
                    debug protocol false
                    debug protocol bignum
                    debug protocol attrib
                    debug protocol foo
                    command getkeys foo bar
                    command getkeys ping x
                    command getkeys get a b
                    command getkeys get a
                    command getkeys mset a b c d
                    command getkeysandflags mset a b
                    command getkeysandflags copy a b
                    command getkeys object encoding x
                    command getkeys memory usage x
                    command list filterby foo bar
                    command list filterby aclcat nosuch
                    command list filterby module x
                    command list filterby pattern ech*
                    command list x
                    command info nosuch
                    command docs nosuch
                    command info get
                    command info set
                    command info copy
                    command info mset
                    command info getex
                    command info ping
                    command nosuch
                    memory usage foo samples
                    memory usage foo samples -1
                    memory usage foo samples x
                    memory usage foo foo
                    memory usage none
                    config get
                    config set
                    config set maxmemory
                    config set a 1 b
                    config set maxmemory 1 maxmemory 2
                    config rewrite
                    config nosuch
                    shutdown abort
                    shutdown foo
                    shutdown save nosave
                    shutdown abort abort now
                    shutdown now abort
                    bgsave foo
                    bgsave schedule x
                    save x
                    bgrewriteaof x
                    monitor x
                    debug reload foo
                    debug reload nosave foo
                    shutdown abort now
                    cluster info
                    cluster nodes
                    cluster keyslot a
                    cluster nosuch
                    cluster
                    info foo
                    lolwut version x
                    slowlog
                    slowlog nosuch
                    slowlog get x
                    slowlog get -2
                    slowlog get 1 2
                    slowlog get
                    slowlog len
                    slowlog len x
                    slowlog reset
                    latency
                    latency nosuch
                    latency history
                    latency history none
                    latency graph none
                    latency latest
                    latency reset
                    latency reset a b
                    latency histogram nosuch
                    latency help x
                    module list
                    module nosuch
                    module
                    memory purge x
                    memory stats x
                    debug change-repl-id
                    debug client-eviction
                    debug pause-cron 1
                    debug pause-cron 0
                    debug quicklist-packed-threshold 5gb
                    debug quicklist-packed-threshold 100
                    debug quicklist-packed-threshold x
                    debug replybuffer resizing 0
                    debug replybuffer peak-reset-time x
                    debug replybuffer peak-reset-time never
                    debug replybuffer foo 1
                    debug set-disable-deny-scripts 0
                    """);
        }
    }

    @Test
    void resp3ShapesAreThoseOfRedis() throws IOException {
        try (Oracle oracle = Oracle.start("--enable-debug-command", "yes")) {
            engine.client.run("HELLO", "3");
            oracle.run("HELLO", "3");
            new Comparison(engine.client, oracle).script("""
                    debug protocol null
                    debug protocol double
                    debug protocol set
                    debug protocol map
                    debug protocol verbatim
                    debug protocol true
                    debug protocol bignum
                    command info get
                    command getkeysandflags mset a b
                    config get maxmemory-samples
                    command docs nosuch
                    """);
        }
    }

    @Test
    void factsAreThoseOfRedis() throws IOException {
        try (Oracle oracle = Oracle.start()) {
            SpecComparison facts = new SpecComparison(oracle);
            new AdminCommands().commands().stream().filter(c -> !NOT_IN_7_0.contains(c.spec().name())).forEach(facts::compare);
        }
    }

    /** Requests are noted as they came, cut short and without secrets, and each of a pipeline by itself. */
    @Test
    void slowRequestsAreThoseOfRedis() throws IOException {
        try (Oracle oracle = Oracle.start()) {
            List<String[]> requests = new ArrayList<>();
            requests.add(new String[] {"CONFIG", "SET", "slowlog-log-slower-than", "0"});
            requests.add(new String[] {"SET", "k", "v".repeat(200)});
            requests.add(("MGET" + " k".repeat(40)).split(" "));
            requests.add(("MGET" + " k".repeat(31)).split(" "));
            requests.add(new String[] {"CONFIG", "SET", "masterauth", "secret", "maxmemory-samples", "6"});
            requests.add(new String[] {"AUTH", "someone", "secret"});
            requests.add(new String[] {"SLOWLOG", "LEN"});
            requests.add(new String[] {"MULTI"});
            requests.add(new String[] {"GET", "k"});
            requests.add(new String[] {"EXEC"});
            requests.add(new String[] {"CONFIG", "SET", "slowlog-log-slower-than", "-1"});
            engine.set("slowlog-log-slower-than", "0");
            for (String[] request : requests) {
                if (!request[0].equals("CONFIG")) {
                    engine.client.run(request);
                }
                oracle.run(request);
            }
            assertEquals(words(oracle.ask("SLOWLOG", "GET", "-1")), words(RawReply.parse(engine.client.run("SLOWLOG", "GET", "-1"))));
        }
    }

    /** What is common to both: settings are not the test engine's. */
    private static List<?> words(Object entries) {
        return ((List<?>) entries).stream().map(entry -> ((List<?>) entry).get(3))
                .filter(words -> !((List<?>) words).get(0).equals("CONFIG")).toList();
    }

    @Test
    void latenciesAreNoted() {
        engine.set("latency-monitor-threshold", "5");
        engine.client.run("DEBUG", "SLEEP", "0.02");
        engine.client.run("SET", "a", "1");
        List<?> latest = (List<?>) ((List<?>) RawReply.parse(engine.client.run("LATENCY", "LATEST"))).get(0);
        assertEquals("command", latest.get(0));
        assertTrue((Long) latest.get(3) >= 20 && (Long) latest.get(3) < 2000, () -> latest.toString());
        assertTrue(engine.client.run("LATENCY", "GRAPH", "command").contains("command - high "));
        assertTrue(engine.client.run("LATENCY", "DOCTOR").contains("1. command: 1 latency spikes"));
        String histogram = engine.client.run("LATENCY", "HISTOGRAM", "set", "debug");
        assertTrue(histogram.startsWith("*4\r\n$3\r\nset\r\n*4\r\n$5\r\ncalls\r\n:1\r\n$14\r\nhistogram_usec\r\n*2\r\n:"),
                histogram);
        assertTrue(histogram.contains("debug\r\n*4\r\n$5\r\ncalls\r\n:1\r\n$14\r\nhistogram_usec\r\n*2\r\n:33816\r\n:1\r\n"),
                histogram);
        assertEquals(":1\r\n", engine.client.run("LATENCY", "RESET", "command", "command"));
    }

    @Test
    void memoryIsTold() {
        engine.client.run("SET", "a", "1");
        assertTrue(engine.client.run("MEMORY", "STATS").contains("$10\r\nkeys.count\r\n:1\r\n$18\r\nkeys.bytes-per-key\r\n:"));
        assertTrue(engine.client.run("MEMORY", "DOCTOR").startsWith("$"));
        assertTrue(engine.client.run("MEMORY", "MALLOC-STATS").contains("Pools of the virtual machine"));
        for (String request : new String[] {"MODULE LOAD /x", "MODULE LOADEX /x", "MODULE UNLOAD x"}) {
            assertTrue(engine.client.run(request.split(" ")).startsWith("-ERR Modules of Redis cannot be loaded here"), request);
        }
    }

    @Test
    void infoHasTheSectionsAsked() {
        String keyspace = engine.client.run("INFO", "keyspace");
        assertEquals("$12\r\n# Keyspace\r\n\r\n", keyspace);
        engine.client.run("SET", "a", "1");
        engine.client.run("SETEX", "b", "100", "1");
        assertTrue(engine.client.run("INFO", "keyspace").contains("db0:keys=2,expires=1,avg_ttl="));
        String all = engine.client.run("INFO");
        for (String part : new String[] {"redis_version:7.2.6\r\n", "releve_version:", "# CPU\r\n", "role:master\r\n",
            "cluster_enabled:0\r\n", "loading:0\r\n"}) {
            assertTrue(all.contains(part), part);
        }
        assertTrue(!all.contains("cmdstat_") && engine.client.run("INFO", "everything").contains("cmdstat_set:calls=1,"));
    }

    /** As C prints them. */
    @Test
    void scoresInDigestsHaveSeventeenDigits() {
        double[] scores = {0.1, 3, -1000, 1e-320, 1.5e300, 1e17, 1e16, 0.0001, 0.00001, 1.0 / 3, Double.POSITIVE_INFINITY, -0.0};
        String[] texts = {"0.10000000000000001", "3", "-1000", "9.9998886718268301e-321", "1.5000000000000001e+300", "1e+17",
            "10000000000000000", "0.0001", "1.0000000000000001e-05", "0.33333333333333331", "inf", "-0"};
        for (int i = 0; i < scores.length; i++) {
            assertEquals(texts[i], Digest.seventeenDigits(scores[i]));
        }
    }

    @Test
    void withoutTheBundleSnapshotsAreRefused() {
        for (String request : new String[] {"SAVE", "BGSAVE", "DEBUG RELOAD"}) {
            assertTrue(engine.client.run(request.split(" ")).startsWith("-ERR Snapshots are not available"), request);
        }
        assertTrue(engine.client.run("BGREWRITEAOF").startsWith("-ERR there is no journal 'aof'"));
        assertTrue(engine.client.run("DEBUG", "LOADAOF").startsWith("-ERR There is no append-only file"));
        assertTrue(engine.client.run("LASTSAVE").startsWith(":"));
    }

    @Test
    void docsDescribeArguments() {
        String docs = engine.client.run("COMMAND", "DOCS", "SET");
        for (String part : new String[] {"$9\r\narguments\r\n", "$5\r\noneof\r\n", "$2\r\nNX\r\n", "$2\r\nEX\r\n",
            "$9\r\nunix-time\r\n", "$8\r\noptional\r\n"}) {
            assertTrue(docs.contains(part.replaceFirst("\\$8\r\noptional", "+optional")), part);
        }
    }
}
