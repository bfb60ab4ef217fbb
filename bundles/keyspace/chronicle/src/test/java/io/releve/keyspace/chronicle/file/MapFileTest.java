package io.releve.keyspace.chronicle.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.releve.chronicle.format.v1.Slice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapFileTest {
    @TempDir
    Path folder;

    @Test
    void aNewFileIsWhatChronicleWouldHaveMade() throws IOException {
        for (int segments = 1; segments <= 256; segments *= 4) {
            ChronicleMapBuilder<Slice, Slice> builder = MapFile.builder("test").averageKeySize(16).averageValueSize(100)
                    .entries(1000L * segments).actualSegments(segments);
            Path ours = folder.resolve(segments + "-ours");
            Path its = folder.resolve(segments + "-its");
            MapFile.create(builder, ours).close();
            builder.createPersistedTo(its.toFile()).close();
            assertEquals(-1, Files.mismatch(its, ours));
        }
    }
}
