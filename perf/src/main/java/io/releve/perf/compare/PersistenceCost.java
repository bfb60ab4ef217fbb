package io.releve.perf.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What keeping data on disk costs, of Relève and of a real redis-server on this machine. */
public final class PersistenceCost {
    private final Options options;

    private PersistenceCost(Options options) {
        this.options = options;
    }

    /** A part of the section. */
    @FunctionalInterface
    private interface Part {
        String measure() throws IOException;
    }

    /** See {@code perf/run persistence --help}. */
    public static void main(String[] arguments) throws IOException {
        new PersistenceCost(Options.ofCommandLine(arguments)).run();
    }

    private void run() throws IOException {
        options.prime();
        part("fsync", new FsyncCost(options)::measure);
        part("save", new SaveCost(options)::measure);
        part("load", new LoadCost(options)::loading);
        part("restart", new LoadCost(options)::restart);
    }

    private void part(String name, Part part) throws IOException {
        if (!options.measures(name)) {
            return;
        }
        String text = part.measure() + "\nTo repeat: `perf/run persistence --only " + name + " --write`.\n";
        System.out.write(text.getBytes(StandardCharsets.UTF_8));
        System.out.flush();
        if (options.output() != null) {
            new Document(options.output()).replace("persistence-" + name, text);
        }
    }

    static void progress(String what) {
        System.err.println("persistence: " + what);
    }

    /** The machine and the versions, from two servers that run. */
    static String machine(Server releve, Server redis) throws IOException {
        try (Client one = releve.connect(); Client other = redis.connect()) {
            return Machine.describe(one.info(), other.info());
        }
    }
}
