package io.releve.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What stands behind the verb {@code migrate}: that of {@code server}, and {@code --output FILE}. */
final class Migration {
    private static final String OUTPUT = "--output";
    /** Nobody is served, messages go to the terminal, and the keyspace's files are used or left as they are. */
    private static final List<String> OPTIONS = List.of("--port", "0", "--unixsocket", "", "--logfile", "",
            "--loglevel", "notice", "--save", "", "--keyspace-reuse", "required", "--keyspace-file", "keep");

    private Migration() {
    }

    /** The framework properties for it; the bundle that writes snapshots looks at {@code releve.migrate}. */
    static Map<String, String> properties(List<String> words) {
        List<String> options = new ArrayList<>(words);
        int at = options.indexOf(OUTPUT);
        String output = "";
        if (at >= 0 && at + 1 < options.size()) {
            output = Path.of(options.remove(at + 1)).toAbsolutePath().toString();
            options.remove(at);
        }
        options.addAll(OPTIONS);
        Map<String, String> properties = new Arguments(options, false).properties();
        properties.put("releve.migrate", output);
        // until it is done it has failed
        System.setProperty("releve.exit", "1");
        return properties;
    }
}
