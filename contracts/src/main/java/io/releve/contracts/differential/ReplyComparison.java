package io.releve.contracts.differential;

import io.releve.bytes.Numbers;
import io.releve.contracts.RawReply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Whether two replies to one request agree, as far as Redis promises anything. */
final class ReplyComparison {
    /** What comes in the order of a hash table. */
    private static final Set<String> UNORDERED = Set.of("SMEMBERS", "SUNION", "SINTER", "SDIFF", "HKEYS", "HVALS", "SORT");
    private static final Set<String> UNORDERED_PAIRS = Set.of("HGETALL");
    private static final Set<String> SCANS = Set.of("SSCAN", "HSCAN", "ZSCAN");
    /** What tells the time: numbers may differ a little. */
    private static final Set<String> TIMED = Set.of("TTL", "PTTL", "EXPIRETIME", "PEXPIRETIME", "XPENDING", "XINFO");
    private static final long TOLERANCE_MS = 5000;
    /** Fields of XINFO that describe Redis' own structures, or that 7.2 has more of. */
    private static final Set<String> STRUCTURE = Set.of("radix-tree-keys", "radix-tree-nodes", "active-time", "inactive",
            "seen-time", "idle");

    /** Commands whose replies hold scores. */
    private static final Pattern SCORES = Pattern.compile("B?Z.*|GEO.*");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?(e[-+][0-9]+)?");
    private static final Pattern FRACTION = Pattern.compile("-?[0-9]+\\.[0-9]+(e[-+][0-9]+)?");
    private static final double ROUNDING = 1e-14;

    private ReplyComparison() {
    }

    static boolean agree(List<String> request, String expected, String actual) {
        if (expected.equals(actual)) {
            return true;
        }
        if (expected.charAt(0) != actual.charAt(0)) {
            return false;
        }
        String name = request.get(0).toUpperCase(Locale.ROOT);
        Object theirs = RawReply.parse(expected);
        Object ours = RawReply.parse(actual);
        if (name.equals("OBJECT") && "skiplist".equals(theirs) && "listpack".equals(ours)) {
            // SORT leaves no sorted set compact
            return true;
        }
        if (SCORES.matcher(name).matches()) {
            theirs = shortest(theirs);
            ours = shortest(ours);
            if (near(theirs, ours)) {
                return true;
            }
        }
        if (UNORDERED.contains(name)) {
            return Objects.equals(sorted(theirs, 1), sorted(ours, 1));
        }
        if (UNORDERED_PAIRS.contains(name)) {
            return Objects.equals(sorted(theirs, 2), sorted(ours, 2));
        }
        if (SCANS.contains(name) && theirs instanceof List<?> a && ours instanceof List<?> b && a.size() == 2) {
            // what another cursor means is the server's own; large collections come in pieces of another size
            return !request.get(2).equals("0") || !a.get(0).equals("0") || !b.get(0).equals("0")
                    || Objects.equals(sorted(a.get(1), 1), sorted(b.get(1), 1));
        }
        return TIMED.contains(name) && similar(theirs, ours);
    }

    /**
     * Since 7.2 scores are written in the shortest form that reads back as the same number. Whether a zero keeps its sign
     * depends on Redis' encoding.
     */
    private static Object shortest(Object reply) {
        if (reply instanceof List<?> list) {
            List<Object> elements = new ArrayList<>();
            list.forEach(element -> elements.add(shortest(element)));
            return elements;
        }
        return reply instanceof String text && NUMBER.matcher(text).matches()
                ? Numbers.text(Double.parseDouble(text) + 0.0) : reply;
    }

    /**
     * Equal but for the last digits of fractions: the C library's sine, cosine and arc sine round otherwise than Java's,
     * so that a stored distance may be the next number.
     */
    private static boolean near(Object theirs, Object ours) {
        if (theirs instanceof List<?> a && ours instanceof List<?> b) {
            return a.size() == b.size() && IntStream.range(0, a.size()).allMatch(i -> near(a.get(i), b.get(i)));
        }
        if (Objects.equals(theirs, ours)) {
            return true;
        }
        if (!(theirs instanceof String a && ours instanceof String b && FRACTION.matcher(a).matches()
                && FRACTION.matcher(b).matches())) {
            return false;
        }
        double expected = Double.parseDouble(a);
        return Math.abs(expected - Double.parseDouble(b)) <= Math.abs(expected) * ROUNDING;
    }

    private static Object sorted(Object reply, int step) {
        if (!(reply instanceof List<?> list)) {
            return reply;
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < list.size(); i += step) {
            parts.add(String.valueOf(list.subList(i, Math.min(i + step, list.size()))));
        }
        parts.sort(Comparator.naturalOrder());
        return parts;
    }

    /** Equal but for times. */
    private static boolean similar(Object theirs, Object ours) {
        if (theirs instanceof Long a && ours instanceof Long b) {
            return a.equals(b) || a >= 0 && b >= 0 && Math.abs(a - b) <= TOLERANCE_MS;
        }
        if (theirs instanceof List<?> a && ours instanceof List<?> b) {
            List<?> left = withoutStructure(a);
            List<?> right = withoutStructure(b);
            if (left.size() != right.size()) {
                return false;
            }
            for (int i = 0; i < left.size(); i++) {
                if (!similar(left.get(i), right.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return Objects.equals(theirs, ours);
    }

    private static List<?> withoutStructure(List<?> reply) {
        List<Object> rest = new ArrayList<>();
        for (int i = 0; i < reply.size(); i++) {
            if (reply.get(i) instanceof String name && STRUCTURE.contains(name)) {
                i++;
            } else {
                rest.add(reply.get(i));
            }
        }
        return rest;
    }
}
