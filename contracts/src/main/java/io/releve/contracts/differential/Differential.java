package io.releve.contracts.differential;

import io.releve.contracts.Oracle;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Sends the same random requests to a real server and to another, compares every reply and in the end everything that is
 * stored. A sequence is known by its seed.
 */
public final class Differential {
    private static final int REQUESTS = 400;
    private static final List<String[]> LIMITS = List.of(
            new String[] {"hash-max-listpack-entries", "4", "512"}, new String[] {"hash-max-listpack-value", "8", "64"},
            new String[] {"set-max-intset-entries", "4", "512"}, new String[] {"zset-max-listpack-entries", "4", "128"},
            new String[] {"zset-max-listpack-value", "8", "64"}, new String[] {"list-max-listpack-size", "4", "-2"},
            new String[] {"stream-node-max-entries", "3", "100"}, new String[] {"hll-sparse-max-bytes", "100", "3000"});

    private final Oracle oracle;
    private final Oracle ours;
    private long requests;

    /**
     * @param oracle the real server
     * @param ours a client of the other
     */
    public Differential(Oracle oracle, Oracle ours) {
        this.oracle = oracle;
        this.ours = ours;
    }

    /** How many requests have been compared. */
    public long requests() {
        return requests;
    }

    /**
     * Runs one sequence.
     *
     * @return null when the servers agree, else what was said before they did not
     */
    public String run(long seed) {
        Random random = new Random(seed);
        RequestGenerator generator = new RequestGenerator(oracle, ours, random);
        List<String> log = new ArrayList<>();
        both(log, List.of("FLUSHALL"));
        for (String[] limit : LIMITS) {
            both(log, List.of("CONFIG", "SET", limit[0], limit[1 + random.nextInt(2)]));
        }
        both(log, List.of("SELECT", "0"));
        boolean resp3 = random.nextInt(4) == 0;
        oracle.run("HELLO", resp3 ? "3" : "2");
        ours.run("HELLO", resp3 ? "3" : "2");
        for (int i = 0; i < REQUESTS; i++) {
            List<String> request = generator.next();
            if (!Differences.unsuitable(request) && !isUnspecified(request) && !both(log, request)) {
                return report(seed, log);
            }
            for (List<String> more : Differences.followUp(request)) {
                both(log, more);
            }
        }
        oracle.run("HELLO", "2");
        ours.run("HELLO", "2");
        for (String key : Words.ALL_KEYS) {
            for (List<String> read : CanonicalRead.of(oracle, key)) {
                if (!both(log, read)) {
                    return report(seed, log);
                }
            }
        }
        return null;
    }

    /**
     * Ranges of byte strings where scores differ: in a skip list they depend on its random levels, and what LIMIT skips is
     * not looked at. And which of several members at the same place are the nearest.
     */
    private boolean isUnspecified(List<String> request) {
        if (request.get(0).startsWith("GEO") && request.contains("COUNT") && request.size() > 2) {
            int source = request.get(0).equals("GEOSEARCHSTORE") ? 2 : 1;
            return oracle.ask("ZRANGE", request.get(source), "0", "-1", "WITHSCORES") instanceof List<?> members
                    && hasEqualScores(members);
        }
        boolean byMember = request.get(0).matches("Z.*LEX.*") || request.contains("BYLEX");
        int position = request.get(0).equals("ZRANGESTORE") ? 2 : 1;
        if (!byMember || request.size() <= position) {
            return false;
        }
        String key = request.get(position);
        return (request.contains("LIMIT") || "skiplist".equals(oracle.ask("OBJECT", "ENCODING", key)))
                && !score(key, "0").equals(score(key, "-1"));
    }

    /** Members and scores in turn, or in pairs. */
    private static boolean hasEqualScores(List<?> members) {
        Object before = null;
        for (int i = 0; i < members.size(); i++) {
            boolean paired = members.get(i) instanceof List<?>;
            if (!paired && i % 2 == 0) {
                continue;
            }
            Object score = paired ? ((List<?>) members.get(i)).get(1) : members.get(i);
            if (score.equals(before)) {
                return true;
            }
            before = score;
        }
        return false;
    }

    /** The score of a member by its rank; empty without a sorted set. */
    private String score(String key, String rank) {
        return oracle.ask("ZRANGE", key, rank, rank, "WITHSCORES") instanceof List<?> reply && !reply.isEmpty()
                ? String.valueOf(reply.get(reply.size() - 1)).replaceFirst(".*,", "") : "";
    }

    private boolean both(List<String> log, List<String> request) {
        String[] words = request.toArray(String[]::new);
        requests++;
        if (words[0].equals("SORT")) {
            // makes Redis forget a number out of range, after which it takes no text for a number
            oracle.run("ZADD", "none", "XX", "1.5", "a");
        }
        String expected = oracle.run(words);
        String actual = ours.run(words);
        log.add(show(String.join(" ", request)) + "\n      " + show(expected));
        if (ReplyComparison.agree(request, expected, actual)) {
            return true;
        }
        log.add("  ours: " + show(actual));
        return false;
    }

    private static String report(long seed, List<String> log) {
        String last = log.get(log.size() - 2);
        String[] words = last.split("\\s+");
        // what concerns the keys of the request that failed
        List<String> about = new ArrayList<>();
        for (String line : log.subList(0, log.size() - 2)) {
            for (String word : words) {
                if (Words.ALL_KEYS.contains(word) && (line.split("\n")[0] + " ").contains(" " + word + " ")) {
                    about.add(line);
                    break;
                }
            }
        }
        List<String> recent = about.subList(Math.max(0, about.size() - 25), about.size());
        return "seed " + seed + ", request " + log.size() + "\n  " + String.join("\n  ", recent) + "\n  " + last + "\n"
                + log.get(log.size() - 1);
    }

    private static String show(String text) {
        StringBuilder shown = new StringBuilder();
        for (char c : text.replace("\r\n", " ").toCharArray()) {
            shown.append(c < ' ' || c > '~' ? String.format("\\x%02x", (int) c) : String.valueOf(c));
        }
        return shown.length() > 4000 ? shown.substring(0, 4000) + "..." : shown.toString();
    }
}
