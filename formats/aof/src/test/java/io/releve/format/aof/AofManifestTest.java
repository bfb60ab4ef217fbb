package io.releve.format.aof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AofManifestTest {
    private static AofManifest parse(String text) {
        return AofManifest.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(AofManifest manifest) {
        return new String(manifest.toByteArray(), StandardCharsets.UTF_8);
    }

    private static void assertWrong(int line, String sentence, String text) {
        AofException e = assertThrows(AofException.class, () -> parse(text));
        assertEquals(line, e.offset());
        assertTrue(e.getMessage().contains(sentence), e.getMessage());
    }

    @Test
    void whatRedisWrites() {
        String text = "file appendonly.aof.2.base.rdb seq 2 type b\nfile appendonly.aof.1.base.rdb seq 1 type h\n"
                + "file appendonly.aof.4.incr.aof seq 4 type i\nfile appendonly.aof.5.incr.aof seq 5 type i\n";
        AofManifest manifest = parse(text);
        assertEquals(new AofFile("appendonly.aof.2.base.rdb", 2, AofFile.Kind.BASE), manifest.base());
        assertTrue(manifest.base().isRdb());
        assertEquals(5, manifest.lastIncrement().sequence());
        assertEquals(1, manifest.history().size());
        assertEquals(3, manifest.files().size());
        assertEquals(text, text(manifest));
    }

    @Test
    void whatElseIsAccepted() {
        AofManifest manifest = parse("# a comment\nTYPE incr file b seq 3\r\n"
                + "File \"a \\x41\\\"\" SEQ 7 type b more words\n#\n");
        assertEquals("a A\"", manifest.base().name());
        assertEquals(7, manifest.base().sequence());
        assertEquals("b", manifest.lastIncrement().name());
        assertEquals(AofManifest.EMPTY, parse("#\n"));
    }

    @Test
    void whatIsWrong() {
        assertWrong(1, "empty", "");
        assertWrong(2, "does not say", "file a seq 1 type b\n\n");
        assertWrong(1, "no end", "file a seq 1 type b");
        assertWrong(1, "longer than 1024", "#" + "x".repeat(1024) + "\n");
        assertWrong(1, "quotes", "file \"a seq 1 type b\n");
        assertWrong(1, "does not say", "file a seq 1\n");
        assertWrong(1, "does not say", "file a seq 1 type\n");
        assertWrong(1, "does not say", "file a seq 0 type b\n");
        assertWrong(1, "does not say", "file a seq -1 type b\n");
        assertWrong(1, "does not say", "file a seq x type b\n");
        assertWrong(1, "does not say", "file \"\" seq 1 type b\n");
        assertWrong(1, "another folder", "file ../a seq 1 type b\n");
        assertWrong(1, "unknown type", "file a seq 1 type x\n");
        assertWrong(2, "second base", "file a seq 1 type b\nfile c seq 2 type b\n");
        assertWrong(2, "not greater", "file a seq 2 type i\nfile c seq 2 type i\n");
    }

    @Test
    void unusualNames() {
        for (String name : List.of("a b", "tab\there", "quote\"", "back'", "ü", "line\n", "\u0007\b")) {
            AofManifest manifest = AofManifest.EMPTY.with(new AofFile(name, 1, AofFile.Kind.INCREMENT));
            assertTrue(text(manifest).startsWith("file \""), text(manifest));
            assertEquals(manifest, AofManifest.parse(manifest.toByteArray()), name);
        }
    }

    @Test
    void theLifeOfAFile() {
        AofManifest manifest = AofManifest.EMPTY;
        assertNull(manifest.lastIncrement());
        manifest = manifest.rewritten(manifest.nextBase("x", true), 1).with(manifest.nextIncrement("x"));
        assertEquals("file x.1.base.rdb seq 1 type b\nfile x.1.incr.aof seq 1 type i\n", text(manifest));
        manifest = manifest.with(manifest.nextIncrement("x"));
        manifest = manifest.rewritten(manifest.nextBase("x", false), 2);
        assertEquals("file x.2.base.aof seq 2 type b\nfile x.1.base.rdb seq 1 type h\nfile x.1.incr.aof seq 1 type h\n"
                + "file x.2.incr.aof seq 2 type i\n", text(manifest));
        assertEquals("file x.2.base.aof seq 2 type b\nfile x.2.incr.aof seq 2 type i\n",
                text(manifest.withoutHistory()));
        assertEquals("file old.aof seq 1 type b\n", text(AofManifest.ofOldFile("old.aof")));
        assertEquals("x.manifest", AofManifest.fileName("x"));
        assertEquals("temp-x.manifest", AofManifest.temporaryName("x"));
    }
}
