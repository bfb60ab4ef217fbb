package io.releve.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What it takes to have the data again: loading files of Redis, and a start after a clean stop. */
final class LoadCost {
    private static final int KEYS = 5_000_000;
    private static final int RESTART_KEYS = 10_000_000;
    private static final int QUICK_SCALE = 20;
    private static final int VALUE = 64;
    private static final String PREFIX = "key:";
    private static final int MOST_ROUNDS = 3;
    private static final List<String> JOURNAL = List.of("--appendonly", "yes", "--auto-aof-rewrite-percentage", "0");

    private final Options options;
    private final int scale;
    private final FigureTable table = new FigureTable();

    LoadCost(Options options) {
        this.options = options;
        scale = options.quick() ? QUICK_SCALE : 1;
    }

    /** Loading the same files. */
    String loading() throws IOException {
        int keys = KEYS / scale;
        String machine;
        try (Server snapshot = options.server(Product.REDIS, List.of()); Server journal = options.server(Product.REDIS,
                JOURNAL); Server releve = options.server(Product.RELEVE, List.of())) {
            PersistenceCost.progress("making the files");
            releve.start();
            snapshot.start();
            machine = PersistenceCost.machine(releve, snapshot);
            releve.stop();
            fill(snapshot, keys);
            snapshot.save();
            journal.start();
            fill(journal, keys);
            journal.stop();
            for (int i = 0; i < Math.min(MOST_ROUNDS, options.rounds()); i++) {
                for (Product product : Product.order(i)) {
                    PersistenceCost.progress("loading, " + product.title() + ", round " + (i + 1));
                    load("RDB", product, snapshot.data(), List.of(), keys);
                    load("AOF", product, journal.data(), JOURNAL, keys);
                }
            }
        }
        return String.format(Locale.ROOT, """
                ## Loading

                %s

                %,d keys of 16 bytes, values of %d bytes, from the same files, written by Redis: an RDB file, and an
                append-only file of SETs. From the start of the process to the first PONG; CPU time of the process until
                then, all threads, the start of the JVM included. Medians (smallest..largest).

                """, machine, keys, VALUE) + table.markdown();
    }

    private static void fill(Server server, int keys) throws IOException {
        try (Loader loader = new Loader(server.port(), VALUE)) {
            loader.load(PREFIX, 0, keys);
        }
    }

    private void load(String what, Product product, Path files, List<String> more, int keys) throws IOException {
        try (Server server = options.server(product, more)) {
            copy(files, server.data());
            double milliseconds = server.start();
            table.note(what + ": CPU, s", product, server.figures().cpuMicros() / 1e6);
            table.note(what + ": until the first PONG, s", product, milliseconds / 1e3);
            try (Client client = server.connect()) {
                if (!client.call("DBSIZE").equals(Integer.toString(keys))) {
                    throw new IOException(product.title() + " has not loaded all keys");
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    /** A start after a clean stop with an append-only file. */
    String restart() throws IOException {
        int keys = RESTART_KEYS / scale;
        String machine;
        try (Server releve = options.server(Product.RELEVE, JOURNAL); Server redis = options.server(Product.REDIS,
                JOURNAL)) {
            releve.start();
            redis.start();
            machine = PersistenceCost.machine(releve, redis);
            for (Server server : List.of(releve, redis)) {
                PersistenceCost.progress("restart, " + server.product().title());
                fill(server, keys);
                table.note("stop (SIGTERM), s", server.product(), server.stop() / 1e3);
                table.note("start to the first acknowledged SET, s", server.product(),
                        server.start("OK", "SET", "another", "value") / 1e3);
                server.stop();
            }
        }
        return String.format(Locale.ROOT, """
                ## Restart with an append-only file

                %s

                %,d keys of 16 bytes, values of %d bytes, `appendonly yes`, `appendfsync everysec`. Relève opens the
                mapped files that it closed; Redis loads its append-only file.

                """, machine, keys, VALUE) + table.markdown();
    }
}
