package io.releve.lab;

import java.nio.file.Path;
import java.util.List;

/** What a server or a sentinel is made of. */
public enum Software {
    RELEVE, REDIS;

    /** A line of every file that the article, of 2014, could not have: later ones answer nobody else without a password. */
    String moreLines() {
        return this == REDIS ? "protected-mode no\n" : "";
    }

    /** @param home of the Relève that is installed */
    List<String> server(Path home, Path file) {
        return this == REDIS ? List.of("redis-server", file.toString())
                : List.of(home.resolve("bin/releve").toString(), "server", file.toString());
    }

    List<String> sentinel(Path home, Path file) {
        return this == REDIS ? List.of("redis-sentinel", file.toString())
                : List.of(home.resolve("bin/releve").toString(), "sentinel", file.toString());
    }
}
