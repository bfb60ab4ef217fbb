package io.releve.config.file;

import io.releve.config.DirectiveSet;
import io.releve.config.Settings;
import io.releve.engine.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Settings outside of OSGi: all parts are there at once. */
public final class StandaloneSettings {
    private StandaloneSettings() {
    }

    /**
     * Reads a configuration file, and what goes before it.
     *
     * @param sets all directives there are
     * @param file null without one
     * @param presets what applies when neither of the others say anything
     * @param given directives with their words
     * @throws IOException in one sentence, about the first line nobody understands
     */
    public static Settings read(List<DirectiveSet> sets, Path file, Map<String, List<String>> presets,
            Map<String, List<String>> given) throws IOException {
        DirectiveTable table = new DirectiveTable();
        sets.forEach(table::declare);
        Path absolute = file == null ? null : file.toAbsolutePath();
        LiveSettings settings = new LiveSettings(table, absolute, new Statements(Mode.SERVER));
        presets.forEach(settings::preset);
        try {
            List<ConfigLine> lines = new ArrayList<>();
            if (absolute != null) {
                lines.addAll(ConfigFile.read(absolute));
            }
            given.forEach((directive, words) -> lines.add(line(directive, words, lines.size() + 1)));
            settings.load(lines);
            return settings;
        } catch (ConfigException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static ConfigLine line(String directive, List<String> words, int number) {
        List<String> all = new ArrayList<>(List.of(directive));
        all.addAll(words);
        return new ConfigLine("the program", number, String.join(" ", all), all);
    }
}
