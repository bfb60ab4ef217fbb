package io.releve.persistence.segments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.format.aof.AofManifest;
import io.releve.format.aof.AofReader;
import io.releve.format.rdb.RdbInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentsExportTest {
    private static final Path TARGET = Path.of("/data/appendonlydir");

    @Test
    void anAppendOnlyFileComesOut() throws IOException {
        Fixture fixture = new Fixture().base(1, 0).segment(1, 0, true).command("SELECT", "0").command("SET", "a", "1")
                .segment(2, 50, false).command("SET", "b", "2");
        SegmentsExport export = new SegmentsExport(fixture.disk);
        assertEquals(new SegmentsExport.Outcome(fixture.position(), 0),
                export.export(Fixture.FOLDER, TARGET, "appendonly.aof"));
        AofManifest manifest = AofManifest.parse(fixture.disk.content(TARGET.resolve("appendonly.aof.manifest")));
        assertEquals("appendonly.aof.1.base.rdb", manifest.base().name());
        assertEquals("appendonly.aof.1.incr.aof", manifest.lastIncrement().name());
        assertTrue(fixture.disk.content(TARGET.resolve(manifest.base().name())).length > 9);
        AofReader reader = new AofReader(RdbInput.source(fixture.disk.read(TARGET.resolve("appendonly.aof.1.incr.aof"))));
        List<String> commands = new ArrayList<>();
        AofReader.Event event = reader.next();
        for (; event == AofReader.Event.COMMAND; event = reader.next()) {
            commands.add(reader.arguments().get(0).text() + " " + reader.arguments().get(1).text());
        }
        assertEquals(AofReader.Event.END, event);
        assertEquals(List.of("SELECT 0", "SET a", "SET b"), commands);
        assertThrows(IOException.class, () -> export.export(Fixture.FOLDER, TARGET, "appendonly.aof"));
        assertThrows(IOException.class, () -> export.export(TARGET, Path.of("/data/x"), "appendonly.aof"));
    }

    @Test
    void whatIsTornIsLeftOutAndCounted() throws IOException {
        Fixture fixture = new Fixture().base(1, 0).segment(1, 0, true).command("SET", "a", "1");
        long before = fixture.position();
        Path last = new SegmentName(1, 0, false).in(Fixture.FOLDER);
        int whole = fixture.disk.content(last).length;
        fixture.command("SET", "b", "2");
        int torn = fixture.disk.content(last).length - whole;
        fixture.flip(last, whole + torn - 1);
        assertEquals(new SegmentsExport.Outcome(before, torn),
                new SegmentsExport(fixture.disk).export(Fixture.FOLDER, TARGET, "other.aof"));
        byte[] increment = fixture.disk.content(TARGET.resolve("other.aof.1.incr.aof"));
        assertEquals("*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\n1\r\n", new String(increment, StandardCharsets.ISO_8859_1));
    }
}
