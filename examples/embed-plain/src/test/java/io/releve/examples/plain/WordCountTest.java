package io.releve.examples.plain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.releve.embedded.Scored;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordCountTest {
    @TempDir
    Path directory;

    @Test
    void wordsAreCountedOverRuns() {
        WordCount.count(directory, "la", "garde", "la", "relève");
        assertEquals(List.of(new Scored<>("la", 3), new Scored<>("relève", 2), new Scored<>("garde", 1)),
                WordCount.count(directory, "relève", "la"));
    }
}
