package io.releve.sentinel.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which sentinels a master has, and on which hosts. A membership is settled when every sentinel of ours in it has written
 * down the same one; until then an election needs the votes that the old one asks for and those that the new one does.
 * One view as words: {@code id@host}, ordered, with blanks between them.
 */
final class Membership {
    private final String self;
    private final Map<String, String> known = new TreeMap<>();
    private String prepared = "";
    private String settled = "";

    Membership(String self, String ownHost) {
        this.self = self;
        known.put(self, ownHost);
    }

    /** What was written down before a restart. */
    void recall(String preparedBefore, String settledBefore) {
        prepared = preparedBefore == null ? "" : preparedBefore;
        settled = settledBefore == null ? "" : settledBefore;
    }

    /** A sentinel and its host, which is empty while it is not known or not told. */
    void know(String id, String host) {
        known.put(id, host);
    }

    void forget(String id) {
        known.remove(id);
    }

    String view() {
        return known.entrySet().stream().map(e -> e.getKey() + "@" + e.getValue()).reduce((a, b) -> a + " " + b).orElse("");
    }

    String prepared() {
        return prepared;
    }

    String settled() {
        return settled;
    }

    /**
     * Takes the next step if the others allow it.
     *
     * @param reports of those of ours among the others: what each says it sees, has prepared and has settled
     * @return whether something changed that must be on disk before it is told
     */
    boolean step(Map<String, Report> reports) {
        String view = view();
        if (settled.equals(view)) {
            boolean changed = !prepared.isEmpty();
            prepared = "";
            return changed;
        }
        for (String id : known.keySet()) {
            Report report = reports.get(id);
            boolean ours = !known.get(id).isEmpty();
            if (!id.equals(self) && ours && (report == null || !report.view.equals(view))) {
                return false;
            }
        }
        if (!prepared.equals(view)) {
            prepared = view;
            return true;
        }
        boolean all = known.keySet().stream().filter(id -> !id.equals(self) && !known.get(id).isEmpty())
                .allMatch(id -> reports.get(id).prepared.equals(view) || reports.get(id).settled.equals(view));
        if (all) {
            settled = view;
            prepared = "";
        }
        return all;
    }

    /** What another sentinel sees, has prepared, has settled. */
    record Report(String view, String prepared, String settled) {
    }

    /** The rules in force: all of them must be met. */
    Rules rules(int quorum) {
        List<Electorate> all = new ArrayList<>();
        String view = view();
        if (!settled.isEmpty()) {
            all.add(electorate(settled, quorum));
        }
        if (!prepared.isEmpty() && !prepared.equals(settled)) {
            all.add(plain(prepared, quorum));
        }
        if (!view.equals(settled) && !view.equals(prepared)) {
            all.add(plain(view, quorum));
        }
        return new Rules(all);
    }

    private static Electorate electorate(String view, int quorum) {
        return new Electorate(parse(view), quorum);
    }

    /** By Redis' rule alone, as the hosts are not agreed upon. */
    private static Electorate plain(String view, int quorum) {
        Map<String, String> hosts = parse(view);
        hosts.replaceAll((id, host) -> "");
        return new Electorate(hosts, quorum);
    }

    private static Map<String, String> parse(String view) {
        Map<String, String> hosts = new TreeMap<>();
        for (String word : view.split(" ")) {
            int at = word.indexOf('@');
            hosts.put(word.substring(0, at), word.substring(at + 1));
        }
        return hosts;
    }

    /** Several electorates at once. */
    record Rules(List<Electorate> all) {
        boolean elects(Set<String> votes, String candidate, String masterHost, boolean masterHostSilent) {
            return all.stream().allMatch(e -> e.elects(votes, candidate, masterHost, masterHostSilent));
        }

        boolean blocks(Set<String> promised, String masterHost) {
            return all.stream().anyMatch(e -> e.blocks(promised, masterHost));
        }

        boolean mayUse(String candidate, long epoch) {
            return all.stream().allMatch(e -> e.mayUse(candidate, epoch));
        }

        boolean canLead(String candidate, Set<String> alive) {
            return all.stream().allMatch(e -> e.canLead(candidate, alive));
        }

        boolean isTwoHosts() {
            return all.stream().anyMatch(Electorate::isTwoHosts);
        }

        /** Redis' number of votes, the largest of them. */
        int majority() {
            return all.stream().mapToInt(Electorate::majority).max().orElse(1);
        }
    }
}
