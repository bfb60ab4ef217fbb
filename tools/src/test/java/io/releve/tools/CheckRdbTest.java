package io.releve.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.contracts.Oracle;
import io.releve.contracts.RandomValues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same verdict and counts as redis-check-rdb. */
class CheckRdbTest {
    @TempDir
    Path directory;

    private byte[] file(String... options) throws IOException {
        String[] all = Arrays.copyOf(options, options.length + 2);
        all[options.length] = "--dir";
        all[options.length + 1] = directory.toString();
        try (Oracle oracle = Oracle.start(all)) {
            RandomValues values = new RandomValues(new Random(71), oracle);
            for (int i = 0; i < 60; i++) {
                if (i % 20 == 0) {
                    values.limits();
                    oracle.run("select", Integer.toString(i / 20));
                }
                values.make("k" + i);
            }
            oracle.run("debug", "set-active-expire", "0");
            oracle.run("set", "later", "x", "ex", "100000");
            oracle.run("set", "gone", "x", "px", "1");
            oracle.run("function", "load", "#!lua name=l\nredis.register_function('f', function() return 7 end)");
            assertEquals("OK", oracle.ask("save"));
        }
        return Files.readAllBytes(directory.resolve("dump.rdb"));
    }

    private static List<String> counts(Run run) {
        return run.text().lines().filter(line -> line.matches("\\[info\\] \\d+ (keys read|expires|already expired)"))
                .toList();
    }

    private Run compare(byte[] bytes) throws Exception {
        Path path = Files.write(directory.resolve("x.rdb"), bytes);
        Run redis = Run.redis(directory, "", "redis-check-rdb", path.toString());
        Run releve = Run.checkRdb(path.toString());
        assertEquals(redis.code(), releve.code(), redis.text() + releve.text());
        if (redis.code() == 0) {
            assertEquals(counts(redis), counts(releve), redis.text() + releve.text());
            assertEquals(3, counts(releve).size(), releve.text());
        }
        return releve;
    }

    @Test
    void goodAndDamagedFiles() throws Exception {
        byte[] file = file("--enable-debug-command", "yes");
        Run good = compare(file);
        assertEquals(0, good.code());
        assertTrue(good.text().contains("Checksum OK"), good.text());
        assertTrue(good.text().contains("[info] 1 already expired"), good.text());
        assertTrue(good.text().contains("AUX FIELD redis-ver = '7."), good.text());
        assertTrue(good.text().contains("[info] by type: string "), good.text());
        Random random = new Random(73);
        for (int i = 0; i < 40; i++) {
            compare(Arrays.copyOf(file, random.nextInt(file.length)));
        }
        Arrays.fill(file, file.length - 8, file.length, (byte) 0);
        assertTrue(compare(file).text().contains("none was verified"));
        file[file.length - 1] = 1;
        assertTrue(compare(file).text().contains("The checksum is"));
    }

    /** Without a checksum only the values themselves can show that they are damaged. */
    @Test
    void damageInsideOfValues() throws Exception {
        byte[] file = file("--rdbchecksum", "no");
        Random random = new Random(79);
        for (int i = 0; i < 60; i++) {
            byte[] mutant = file.clone();
            mutant[100 + random.nextInt(file.length - 100)] ^= (byte) (1 << random.nextInt(8));
            Path path = Files.write(directory.resolve("y.rdb"), mutant);
            Run releve = Run.checkRdb(path.toString());
            Run redis = Run.redis(directory, "", "redis-check-rdb", path.toString());
            assertTrue(redis.code() == 0 || releve.code() == 1, redis.text() + releve.text());
        }
    }

    @Test
    void damageInsideOfAListpack() throws Exception {
        try (Oracle oracle = Oracle.start("--rdbchecksum", "no", "--dir", directory.toString())) {
            oracle.run("hset", "h", "field", "value");
            assertEquals("OK", oracle.ask("save"));
        }
        byte[] file = Files.readAllBytes(directory.resolve("dump.rdb"));
        assertEquals(0, compare(file).code());
        // The length behind the element.
        file[new String(file, StandardCharsets.ISO_8859_1).indexOf("field") + 5]++;
        Run run = compare(file);
        assertEquals(1, run.code());
        assertTrue(run.text().contains("key 'h' (HASH_LISTPACK, database 0): A listpack has"), run.text());
    }

    @Test
    void wrongCommandLines() {
        for (String[] arguments : new String[][] {{}, {"a", "b"}, {"--help"}}) {
            Run run = Run.checkRdb(arguments);
            assertEquals(1, run.code());
            assertTrue(run.text().startsWith("usage: "), run.text());
        }
        assertEquals(1, Run.checkRdb(directory.resolve("missing").toString()).code());
    }
}
