package io.releve.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.releve.command.Command;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares the facts of a command with those a real server gives in COMMAND INFO and COMMAND DOCS. */
public final class SpecComparison {
    private final Oracle oracle;

    public SpecComparison(Oracle oracle) {
        this.oracle = oracle;
    }

    /** Fails where arity, flags, categories, keys, tips, group, first version or deprecation differ. */
    public void compare(Command command) {
        CommandSpec spec = command.spec();
        List<?> info = list(list(oracle.ask("COMMAND", "INFO", spec.name())).get(0));
        assertNotNull(info, spec.name());
        assertEquals(info.get(0), spec.name().toLowerCase(Locale.ROOT));
        assertEquals(info.get(1), (long) spec.arity(), () -> spec + " arity");
        TreeSet<String> flags = texts(info.get(2));
        if (spec.has(CommandFlag.BLOCKING)) {
            // Since 7.2 scripts may call what blocks; it does not block there.
            flags.remove("noscript");
        }
        // Not known to the servers before 7.2.
        assertEquals(flags, spec.flags().stream()
                .filter(f -> f.shown() && f != CommandFlag.TOUCHES_ARBITRARY_KEYS)
                .map(CommandFlag::redisName).collect(Collectors.toCollection(TreeSet::new)), () -> spec + " flags");
        assertEquals(texts(info.get(6)), spec.categories().stream().map(c -> "@" + c)
                .collect(Collectors.toCollection(TreeSet::new)), () -> spec + " categories");
        assertEquals(texts(info.get(7)), new TreeSet<>(spec.tips()), () -> spec + " tips");
        assertEquals(keys(list(info.get(8))), spec.keys().stream().map(SpecComparison::describe).toList(),
                () -> spec + " keys");
        compareDocs(spec);
        TreeSet<String> subcommands = new TreeSet<>();
        for (Object sub : list(info.get(9))) {
            subcommands.add(String.valueOf(list(sub).get(0)).toUpperCase(Locale.ROOT));
        }
        assertEquals(subcommands, command.subcommands().stream().map(c -> c.spec().name())
                .collect(Collectors.toCollection(TreeSet::new)), () -> spec + " subcommands");
        command.subcommands().forEach(this::compare);
    }

    private void compareDocs(CommandSpec spec) {
        List<?> reply = list(oracle.ask("COMMAND", "DOCS", spec.name()));
        Map<String, Object> docs = map(reply.get(1));
        assertEquals(docs.get("since"), spec.since(), () -> spec + " since");
        assertEquals(docs.get("group"), spec.group(), () -> spec + " group");
        // A newer version may have deprecated more.
        if (docs.containsKey("deprecated_since")) {
            assertEquals(docs.get("deprecated_since"), spec.deprecatedSince(), () -> spec + " deprecated since");
            assertEquals(docs.get("replaced_by"), spec.replacedBy(), () -> spec + " replaced by");
        }
        TreeSet<String> versions = new TreeSet<>();
        if (docs.get("history") != null) {
            for (Object change : list(docs.get("history"))) {
                versions.add(String.valueOf(list(change).get(0)));
            }
        }
        assertEquals(versions, new TreeSet<>(spec.history().keySet()), () -> spec + " history");
    }

    private static List<String> keys(List<?> specs) {
        List<String> keys = new ArrayList<>();
        for (Object spec : specs) {
            Map<String, Object> facts = map(spec);
            Map<String, Object> begin = map(facts.get("begin_search"));
            Map<String, Object> find = map(facts.get("find_keys"));
            keys.add(facts.get("notes") + " " + texts(facts.get("flags")) + " " + begin.get("type")
                    + map(begin.get("spec")) + " " + find.get("type") + map(find.get("spec")));
        }
        return keys;
    }

    private static String describe(KeySpec key) {
        TreeSet<String> flags = new TreeSet<>();
        key.flags().forEach(f -> flags.add(f.redisName()));
        Map<String, Object> begin = new TreeMap<>();
        String beginType = "unknown";
        if (key.begin() instanceof KeySpec.Index index) {
            beginType = "index";
            begin.put("index", index.index());
        } else if (key.begin() instanceof KeySpec.Keyword keyword) {
            beginType = "keyword";
            begin.put("keyword", keyword.keyword());
            begin.put("startfrom", keyword.startFrom());
        }
        Map<String, Object> find = new TreeMap<>();
        String findType = "unknown";
        if (key.find() instanceof KeySpec.Range range) {
            findType = "range";
            find.put("lastkey", range.last());
            find.put("keystep", range.step());
            find.put("limit", range.limit());
        } else if (key.find() instanceof KeySpec.KeyNum number) {
            findType = "keynum";
            find.put("keynumidx", number.keyNumIndex());
            find.put("firstkey", number.firstKey());
            find.put("keystep", number.step());
        }
        return key.notes() + " " + flags + " " + beginType + begin + " " + findType + find;
    }

    private static List<?> list(Object reply) {
        return (List<?>) reply;
    }

    private static TreeSet<String> texts(Object reply) {
        return list(reply).stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Object> map(Object reply) {
        Map<String, Object> map = new TreeMap<>();
        List<?> flat = list(reply);
        for (int i = 0; i < flat.size(); i += 2) {
            map.put(String.valueOf(flat.get(i)), flat.get(i + 1));
        }
        return map;
    }
}
