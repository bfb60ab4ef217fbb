package io.releve.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.contracts.Oracle;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingSupplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/** The bundles in frameworks that know nothing of them. */
class ContainersIT {
    private static final String FELIX = "org.apache.felix.framework.FrameworkFactory";
    private static final String EQUINOX = "org.eclipse.osgi.launch.EquinoxFactory";
    private static final String[] SERVER = {"io.releve.embedded", "io.releve.server", "io.releve.management",
        "io.releve.persistence.snapshot", "io.releve.commands.scripting"};

    @TempDir
    Path directory;

    private RunningProcess start(String factory, List<String> flags, String options, List<Path> bundles)
            throws IOException, ClassNotFoundException {
        Class<?> framework = Class.forName(factory);
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-Dreleve.options=" + options));
        command.addAll(flags);
        command.addAll(List.of("-cp", place(framework) + File.pathSeparator + place(ForeignContainer.class),
                ForeignContainer.class.getName(), directory.resolve("framework").toString()));
        bundles.forEach(bundle -> command.add(bundle.toString()));
        return new RunningProcess(new ProcessBuilder(command).directory(directory.toFile()));
    }

    private static Path place(Class<?> type) {
        return Path.of(java.net.URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    @Test
    void fromTheEmbeddedApiAResolverFindsAllThatIsNeeded() throws Exception {
        Set<String> found = new TreeSet<>(Repository.resolve(directory, "io.releve.embedded"));
        for (String group : List.of("strings", "keys", "lists", "hashes", "sets", "sortedsets", "streams", "pubsub", "connection",
                "admin", "scripting")) {
            assertTrue(found.contains("io.releve.commands." + group), found + " without " + group);
        }
        assertTrue(found.containsAll(Set.of("io.releve.api", "io.releve.engine", "io.releve.log", "io.releve.config",
                "io.releve.keyspace.heap", "io.releve.lua.runtime", "org.apache.felix.scr")), found.toString());
        // nothing of the network, nothing that needs flags
        assertFalse(found.stream().anyMatch(name -> name.startsWith("io.netty") || name.contains("chronicle")), found.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {FELIX, EQUINOX})
    void whatTheResolverFindsWorks(String factory) throws Exception {
        Repository repository = new Repository();
        try (RunningProcess container = start(factory, List.of(), "--save \"\"",
                repository.bundles(Repository.resolve(directory, "io.releve.embedded"))).await("ready")) {
            assertTrue(container.output().contains("greeting is hello"), container.output());
            assertTrue(container.output().contains("heap"), container.output());
            assertEquals(0, container.end(), container.output());
            assertTrue(container.output().contains("stopped"), container.output());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {FELIX, EQUINOX})
    void theServerMovesIntoMappedFilesWithTheExtension(String factory) throws Exception {
        Repository repository = new Repository();
        List<String> names = Repository.resolve(directory, SERVER);
        List<Path> bundles = new ArrayList<>(repository.bundles(names));
        bundles.add(0, repository.bundle("io.releve.chronicle.extension"));
        bundles.add(repository.bundle("io.releve.chronicle.runtime"));
        bundles.add(repository.bundle("io.releve.keyspace.chronicle"));
        int port = RunningProcess.freePort();
        try (RunningProcess container = start(factory, Containers.FLAGS, "--save \"\" --enable-bundle-command yes --port " + port, bundles)
                .await("ready"); Jedis jedis = Containers.connect(port, container)) {
            assertEquals("hello", jedis.get("greeting"));
            jedis.set("other", "value");
            Containers.bundle(jedis, "SWAP", "keyspace", "chronicle");
            assertEquals("chronicle", jedis.configGet("keyspace").get("keyspace"));
            assertEquals("value", jedis.get("other"));
            assertEquals(0, container.end(), container.output());
            assertFalse(container.output().contains("ERROR"), container.output());
        }
    }

    @Test
    void whatChronicleLacksIsSaidInOneMessage() throws Exception {
        Repository repository = new Repository();
        List<Path> bundles = new ArrayList<>(repository.bundles(Repository.resolve(directory, "io.releve.embedded",
                "io.releve.server", "io.releve.management")));
        bundles.add(repository.bundle("io.releve.chronicle.runtime"));
        bundles.add(repository.bundle("io.releve.keyspace.chronicle"));
        int port = RunningProcess.freePort();
        try (RunningProcess container = start(FELIX, List.of(), "--save \"\" --enable-bundle-command yes --port " + port, bundles)
                .await("ready"); Jedis jedis = Containers.connect(port, container)) {
            String message = "";
            try {
                Containers.bundle(jedis, "SWAP", "keyspace", "chronicle");
            } catch (JedisDataException e) {
                message = e.getMessage();
            }
            for (String lack : List.of("--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                    "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED", "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                    "io.releve.chronicle.extension", "keyspace heap needs nothing of that")) {
                assertTrue(message.contains(lack), message + " lacks " + lack);
            }
            assertEquals("hello", jedis.get("greeting"));
            assertEquals(0, container.end(), container.output());
        }
    }

    /** Exactly what Karaf's feature has, and what is not ours that it needs. */
    @Test
    void aSentinelWatchesTwoServers() throws Exception {
        Repository repository = new Repository();
        Set<String> names = repository.feature("releve-sentinel");
        Repository.resolve(directory, "io.releve.sentinel", "io.releve.server", "io.releve.management").stream()
                .filter(name -> !name.startsWith("io.releve.")).forEach(names::add);
        int port = RunningProcess.freePort();
        try (Oracle one = Oracle.start(); Oracle two = Oracle.start()) {
            Path file = Files.writeString(directory.resolve("sentinel.conf"), "port %d\ndir \"%s\"\nsentinel monitor one 127.0.0.1 %d 1\n"
                    .formatted(port, directory, one.port()) + "sentinel monitor two 127.0.0.1 " + two.port() + " 1\n");
            try (RunningProcess container = start(EQUINOX, List.of("-Dreleve.mode=sentinel", "-Dreleve.config=" + file), "",
                    repository.bundles(List.copyOf(names))).await("ready"); Jedis jedis = Containers.connect(port, container)) {
                Map<String, String> flags = Map.of();
                for (int i = 0; i < 500 && !flags.equals(Map.of("one", "master", "two", "master")); i++) {
                    Thread.sleep(10);
                    flags = jedis.sentinelMasters().stream().filter(master -> !master.get("runid").isEmpty())
                            .collect(Collectors.toMap(master -> master.get("name"), master -> master.get("flags")));
                }
                assertEquals(Map.of("one", "master", "two", "master"), flags, container.output());
                assertEquals(List.of("127.0.0.1", "" + two.port()), jedis.sentinelGetMasterAddrByName("two"));
                assertTrue(assertThrows(JedisDataException.class, () -> jedis.get("k")).getMessage().contains("unknown command"));
                assertEquals(0, container.end(), container.output());
                assertFalse(container.output().contains("ERROR"), container.output());
            }
        }
        assertTrue(Files.readString(directory.resolve("sentinel.conf")).contains("sentinel myid "));
    }

    @Test
    void withoutTheBundleForScriptsTheyAreUnknownAndFunctionsAreKept() throws Exception {
        Path data = Files.createDirectory(directory.resolve("data"));
        String library = "#!lua name=lib\nredis.register_function('one', function() return 1 end)";
        try (Oracle redis = Oracle.start("--dir", data.toString())) {
            redis.run("SET", "k", "v");
            redis.run("FUNCTION", "LOAD", library);
            assertEquals("OK", redis.ask("SAVE"));
        }
        Repository repository = new Repository();
        List<String> names = Repository.resolve(directory, SERVER);
        assertTrue(names.removeAll(Set.of("io.releve.commands.scripting", "io.releve.lua.runtime")), names.toString());
        int port = RunningProcess.freePort();
        try (RunningProcess container = start(FELIX, List.of(), "--port " + port + " --dir " + data, repository.bundles(names))
                .await("ready"); Jedis jedis = Containers.connect(port, container)) {
            assertEquals("v", jedis.get("k"));
            for (ThrowingSupplier<?> script : List.<ThrowingSupplier<?>>of(() -> jedis.eval("return 1"), () -> jedis.fcall("one", List.of(), List.of()))) {
                assertTrue(assertThrows(JedisDataException.class, script::get).getMessage().contains("unknown command"));
            }
            assertEquals("OK", jedis.set("k", "other"));
            assertEquals("OK", jedis.save());
            assertEquals(0, container.end(), container.output());
            assertFalse(container.output().contains("ERROR"), container.output());
        }
        try (Oracle redis = Oracle.start("--dir", data.toString()).awaitLoaded()) {
            assertEquals("other", redis.ask("GET", "k"));
            assertTrue(redis.run("FUNCTION", "LIST", "WITHCODE").contains(library));
        }
    }

    @Test
    void theBomNamesEveryBundle() throws Exception {
        String bom = Files.readString(Path.of("../bom/pom.xml"));
        List<String> missing = new Repository().bundles().values().stream().filter(jar -> jar.toString().contains("/io/releve/"))
                .map(jar -> jar.getParent().getParent().getFileName().toString())
                .filter(artifact -> !bom.contains("<artifactId>" + artifact + "</artifactId>")).collect(Collectors.toList());
        assertEquals(List.of(), missing);
    }
}
