package io.releve.sentinel.core;

import io.releve.format.guard.Address;
import io.releve.format.guard.Arrangement;
import io.releve.format.guard.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known of the copies when another master is to be chosen. The last thing the master said may have been overtaken by
 * what sentinels have proposed since, and nobody may know which of it was decided: so whoever is to lead must be right in all cases.
 */
final class Copies {
    private final List<Arrangement> possible = new ArrayList<>();
    private final Arrangement latest;

    /** @param told pairs: what the master said last, and what was proposed after that; of each who voted */
    Copies(List<List<Arrangement>> told) {
        Arrangement later = Arrangement.NONE;
        Arrangement said = Arrangement.NONE;
        for (List<Arrangement> pair : told) {
            said = pair.get(0).stamp().compareTo(said.stamp()) > 0 ? pair.get(0) : said;
            for (Arrangement arrangement : pair) {
                later = arrangement.stamp().compareTo(later.stamp()) > 0 ? arrangement : later;
            }
        }
        latest = later;
        possible.add(said);
        for (List<Arrangement> pair : told) {
            if (pair.get(1).stamp().compareTo(said.stamp()) > 0) {
                possible.add(pair.get(1));
            }
        }
    }

    /** What a new arrangement has to be later than. */
    Stamp stamp() {
        return latest.stamp();
    }

    int need() {
        return possible.stream().mapToInt(Arrangement::need).max().orElse(0);
    }

    /** Whom an earlier leader has had accepted, null unless it is another than the master. */
    Address begun(Address master) {
        return need() > 0 && latest.holder() != null && !latest.holder().equals(master) ? latest.holder() : null;
    }

    /** All whose copies may count. */
    Set<String> members() {
        Set<String> members = new TreeSet<>();
        possible.forEach(arrangement -> members.addAll(arrangement.members()));
        return members;
    }

    /** Whether every answered write is at one of these. */
    boolean areEnough(Set<String> promised) {
        return possible.stream().allMatch(arrangement -> arrangement.members().stream().filter(promised::contains).count()
                >= arrangement.quorum());
    }

    /** Whether this one's copy counts in any case. */
    boolean mayLead(String runId) {
        return possible.stream().allMatch(arrangement -> arrangement.members().contains(runId));
    }
}
