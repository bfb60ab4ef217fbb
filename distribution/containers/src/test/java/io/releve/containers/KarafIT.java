package io.releve.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The KAR in Karaf as it is downloaded, with fewer of its own features so that it starts sooner and listens nowhere. */
@DisabledForJreRange(min = JRE.JAVA_24, disabledReason = "Karaf's script asks for a security manager, and Java has none any more")
class KarafIT {
    private static final Path HOME = Path.of(System.getProperty("karaf.home"));
    private static final String BOOT = "featuresBoot = framework, log, shell, feature, kar, system, config, bundle";

    private static final String ARCHITECTURE = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "aarch64";
    private static final String VERSION = Path.of(System.getProperty("releve.kar")).getFileName().toString()
            .replaceFirst("releve-features-(.*)\\.kar", "$1");
    private static final String BANNER = "to shutdown Karaf";

    @TempDir
    Path directory;

    private RunningProcess start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", HOME.resolve("bin/karaf").toString());
        Map<String, String> environment = builder.environment();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        // the script becomes Java, so that ending the process ends Karaf
        environment.put("KARAF_EXEC", "exec");
        environment.put("CHECK_ROOT_INSTANCE_RUNNING", "false");
        environment.put("KARAF_ETC", directory.resolve("etc").toString());
        environment.put("KARAF_DATA", Files.createDirectories(directory.resolve("data")).toString());
        environment.put("EXTRA_JAVA_OPTS", String.join(" ", Containers.FLAGS));
        return new RunningProcess(builder.directory(directory.toFile()));
    }

    private void configure(int port) throws IOException {
        Path etc = directory.resolve("etc");
        try (Stream<Path> files = Files.walk(HOME.resolve("etc"))) {
            for (Path file : files.toList()) {
                Files.copy(file, etc.resolve(HOME.resolve("etc").relativize(file).toString()));
            }
        }
        Path features = etc.resolve("org.apache.karaf.features.cfg");
        String text = Files.readString(features);
        String fewer = text.replaceFirst("(?s)featuresBoot =.*?\n\n", BOOT + "\n\n");
        assertTrue(fewer.contains(BOOT), fewer);
        Files.writeString(features, fewer);
        Files.writeString(etc.resolve("io.releve.cfg"), "options = --port " + port + " --enable-bundle-command yes --dir "
                + directory + "\n");
    }

    @Test
    void theFeaturesOfTheKarServe() throws Exception {
        int port = RunningProcess.freePort();
        configure(port);
        try (RunningProcess karaf = start()) {
            karaf.await(BANNER);
            karaf.enter("kar:install " + Path.of(System.getProperty("releve.kar")).toUri());
            karaf.enter("feature:install releve-server releve-aof releve-health releve-events releve-epoll-" + ARCHITECTURE);
            try (Jedis jedis = Containers.connect(port, karaf)) {
                assertEquals("OK", jedis.set("key", "value"));
                assertEquals("value", jedis.get("key"));
                assertEquals("heap", jedis.configGet("keyspace").get("keyspace"));
                jedis.configSet("appendonly", "yes");
                karaf.enter("bundle:install mvn:io.releve/releve-chronicle-extension/" + VERSION);
                karaf.enter("feature:install releve-chronicle");
                Containers.untilItWorks(karaf, () -> Containers.bundle(jedis, "SWAP", "keyspace", "chronicle"));
                assertEquals("chronicle", jedis.configGet("keyspace").get("keyspace"));
                assertEquals("value", jedis.get("key"));
                assertEquals("OK", jedis.set("other", "value"));
            }
            karaf.enter("system:shutdown -f");
            assertEquals(0, karaf.end(), karaf.output());
        }
        String log = Files.readString(directory.resolve("data/log/karaf.log"));
        assertTrue(log.lines().noneMatch(line -> line.contains("| ERROR |")), log);
        assertTrue(log.lines().noneMatch(line -> line.contains("Native epoll is not available")), log);
        assertTrue(Files.exists(directory.resolve("appendonlydir")));
    }
}
