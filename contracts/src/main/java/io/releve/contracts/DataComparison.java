package io.releve.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether two servers hold the same data: digests, expiry times, everything about streams. */
public final class DataComparison {
    private static final int DATABASES = 16;
    /** What depends on how the entries of a stream lie, and what only 7.2 tells. */
    private static final Set<String> INCOMPARABLE = Set.of("radix-tree-keys", "radix-tree-nodes", "active-time");

    /** What commands in an append-only file or a stream do not tell, nor Redis' own. */
    private static final Set<String> UNTOLD = Set.of("seen-time", "entries-read", "lag");

    private final Oracle expected;
    private final Oracle actual;
    private final Set<String> ignored;
    private final boolean deliveries;

    private DataComparison(Oracle expected, Oracle actual, Set<String> ignored, boolean deliveries) {
        this.deliveries = deliveries;
        this.expected = expected;
        this.actual = actual;
        this.ignored = ignored;
    }

    /**
     * Fails when they do not. Both must allow DEBUG.
     *
     * @param seenTimes whether consumers must have been seen at the same time, and groups have read as many entries
     */
    public static void assertSame(Oracle expected, Oracle actual, boolean seenTimes) {
        Set<String> ignored = new HashSet<>(INCOMPARABLE);
        if (!seenTimes) {
            ignored.addAll(UNTOLD);
        }
        new DataComparison(expected, actual, ignored, true).run();
    }

    /**
     * The same for a master and its replica. Redis does not tell its replicas when a consumer reads again what it has pending,
     * and neither do we: consumers with nothing pending, and when and how often entries were delivered, are left out.
     */
    public static void assertReplicated(Oracle master, Oracle replica) {
        Set<String> ignored = new HashSet<>(INCOMPARABLE);
        ignored.addAll(UNTOLD);
        new DataComparison(master, replica, ignored, false).run();
    }

    private void run() {
        for (int database = 0; database < DATABASES; database++) {
            expected.run("select", Integer.toString(database));
            actual.run("select", Integer.toString(database));
            same("dbsize");
            for (Object key : (List<?>) expected.ask("keys", "*")) {
                compare((String) key);
            }
        }
        same("debug", "digest");
        expected.run("select", "0");
        actual.run("select", "0");
    }

    private void compare(String key) {
        same("type", key);
        same("pexpiretime", key);
        same("debug", "digest-value", key);
        if (expected.ask("type", key).equals("stream")) {
            same("xinfo", "stream", key, "full", "count", "0");
        }
    }

    private void same(String... request) {
        assertEquals(essence(expected.ask(request)), essence(actual.ask(request)), String.join(" ", request));
    }

    private static List<Object> ids(List<?> pending) {
        List<Object> ids = new ArrayList<>();
        pending.forEach(entry -> ids.add(((List<?>) entry).get(0)));
        return ids;
    }

    private static boolean isIdleConsumer(Object reply) {
        return reply instanceof List<?> facts && facts.indexOf("name") == 0 && !facts.contains("consumers")
                && facts.contains("pel-count") && String.valueOf(facts.get(facts.indexOf("pel-count") + 1)).equals("0");
    }

    private Object essence(Object reply) {
        if (!(reply instanceof List<?> list)) {
            return reply;
        }
        List<Object> kept = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof String name && ignored.contains(name)) {
                i++;
            } else if (!deliveries && "pending".equals(list.get(i))) {
                kept.add(ids((List<?>) list.get(++i)));
            } else if (deliveries || !isIdleConsumer(list.get(i))) {
                kept.add(essence(list.get(i)));
            }
        }
        if (kept.stream().allMatch(element -> element instanceof List<?> named && named.indexOf("name") == 0)) {
            // consumer groups: where their names are very long their order is another one
            kept.sort(Comparator.comparing(String::valueOf));
        }
        return kept;
    }
}
