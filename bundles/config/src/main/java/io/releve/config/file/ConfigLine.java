package io.releve.config.file;

import io.releve.config.Statement;
import java.util.List;
import java.util.Locale;

/**
 * One directive as somebody wrote it.
 *
 * @param source path of the file, or {@code command line}
 * @param number line number from 1; on the command line the place of the option
 * @param text the line without surrounding blanks
 * @param words the directive and its arguments
 */
record ConfigLine(String source, int number, String text, List<String> words) {
    /** Lower case. */
    String directive() {
        return words.get(0).toLowerCase(Locale.ROOT);
    }

    List<String> arguments() {
        return words.subList(1, words.size());
    }

    Statement statement() {
        return new Statement(source, number, text, words);
    }

    ConfigException wrong(String why) {
        return new ConfigException("Configuration error in " + source + ", line " + number + ": >>> '" + text + "': "
                + why);
    }
}
