package io.releve.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** Runs the same requests on an engine in this JVM and on a real server, and compares the raw replies. */
public final class Comparison {
    private static final int REMEMBERED = 12;
    /** The two servers read their clocks this far apart at most. */
    private static final long TOLERANCE_MS = 2_000;

    private final LocalClient ours;
    private final Oracle oracle;
    private final Deque<String> recent = new ArrayDeque<>();

    public Comparison(LocalClient ours, Oracle oracle) {
        this.ours = ours;
        this.oracle = oracle;
    }

    /** Runs one request on both sides and fails where the replies differ in more than time and order allow. */
    public void run(String... words) {
        if (recent.size() == REMEMBERED) {
            recent.removeFirst();
        }
        recent.addLast(String.join(" ", words));
        String expected = oracle.run(words);
        String actual = ours.run(words);
        if (expected.equals(actual)) {
            return;
        }
        String command = words[0].toUpperCase(Locale.ROOT);
        switch (command) {
            case "TTL", "EXPIRETIME" -> compareTimes(expected, actual, TOLERANCE_MS / 1000);
            case "PTTL", "PEXPIRETIME" -> compareTimes(expected, actual, TOLERANCE_MS);
            case "KEYS" -> assertEquals(
                    sorted(RawReply.parse(expected)), sorted(RawReply.parse(actual)), this::context);
            default -> fail(context() + "\nexpected " + show(expected) + "\nactual   " + show(actual));
        }
    }

    /**
     * Runs a script: a request a line, words parted by blanks, a word with blanks or none at all between quotation
     * marks, where {@code \n}, {@code \0} and {@code \xff} stand for such bytes. Lines that begin with # say something.
     */
    public void script(String script) {
        for (String line : script.split("\n")) {
            String request = line.strip();
            if (!request.isEmpty() && !request.startsWith("#")) {
                run(words(request));
            }
        }
    }

    /** The words of one line of a script. */
    public static String[] words(String line) {
        List<String> words = new ArrayList<>();
        int i = 0;
        while (i < line.length()) {
            if (line.charAt(i) == ' ') {
                i++;
            } else if (line.charAt(i) == '"') {
                int end = line.indexOf('"', i + 1);
                words.add(line.substring(i + 1, end)
                        .replace("\\n", "\n").replace("\\0", "\0").replace("\\xff", "\u00ff"));
                i = end + 1;
            } else {
                int end = line.indexOf(' ', i);
                end = end < 0 ? line.length() : end;
                words.add(line.substring(i, end));
                i = end;
            }
        }
        return words.toArray(String[]::new);
    }

    private void compareTimes(String expected, String actual, long tolerance) {
        if (RawReply.parse(expected) instanceof Long e && RawReply.parse(actual) instanceof Long a
                && e >= 0 && a >= 0 && Math.abs(e - a) <= tolerance) {
            return;
        }
        fail(context() + "\nexpected " + show(expected) + "\nactual   " + show(actual));
    }

    private static Object sorted(Object reply) {
        if (reply instanceof List<?> list) {
            return list.stream().map(String::valueOf).sorted(Comparator.naturalOrder()).toList();
        }
        return reply;
    }

    private String context() {
        return "after\n  " + String.join("\n  ", recent);
    }

    private static String show(String raw) {
        String text = raw.replace("\r\n", " ");
        return text.length() > 400 ? text.substring(0, 400) + "..." : text;
    }
}
