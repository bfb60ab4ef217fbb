package io.releve.sentinel.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rules of election, by trying all sets of votes. */
class ElectorateTest {
    private static Electorate of(int first, int second, int quorum) {
        Map<String, String> hosts = new HashMap<>();
        for (int i = 0; i < first; i++) {
            hosts.put("a" + i, "A");
        }
        for (int i = 0; i < second; i++) {
            hosts.put("b" + i, "B");
        }
        return new Electorate(hosts, quorum);
    }

    private static List<Set<String>> subsets(Electorate of) {
        List<String> all = new ArrayList<>(new TreeSet<>(of.members()));
        List<Set<String>> subsets = new ArrayList<>();
        for (int bits = 0; bits < 1 << all.size(); bits++) {
            Set<String> subset = new TreeSet<>();
            for (int i = 0; i < all.size(); i++) {
                if ((bits >> i & 1) == 1) {
                    subset.add(all.get(i));
                }
            }
            subsets.add(subset);
        }
        return subsets;
    }

    @Test
    void theArticlesTwoMachines() {
        Electorate four = of(2, 2, 1);
        assertTrue(four.isTwoHosts());
        assertTrue(four.elects(Set.of("b0", "b1"), "b0", "A", true), "the other host decides alone");
        assertFalse(four.elects(Set.of("b0", "b1"), "b0", "A", false), "somebody there is heard");
        assertFalse(four.elects(Set.of("a0", "a1"), "a0", "A", true), "the master's own host does not");
        assertFalse(four.elects(Set.of("b0"), "b0", "A", true), "one other must agree");
        assertTrue(four.elects(Set.of("a0", "b0", "b1"), "b0", "A", false), "a majority");
        assertFalse(four.elects(Set.of("a0", "b0", "b1"), "a0", "A", false), "not without a majority of its own host");
        assertFalse(of(1, 1, 1).elects(Set.of("b0"), "b0", "A", true), "a single one is never enough");
    }

    @Test
    void threeHostsHaveRedisRule() {
        Electorate three = new Electorate(Map.of("a", "A", "b", "B", "c", "C"), 2);
        assertFalse(three.isTwoHosts());
        assertTrue(three.elects(Set.of("a", "b"), "a", "C", false));
        assertFalse(three.elects(Set.of("a"), "a", "C", true));
        assertEquals(3, new Electorate(Map.of("a", "A", "b", "B", "c", "C"), 3).majority(), "the quorum may be more than the majority");
        assertFalse(new Electorate(Map.of("a", "A", "b", ""), 1).isTwoHosts(), "a host that is not known may be a third one");
    }

    /** A set blocks exactly when nobody can be elected by those outside of it, whoever is silent. */
    @Test
    void blockingIsTheOppositeOfElecting() {
        for (int first = 1; first <= 4; first++) {
            for (int second = 1; second <= 4; second++) {
                for (int quorum = 1; quorum <= 3; quorum++) {
                    Electorate electorate = of(first, second, quorum);
                    for (Set<String> promised : subsets(electorate)) {
                        Set<String> others = new TreeSet<>(electorate.members());
                        others.removeAll(promised);
                        for (String masterHost : List.of("A", "B")) {
                            boolean elects = others.stream().anyMatch(id -> electorate.elects(others, id, masterHost, true));
                            assertEquals(!elects, electorate.blocks(promised, masterHost),
                                    first + "+" + second + " quorum " + quorum + " " + promised + " master on " + masterHost);
                        }
                        boolean any = others.stream().anyMatch(id -> electorate.elects(others, id, "A", true)
                                || electorate.elects(others, id, "B", true));
                        assertEquals(!any, electorate.blocks(promised, ""), () -> promised + ", the master may be anywhere");
                    }
                }
            }
        }
    }

    /** Two candidates that may use one epoch never both get votes enough, when nobody votes twice. */
    @Test
    void oneLeaderAnEpoch() {
        for (int first = 1; first <= 4; first++) {
            for (int second = 1; second <= 4; second++) {
                Electorate electorate = of(first, second, 1);
                for (Set<String> votes : subsets(electorate)) {
                    Set<String> others = new TreeSet<>(electorate.members());
                    others.removeAll(votes);
                    for (long epoch = 1; epoch <= 2; epoch++) {
                        for (String one : votes) {
                            for (String other : others) {
                                if (!electorate.mayUse(one, epoch) || !electorate.mayUse(other, epoch)) {
                                    continue;
                                }
                                // what each believes of the master is as bad as can be
                                boolean both = List.of("A", "B").stream().anyMatch(host -> electorate.elects(votes, one, host, true))
                                        && List.of("A", "B").stream().anyMatch(host -> electorate.elects(others, other, host, true));
                                assertFalse(both, votes + " for " + one + ", " + others + " for " + other + " in " + epoch);
                            }
                        }
                    }
                }
            }
        }
    }
}
