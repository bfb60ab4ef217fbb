package io.releve.metrics.micrometer;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The text of INFO, taken apart: section, field, and of a field like {@code cmdstat_get:calls=1,usec=2} its parts. */
record InfoText(Map<String, Map<String, String>> sections) {
    static InfoText parse(String text) {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        Map<String, String> section = new HashMap<>();
        for (String line : text.split("\r\n")) {
            if (line.startsWith("# ")) {
                section = sections.computeIfAbsent(line.substring(2).toLowerCase(java.util.Locale.ROOT),
                        name -> new LinkedHashMap<>());
                continue;
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                section.put(line.substring(0, colon), line.substring(colon + 1));
            }
        }
        return new InfoText(sections);
    }

    Map<String, String> section(String name) {
        return sections.getOrDefault(name, Map.of());
    }

    /** The parts of a value of the form {@code name=value,name=value}. */
    static Map<String, Double> parts(String value) {
        Map<String, Double> parts = new LinkedHashMap<>();
        for (String part : value.split(",")) {
            int equals = part.indexOf('=');
            Double number = equals < 0 ? null : number(part.substring(equals + 1));
            if (number != null) {
                parts.put(part.substring(0, equals), number);
            }
        }
        return parts;
    }

    /** Null for what is no number. */
    static Double number(String text) {
        if (text.isEmpty() || "+-.0123456789".indexOf(text.charAt(0)) < 0) {
            return null;
        }
        try {
            return Double.valueOf(text.endsWith("%") ? text.substring(0, text.length() - 1) : text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
