package io.releve.perf.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The command line of both programs.
 *
 * @param rounds how often each measurement is repeated
 * @param part what {@code compare} measures: "rates", "collections", "latency" or "all"; of {@code persistence} likewise
 * @param quick whether runs are short: to see that all works, not to publish
 * @param installation the unpacked distribution of Relève
 * @param work where the servers' directories are made
 * @param output the document whose section is replaced, null to print only
 */
record Options(int rounds, String part, boolean quick, Path installation, Path work, Path output) {
    private static final String USAGE = """
            usage: perf/compare | perf/run memory|collections|persistence|replication|operations|pauses  [option ...]
              --rounds N        measure N times, default 7
              --only PART       compare: rates, collections or latency; persistence: fsync, save, load or restart;
                                replication: rates or sync; operations: scripts, tls, rights or figures;
                                default all
              --quick           two short rounds: a check that all works
              --releve DIR      the unpacked distribution, default distribution/target/releve
              --work DIR        where the servers keep their files, default perf/target/work
              --output FILE     replace this program's section of FILE, and the chart beside it
              --write           the same for docs/performance.md""";

    /** The options, or the end of the program with exit code 2 and a text for the user. */
    static Options ofCommandLine(String... words) {
        try {
            return parse(words);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            throw e;
        }
    }

    /** @throws IllegalArgumentException with a text for the user */
    static Options parse(String... words) {
        Path root = Path.of(System.getProperty("releve.root", "")).toAbsolutePath();
        Options options = new Options(7, "all", false, root.resolve("distribution/target/releve"),
                root.resolve("perf/target/work"), null);
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            if (List.of("--rounds", "--only", "--releve", "--work", "--output").contains(word)) {
                if (++i == words.length) {
                    throw new IllegalArgumentException(word + " needs a value\n" + USAGE);
                }
                options = options.with(word, words[i]);
            } else if (word.equals("--quick")) {
                options = new Options(2, options.part, true, options.installation, options.work, options.output);
            } else if (word.equals("--write")) {
                options = options.with("--output", root.resolve("docs/performance.md").toString());
            } else {
                throw new IllegalArgumentException(USAGE);
            }
        }
        return options;
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--rounds" -> new Options(Math.max(1, Integer.parseInt(value)), part, quick, installation, work,
                    output);
            case "--only" -> new Options(rounds, part(value), quick, installation, work, output);
            case "--releve" -> new Options(rounds, part, quick, Path.of(value).toAbsolutePath(), work, output);
            case "--work" -> new Options(rounds, part, quick, installation, Path.of(value).toAbsolutePath(), output);
            default -> new Options(rounds, part, quick, installation, work, Path.of(value).toAbsolutePath());
        };
    }

    private static String part(String value) {
        if (!List.of("rates", "collections", "latency", "fsync", "save", "load", "restart", "sync",
                "scripts", "tls", "rights", "figures").contains(value)) {
            throw new IllegalArgumentException(USAGE);
        }
        return value;
    }

    boolean measures(String what) {
        return part.equals("all") || part.equals(what);
    }

    /** A server that keeps nothing. */
    Server server(Product product) throws IOException {
        return new Server(product, installation, work, "");
    }

    /** A server with further words on its command line. */
    Server server(Product product, List<String> more) throws IOException {
        return new Server(product, installation, work, "", more);
    }

    /** Starts and stops Relève once, so that its class archive and bundle cache exist. */
    void prime() throws IOException {
        try (Server server = server(Product.RELEVE)) {
            server.start();
            server.stop();
        }
    }
}
