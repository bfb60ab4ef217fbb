package io.releve.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One argument in the syntax of a command, as COMMAND DOCS describes it; made from {@link CommandSpec#syntax()}.
 *
 * @param name for people
 * @param type {@code key}, {@code string}, {@code integer}, {@code double}, {@code pattern}, {@code unix-time},
 *             {@code pure-token}, {@code oneof} or {@code block}
 * @param token word that stands before it (or is it, for a pure token), or null
 * @param optional whether it may be left out
 * @param multiple whether it may be repeated
 * @param parts the choices of a {@code oneof}, the parts of a {@code block}; empty otherwise
 */
public record Syntax(String name, String type, String token, boolean optional, boolean multiple, List<Syntax> parts) {

    /** The arguments a syntax text describes. */
    public static List<Syntax> parse(String text) {
        return new Reader(text).sequence("");
    }

    private Syntax asOptional() {
        return new Syntax(name, type, token, true, multiple, parts);
    }

    private Syntax asMultiple() {
        return new Syntax(name, type, token, optional, true, parts);
    }

    private static Syntax pureToken(String word) {
        return new Syntax(word.toLowerCase(Locale.ROOT), "pure-token", word, false, false, List.of());
    }

    private static Syntax group(String type, List<Syntax> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        return new Syntax(parts.isEmpty() ? type : parts.get(0).name(), type, null, false, false, List.copyOf(parts));
    }

    /** Reads the notation. */
    private static final class Reader {
        private final String[] words;
        private int at;

        Reader(String text) {
            words = text.replaceAll("([\\[\\]<>|])", " $1 ").trim().split("\\s+");
        }

        /** Reads up to one of the closing words. */
        List<Syntax> sequence(String closing) {
            List<Syntax> items = new ArrayList<>();
            while (at < words.length && !(closing.contains(words[at]) && !words[at].isEmpty())) {
                String word = words[at++];
                if (word.isEmpty()) {
                    continue;
                }
                if (word.equals("[") || word.equals("<")) {
                    String end = word.equals("[") ? "]" : ">";
                    Syntax inner = choices(end);
                    boolean repeats = inner == null || repeatsLast(items, inner);
                    if (repeats) {
                        repeatLast(items, inner);
                    } else {
                        items.add(end.equals("]") ? inner.asOptional() : inner);
                    }
                } else if (word.equals("...")) {
                    items.add(new Syntax("...", "more", null, false, true, List.of()));
                } else if (isToken(word)) {
                    items.add(token(word, closing));
                } else {
                    items.add(named(word));
                }
            }
            return items;
        }

        /** A token takes the plain names that follow it: one as its value, several as a block. */
        private Syntax token(String word, String closing) {
            List<Syntax> values = new ArrayList<>();
            while (at < words.length && isName(words[at]) && !closing.contains(words[at])) {
                values.add(named(words[at++]));
            }
            if (values.isEmpty()) {
                return pureToken(word);
            }
            Syntax value = group("block", values);
            return new Syntax(values.size() == 1 ? value.name() : word.toLowerCase(Locale.ROOT), value.type(), word,
                    false, false, value.parts());
        }

        private Syntax choices(String end) {
            List<Syntax> choices = new ArrayList<>();
            while (true) {
                List<Syntax> branch = sequence("|" + end);
                boolean repeated = !branch.isEmpty() && branch.get(branch.size() - 1).type().equals("more");
                if (repeated) {
                    branch.remove(branch.size() - 1);
                }
                Syntax one = group("block", branch);
                choices.add(repeated ? one.asMultiple() : one);
                if (at >= words.length || words[at++].equals(end)) {
                    return group("oneof", choices);
                }
            }
        }

        /** Whether {@code [x ...]} follows the very {@code x} it repeats. */
        private static boolean repeatsLast(List<Syntax> items, Syntax inner) {
            if (!inner.multiple()) {
                return false;
            }
            List<Syntax> repeated = inner.type().equals("block") ? inner.parts() : List.of(inner);
            int first = items.size() - repeated.size();
            for (int i = 0; i < repeated.size(); i++) {
                if (first < 0 || !items.get(first + i).name().equals(repeated.get(i).name())) {
                    return false;
                }
            }
            return true;
        }

        private static void repeatLast(List<Syntax> items, Syntax inner) {
            int count = inner.type().equals("block") ? inner.parts().size() : 1;
            List<Syntax> last = items.subList(items.size() - count, items.size());
            Syntax one = count == 1 ? last.get(0)
                    : new Syntax(last.get(0).name() + "_" + last.get(1).name(), "block", null, false, false,
                            List.copyOf(last));
            last.clear();
            items.add(one.asMultiple());
        }

        private static Syntax named(String word) {
            int colon = word.indexOf(':');
            String name = colon < 0 ? word : word.substring(0, colon);
            String type = colon >= 0 ? word.substring(colon + 1) : isKey(name) ? "key" : "string";
            return new Syntax(name, type, null, false, false, List.of());
        }

        private static boolean isKey(String name) {
            return name.equals("key") || name.endsWith("key") || name.matches("key\\d");
        }

        private static boolean isToken(String word) {
            return !word.equals("...") && word.equals(word.toUpperCase(Locale.ROOT)) && !word.contains(":")
                    && Character.isLetter(word.charAt(0)) || word.equals("\"\"");
        }

        private static boolean isName(String word) {
            return !word.equals("...") && !"[]<>|".contains(word) && !isToken(word);
        }
    }
}
