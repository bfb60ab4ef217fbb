package io.releve.engine.core;

import io.releve.config.Directive;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The directive {@code rename-command}: names of commands to what clients call them instead; empty for not at all. */
final class RenamedCommands implements Directive.Format<Map<String, String>> {
    @Override
    public Map<String, String> parse(List<String> words) {
        if (words.size() % 2 != 0) {
            throw new IllegalArgumentException("wrong number of arguments");
        }
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < words.size(); i += 2) {
            String target = words.get(i + 1).toUpperCase(Locale.ROOT);
            if (!target.isEmpty() && names.containsValue(target)) {
                throw new IllegalArgumentException("Target command name already exists");
            }
            names.put(words.get(i).toUpperCase(Locale.ROOT), target);
        }
        return names;
    }

    @Override
    public String show(Map<String, String> names) {
        StringBuilder text = new StringBuilder();
        names.forEach((name, target) -> text.append(text.isEmpty() ? "" : " ").append(name).append(' ')
                .append(target.isEmpty() ? "\"\"" : target));
        return text.toString();
    }
}
