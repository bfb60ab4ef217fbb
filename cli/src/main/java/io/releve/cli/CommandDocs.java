package io.releve.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Names and arguments of commands, as the server tells them (COMMAND DOCS, else COMMAND LIST). */
final class CommandDocs {
    /** Upper-case name to the words of its arguments; subcommands as {@code CONFIG GET}. */
    private final Map<String, List<String>> arguments = new TreeMap<>();

    static CommandDocs ask(Connection connection) throws IOException {
        CommandDocs docs = new CommandDocs();
        Reply reply = connection.call("COMMAND", "DOCS");
        if (reply instanceof Reply.Several commands) {
            docs.addAll(commands.items());
        } else if (connection.call("COMMAND", "LIST") instanceof Reply.Several names) {
            names.items().forEach(name -> docs.arguments.put(upper(name), List.of()));
        }
        return docs;
    }

    private void addAll(List<Reply> commands) {
        for (int i = 0; i + 1 < commands.size(); i += 2) {
            String name = upper(commands.get(i)).replace('|', ' ');
            List<String> words = new ArrayList<>();
            if (commands.get(i + 1) instanceof Reply.Several facts) {
                if (value(facts, "arguments") instanceof Reply.Several list) {
                    list.items().forEach(argument -> words.add(describe(argument)));
                }
                if (value(facts, "subcommands") instanceof Reply.Several list) {
                    addAll(list.items());
                }
            }
            arguments.put(name, words);
        }
    }

    /** One argument as documentation writes it: {@code key}, {@code [EX seconds | PX milliseconds]}. */
    private static String describe(Reply argument) {
        if (!(argument instanceof Reply.Several facts)) {
            return "";
        }
        String type = Reply.text(value(facts, "type"));
        String token = Reply.text(value(facts, "token"));
        String name = Reply.text(value(facts, "display_text"));
        if (name == null) {
            name = Reply.text(value(facts, "name"));
        }
        String text = name;
        if (value(facts, "arguments") instanceof Reply.Several inner) {
            String between = "oneof".equals(type) ? " | " : " ";
            text = String.join(between, inner.items().stream().map(CommandDocs::describe).toList());
        } else if ("pure-token".equals(type)) {
            text = "";
        }
        if (token != null) {
            text = (token.isEmpty() ? "\"\"" : token) + (text.isEmpty() ? "" : " " + text);
        }
        boolean optional = hasFlag(facts, "optional");
        if (hasFlag(facts, "multiple")) {
            text = text + " [" + text + " ...]";
        }
        return optional ? "[" + text + "]" : text;
    }

    private static boolean hasFlag(Reply.Several facts, String flag) {
        return value(facts, "flags") instanceof Reply.Several flags
                && flags.items().stream().anyMatch(word -> flag.equals(Reply.text(word)));
    }

    private static Reply value(Reply.Several facts, String key) {
        for (int i = 0; i + 1 < facts.items().size(); i += 2) {
            if (key.equals(Reply.text(facts.items().get(i)))) {
                return facts.items().get(i + 1);
            }
        }
        return new Reply.Nil();
    }

    private static String upper(Reply name) {
        String text = Reply.text(name);
        return text == null ? "" : text.toUpperCase(Locale.ROOT);
    }

    Collection<String> names() {
        return arguments.keySet();
    }

    /** What may follow the line as typed so far; empty when nothing is known or a word is being typed. */
    String hint(String line) {
        if (!line.endsWith(" ")) {
            return "";
        }
        String[] words = line.strip().split("\\s+");
        String name = words[0].toUpperCase(Locale.ROOT);
        int given = words.length - 1;
        if (words.length > 1 && arguments.containsKey(name + " " + words[1].toUpperCase(Locale.ROOT))) {
            name = name + " " + words[1].toUpperCase(Locale.ROOT);
            given--;
        }
        List<String> left = arguments.getOrDefault(name, List.of());
        return given >= left.size() ? "" : String.join(" ", left.subList(given, left.size()));
    }
}
