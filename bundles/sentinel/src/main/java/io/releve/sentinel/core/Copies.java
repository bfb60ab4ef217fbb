package io.releve.sentinel.core;

import io.releve.format.guard.Address;
import io.releve.format.guard.Arrangement;
import io.releve.format.guard.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What is known of the copies when another master is to be chosen. The last thing the master said may have been overtaken by
 * what sentinels have proposed since, or by a leader that was not heard of again, and nobody may know which of it was decided: so
 * whoever is to lead must be right in all cases.
 */
final class Copies {
    private final List<Arrangement> possible = new ArrayList<>();
    private final Stamp latest;
    private final int need;
    private Address begun;

    /**
     * @param told of each who voted, by id, what the master said last and what was proposed after that; the witness' is empty
     * @param blocks whether nothing can have been decided without one of these
     */
    Copies(Map<String, List<Arrangement>> told, Address master, Predicate<Set<String>> blocks) {
        Stamp later = Stamp.NONE;
        int most = 0;
        Stamp other = Stamp.NONE;
        for (List<Arrangement> all : told.values()) {
            for (Arrangement arrangement : all) {
                later = later(later, arrangement.stamp());
                most = Math.max(most, arrangement.need());
            }
            if (isOther(all.get(0), master)) {
                other = later(other, all.get(0).stamp());
                begun = all.get(0).stamp().equals(other) ? all.get(0).holder() : begun;
            }
        }
        latest = later;
        need = most;
        Set<String> without = new TreeSet<>();
        for (Map.Entry<String, List<Arrangement>> each : told.entrySet()) {
            if (each.getValue().get(0).stamp().compareTo(other) < 0) {
                without.add(each.getKey());
            }
        }
        if (begun != null && blocks.test(without)) {
            begun = null;
        }
        Arrangement said = Arrangement.NONE;
        for (List<Arrangement> all : told.values()) {
            said = !isOther(all.get(0), master) && all.get(0).stamp().compareTo(said.stamp()) > 0 ? all.get(0) : said;
        }
        possible.add(said);
        for (List<Arrangement> all : told.values()) {
            for (Arrangement proposed : all.subList(1, all.size())) {
                if (!isOther(proposed, master) && proposed.stamp().compareTo(said.stamp()) > 0) {
                    possible.add(proposed);
                }
            }
        }
    }

    private static boolean isOther(Arrangement arrangement, Address master) {
        return arrangement.holder() != null && !arrangement.holder().equals(master) && arrangement.stamp().version() == 0
                && arrangement.stamp().term() > 0;
    }

    private static Stamp later(Stamp a, Stamp b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /** What a new arrangement has to be later than. */
    Stamp stamp() {
        return latest;
    }

    int need() {
        return need;
    }

    /** Whom an earlier leader may have made master already, null without. */
    Address begun() {
        return need() > 0 ? begun : null;
    }

    /** All whose copies may count. */
    Set<String> members() {
        Set<String> members = new TreeSet<>();
        possible.forEach(arrangement -> members.addAll(arrangement.members()));
        return members;
    }

    /** Whether every answered write is at one of these. */
    boolean areEnough(Set<String> promised) {
        return possible.stream().allMatch(arrangement -> arrangement.need() == 0 || arrangement.members().stream()
                .filter(promised::contains).count() >= arrangement.quorum());
    }

    /** Whether this one's copy counts in any case. */
    boolean mayLead(String runId, Address address) {
        return possible.stream().allMatch(arrangement -> arrangement.need() == 0 || arrangement.members().contains(runId))
                && (begun() == null || begun().equals(address));
    }
}
