package io.releve.perf.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The two servers that are compared. */
enum Product {
    RELEVE("Relève"), REDIS("Redis");

    private final String title;

    Product(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    Product other() {
        return this == RELEVE ? REDIS : RELEVE;
    }

    /** The two in the order of a round: it changes from round to round. */
    static List<Product> order(int round) {
        return round % 2 == 0 ? List.of(RELEVE, REDIS) : List.of(REDIS, RELEVE);
    }

    /**
     * The command line of a server.
     *
     * @param save save points, words separated by blanks, empty for none. With them Relève keeps its data over a clean
     *     stop.
     * @param more further words; without {@code --appendonly} among them there is no append-only file
     */
    List<String> command(Path installation, int port, Path directory, String save, List<String> more) {
        List<String> words = new ArrayList<>(this == REDIS ? List.of("redis-server")
                : List.of(installation.resolve("bin/releve").toString(), "server"));
        words.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--dir", directory.toString(),
                "--save"));
        words.addAll(List.of(save.split(" ")));
        if (!more.contains("--appendonly")) {
            words.addAll(List.of("--appendonly", "no"));
        }
        words.addAll(more);
        return words;
    }
}
