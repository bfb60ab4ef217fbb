package io.releve.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What stands behind the verb: a configuration file, {@code -} for standard input, or none, then options. The word
 * {@code --sentinel}, anywhere, asks for a sentinel.
 */
final class Arguments {
    private static final String SENTINEL = "--sentinel";

    private final String file;
    private final List<String> options;
    private final boolean sentinel;

    Arguments(List<String> all, boolean sentinel) {
        List<String> words = all.stream().filter(word -> !word.equals(SENTINEL)).toList();
        this.sentinel = sentinel || words.size() < all.size();
        boolean hasFile = !words.isEmpty() && !words.get(0).startsWith("--");
        file = hasFile ? words.get(0) : "";
        options = hasFile ? words.subList(1, words.size()) : words;
    }

    /** The framework properties that hand them on; words are quoted as in redis.conf. */
    Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        properties.put("releve.options", options.stream().map(Arguments::quote).collect(Collectors.joining(" ")));
        properties.put("releve.mode", sentinel ? "sentinel" : "server");
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
