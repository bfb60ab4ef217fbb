package io.releve.engine.core;

import io.releve.info.InfoSection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Puts the text of INFO together: the engine's own sections and those offered by other parts. */
final class Info {
    private final List<InfoSection> sections = new CopyOnWriteArrayList<>();

    Info(RedisEngine engine) {
        sections.addAll(EngineSections.of(engine));
    }

    void add(InfoSection section) {
        sections.add(section);
    }

    void remove(InfoSection section) {
        // the same and no equal one; besides, Java 17 keeps the types of the record that was compared last, and so their bundle
        sections.removeIf(each -> each == section);
    }

    /** The text of these sections; without any the default ones; {@code all} and {@code everything} are names too. */
    String text(List<String> wanted) {
        boolean defaults = wanted.isEmpty() || wanted.contains("default");
        boolean all = wanted.contains("all") || wanted.contains("everything");
        List<InfoSection> ordered = new ArrayList<>(sections);
        ordered.sort(Comparator.comparingInt(InfoSection::order));
        Map<String, StringBuilder> texts = new LinkedHashMap<>();
        for (InfoSection section : ordered) {
            if (all || defaults && section.isDefault() || wanted.contains(section.name())) {
                StringBuilder text = texts.computeIfAbsent(section.name(),
                        name -> new StringBuilder("# ").append(title(name)).append("\r\n"));
                section.write((name, value) -> text.append(name).append(':').append(value).append("\r\n"));
            }
        }
        return String.join("\r\n", texts.values());
    }

    private static String title(String name) {
        return name.equals("cpu") ? "CPU" : Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
