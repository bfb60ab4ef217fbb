package io.releve.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What stands behind the verb: a configuration file, {@code -} for standard input, or none, then options. */
final class Arguments {
    private final String file;
    private final List<String> options;

    Arguments(List<String> words) {
        boolean hasFile = !words.isEmpty() && !words.get(0).startsWith("--");
        file = hasFile ? words.get(0) : "";
        options = hasFile ? words.subList(1, words.size()) : words;
    }

    /** The framework properties that hand them on; words are quoted as in redis.conf. */
    Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        properties.put("releve.options", options.stream().map(Arguments::quote).collect(Collectors.joining(" ")));
        if (!file.isEmpty()) {
            properties.put("releve.config", file.equals("-") ? file : Path.of(file).toAbsolutePath().toString());
        }
        return properties;
    }

    private static String quote(String word) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : word.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\x%02x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
