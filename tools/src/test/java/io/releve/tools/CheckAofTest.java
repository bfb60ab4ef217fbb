package io.releve.tools;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.contracts.Oracle;
import io.releve.contracts.RandomValues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same verdict, exit code and figures as redis-check-aof, and the same bytes left. */
class CheckAofTest {
    private static final String SELECT = "*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\n";
    private static final String MULTI = "*1\r\n$5\r\nMULTI\r\n";
    private static final String EXEC = "*1\r\n$4\r\nEXEC\r\n";
    private static final String RDB = "REDIS0010\u00ff\0\0\0\0\0\0\0\0";

    @TempDir
    Path directory;

    private Path file(String name, String text) throws IOException {
        return Files.write(directory.resolve(name), text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Both programs on the same file. */
    private Run compare(String text, String... options) throws Exception {
        Path theirs = file("theirs.aof", text);
        Path ours = file("ours.aof", text);
        String[] command = new String[options.length + 2];
        String[] arguments = new String[options.length + 1];
        command[0] = "redis-check-aof";
        System.arraycopy(options, 0, command, 1, options.length);
        System.arraycopy(options, 0, arguments, 0, options.length);
        command[command.length - 1] = theirs.getFileName().toString();
        arguments[arguments.length - 1] = ours.toString();
        Run redis = Run.redis(directory, "y\n", command);
        Run releve = Run.checkAof("y\n", arguments);
        assertEquals(redis.code(), releve.code(), redis.text() + releve.text());
        for (String figure : new String[] {"size", "ok_up_to", "ok_up_to_line", "diff"}) {
            assertEquals(redis.figure(figure), releve.figure(figure), redis.text() + releve.text());
        }
        assertArrayEquals(Files.readAllBytes(theirs), Files.readAllBytes(ours), redis.text() + releve.text());
        return releve;
    }

    @Test
    void singleFiles() throws Exception {
        compare("");
        compare(SELECT);
        compare(SELECT + MULTI + SELECT + EXEC);
        // Redis does not count annotations as lines.
        Run annotated = Run.checkAof("", file("annotated.aof", "#TS:1700000000\r\n" + SELECT).toString());
        assertEquals("7", annotated.figure("ok_up_to_line"));
        compare(RDB + SELECT);
        compare(RDB + SELECT + "*2\r\n$6\r\nSEL", "--fix");
        compare(RDB.substring(0, 15));
        compare(RDB.substring(0, 15), "--fix");
        compare(SELECT + "*2\r\n$6\r\nSEL");
        compare(SELECT + "*2\r\n$6\r\nSEL", "--fix");
        compare(SELECT + MULTI + SELECT, "--fix");
        compare(SELECT + "garbage\r\n", "--fix");
        compare(SELECT + "*2\r\n$3\r\nabcd\r\n$1\r\na\r\n", "--fix");
        Run number = Run.checkAof("", file("number.aof", SELECT + "*1\r\n$-1\r\n").toString());
        assertTrue(number.text().contains("0x              1c: There should be a number"), number.text());
        assertEquals("7", number.figure("ok_up_to_line"));
    }

    @Test
    void truncatedToATime() throws Exception {
        String text = "#TS:1700000000\r\n" + SELECT + "#TS:1700000100\r\n" + SELECT;
        for (String time : new String[] {"1600000000", "1700000000", "1700000050", "1700000100", "1800000000"}) {
            compare(text, "--truncate-to-timestamp", time);
        }
        // Not inside of a transaction, where redis-check-aof leaves a file that is not valid.
        Path file = file("t.aof", "#TS:5\r\n" + SELECT + MULTI + "#TS:9\r\n" + SELECT + EXEC);
        assertEquals(0, Run.checkAof("", "--truncate-to-timestamp", "6", file.toString()).code());
        assertEquals("#TS:5\r\n" + SELECT, Files.readString(file));
    }

    @Test
    void nothingIsCutWithoutAYes() throws Exception {
        Path file = file("a.aof", SELECT + "*2\r\n");
        for (String answer : new String[] {"", "\n", "n\n", "nay\n"}) {
            Run run = Run.checkAof(answer, "--fix", file.toString());
            assertEquals(1, run.code());
            assertTrue(run.text().contains("Continue? [y/N]"), run.text());
            assertEquals(SELECT.length() + 4, Files.size(file));
        }
    }

    private Run parts(String manifest, String... options) throws IOException {
        Path file = file("appendonly.aof.manifest", manifest);
        String[] arguments = new String[options.length + 1];
        System.arraycopy(options, 0, arguments, 0, options.length);
        arguments[options.length] = file.toString();
        return Run.checkAof("y\n", arguments);
    }

    @Test
    void severalFiles() throws Exception {
        String manifest = "file a.1.base.rdb seq 1 type b\nfile a.1.incr.aof seq 1 type i\n"
                + "file a.2.incr.aof seq 2 type i\n";
        file("a.1.base.rdb", RDB);
        file("a.1.incr.aof", SELECT);
        file("a.2.incr.aof", SELECT + "*2\r\n");
        assertEquals(1, parts(manifest).code());
        assertEquals(0, parts(manifest, "--fix").code());
        assertEquals(SELECT.length(), Files.size(directory.resolve("a.2.incr.aof")));
        assertTrue(parts(manifest).text().endsWith("All AOF files and manifest are valid\n"));
        file("a.1.incr.aof", SELECT + "*2\r\n");
        Run run = parts(manifest, "--fix");
        assertEquals(1, run.code());
        assertTrue(run.text().contains("not the last file"), run.text());
        file("a.1.incr.aof", SELECT);
        file("a.1.base.rdb", RDB.substring(0, 12));
        assertEquals(1, parts(manifest, "--fix").code());
        Files.delete(directory.resolve("a.1.base.rdb"));
        assertTrue(parts(manifest).text().contains("missing"));
        assertEquals(1, parts("# comment\nfile a.1 seq 1\n").code());
        assertEquals(1, parts("").code());
        file("a.1.base.rdb", RDB + "#TS:1000\r\n" + SELECT);
        file("a.1.incr.aof", "#TS:2000\r\n" + SELECT + "#TS:3000\r\n" + SELECT);
        assertEquals(1, parts(manifest, "--truncate-to-timestamp", "2500").code());
        file("a.2.incr.aof", "");
        assertEquals(1, parts(manifest, "--truncate-to-timestamp", "2500").code());
        assertEquals(0, parts(manifest, "--truncate-to-timestamp", "3000").code());
        String shorter = manifest.substring(0, manifest.lastIndexOf("file"));
        assertEquals(0, parts(shorter, "--truncate-to-timestamp", "2500").code());
        assertEquals("#TS:2000\r\n" + SELECT, Files.readString(directory.resolve("a.1.incr.aof")));
    }

    /** Of a real server, with a base of either kind. */
    @Test
    void whatRedisHasWritten() throws Exception {
        for (String preamble : new String[] {"yes", "no"}) {
            Path home = Files.createDirectory(directory.resolve(preamble));
            try (Oracle oracle = Oracle.start("--appendonly", "yes", "--aof-use-rdb-preamble", preamble, "--dir",
                    home.toString())) {
                RandomValues values = new RandomValues(new Random(83), oracle);
                for (int i = 0; i < 60; i++) {
                    values.make("k" + i);
                    if (i == 30) {
                        assertEquals("OK", oracle.ask("config", "set", "appendonly", "no"));
                        assertEquals("OK", oracle.ask("config", "set", "appendonly", "yes"));
                    }
                }
                while (!String.valueOf(oracle.ask("info", "persistence")).contains("aof_rewrite_in_progress:0")) {
                    Thread.sleep(20);
                }
                oracle.run("set", "last", "x");
            }
            Run run = Run.checkAof("", home.resolve("appendonlydir/appendonly.aof.manifest").toString());
            assertEquals(0, run.code(), run.text());
            assertTrue(run.text().contains("BASE AOF appendonly.aof.2.base." + (preamble.equals("yes") ? "rdb" : "aof")
                    + " is valid"), run.text());
            assertEquals(preamble.equals("yes"), run.text().contains("keys read"), run.text());
        }
    }

    @Test
    void wrongCommandLines() {
        for (String[] arguments : new String[][] {{}, {"--fix"}, {"--what", "f"}, {"a", "b", "c", "d"},
            {"--truncate-to-timestamp", "x", "f"}, {"--truncate-to-timestamp", "f"}}) {
            Run run = Run.checkAof("", arguments);
            assertEquals(1, run.code());
            assertTrue(run.text().startsWith("usage: "), run.text());
        }
        Run missing = Run.checkAof("", directory.resolve("missing").toString());
        assertEquals(1, missing.code());
        assertTrue(missing.text().contains("there is no such file"), missing.text());
    }
}
