package io.releve.examples.plain;

import io.releve.embedded.Pipeline;
import io.releve.embedded.Releve;
import io.releve.embedded.Scored;
import java.nio.file.Path;
import java.util.List;

/** Counts words in a sorted set that outlives the program: {@code WordCount DIRECTORY WORD...}. */
public final class WordCount {
    private WordCount() {
    }

    public static void main(String[] arguments) {
        String[] words = java.util.Arrays.copyOfRange(arguments, 1, arguments.length);
        count(Path.of(arguments[0]), words).forEach(word -> System.out.println(word.member() + " " + (long) word.score()));
    }

    /** Adds words and returns the most frequent ones of all runs. */
    static List<Scored<String>> count(Path directory, String... words) {
        // the heap keyspace needs no JVM flags; its data is written to the append-only file
        try (Releve releve = Releve.builder().directory(directory).keyspace("heap").appendOnly("everysec").open()) {
            try (Pipeline pipeline = releve.pipelined()) {
                for (String word : words) {
                    pipeline.queue(c -> c.zincrby("words", 1, word));
                }
            }
            return releve.zrevrangeWithScores("words", 0, 2);
        }
    }
}
