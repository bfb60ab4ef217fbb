package io.releve.config.file;

import java.util.ArrayList;
import java.util.List;

/**
 * Options of the command line, {@code --port 7000 --save 900 1}: each begins a line of redis.conf, what follows are its
 * arguments. They arrive as one text whose words are quoted as in redis.conf.
 */
final class CommandLine {
    private CommandLine() {
    }

    static List<ConfigLine> read(String options) throws ConfigException {
        List<ConfigLine> lines = new ArrayList<>();
        List<String> words = null;
        for (String word : Words.split(options)) {
            if (word.startsWith("--") && word.length() > 2) {
                close(lines, words);
                words = new ArrayList<>(List.of(word.substring(2)));
            } else if (words == null) {
                throw new ConfigException("Configuration error on the command line: '" + word
                        + "' is not an option; options begin with --");
            } else {
                words.add(word);
            }
        }
        close(lines, words);
        return lines;
    }

    private static void close(List<ConfigLine> lines, List<String> words) {
        if (words == null) {
            return;
        }
        if (words.size() == 1 && words.get(0).equalsIgnoreCase("save")) {
            words.add("");
        }
        StringBuilder text = new StringBuilder("--").append(words.get(0));
        words.subList(1, words.size()).forEach(word -> text.append(' ').append(Words.quote(word)));
        lines.add(new ConfigLine("the command line", lines.size() + 1, text.toString(), List.copyOf(words)));
    }
}
