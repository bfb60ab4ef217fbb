package io.releve.contracts.differential;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An argument of a command as COMMAND DOCS describes it.
 *
 * @param name what it is
 * @param type {@code key}, {@code string}, {@code integer}, {@code oneof}, {@code block}, ...
 * @param token word in front of it, or null
 * @param flags {@code optional}, {@code multiple}, {@code multiple_token}
 * @param parts of a block, or choices
 */
record Argument(String name, String type, String token, List<String> flags, List<Argument> parts) {
    /** Reads the value of {@code arguments}. */
    static List<Argument> list(Object reply) {
        List<Argument> arguments = new ArrayList<>();
        if (reply instanceof List<?> list) {
            for (Object each : list) {
                Map<String, Object> facts = map(each);
                List<String> flags = new ArrayList<>();
                if (facts.get("flags") instanceof List<?> given) {
                    given.forEach(flag -> flags.add(String.valueOf(flag)));
                }
                arguments.add(new Argument(String.valueOf(facts.get("name")), String.valueOf(facts.get("type")),
                        (String) facts.get("token"), flags, list(facts.get("arguments"))));
            }
        }
        return arguments;
    }

    /** A reply with names and values in turn. */
    static Map<String, Object> map(Object reply) {
        Map<String, Object> map = new HashMap<>();
        List<?> list = (List<?>) reply;
        for (int i = 0; i + 1 < list.size(); i += 2) {
            map.put(String.valueOf(list.get(i)), list.get(i + 1));
        }
        return map;
    }

    boolean optional() {
        return flags.contains("optional");
    }

    boolean multiple() {
        return flags.contains("multiple");
    }

    boolean multipleToken() {
        return flags.contains("multiple_token");
    }
}
