package io.releve.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/** The bundles in frameworks that know nothing of them. */
class ContainersIT {
    private static final String FELIX = "org.apache.felix.framework.FrameworkFactory";
    private static final String EQUINOX = "org.eclipse.osgi.launch.EquinoxFactory";
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
        List<String> names = Repository.resolve(directory, "io.releve.embedded", "io.releve.server", "io.releve.management",
                "io.releve.persistence.snapshot", "io.releve.commands.scripting");
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

    @Test
    void theBomNamesEveryBundle() throws Exception {
        String bom = java.nio.file.Files.readString(Path.of("../bom/pom.xml"));
        List<String> missing = new Repository().bundles().values().stream().filter(jar -> jar.toString().contains("/io/releve/"))
                .map(jar -> jar.getParent().getParent().getFileName().toString())
                .filter(artifact -> !bom.contains("<artifactId>" + artifact + "</artifactId>")).collect(Collectors.toList());
        assertEquals(List.of(), missing);
    }
}
