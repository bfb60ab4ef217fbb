package io.releve.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is made of measured values. */
class ResultsTest {
    @Test
    void statistics() {
        assertEquals(new Statistic(3, 5, 9), Statistic.of(List.of(9L, 1L, 5L)));
        assertEquals(new Statistic(2, 1.5, 2), Statistic.of(Arrays.asList(2L, null, 1L)));
        assertEquals(new Statistic(0, 0, 0), Statistic.of(Arrays.asList((Long) null)));
    }

    @Test
    void acknowledgedWritesAreRanges() {
        BitSet numbers = new BitSet();
        numbers.set(0, 100);
        numbers.set(101);
        Acknowledged all = new Acknowledged("load", numbers);
        assertEquals("load 0-99,101", all.toString());
        assertEquals(all, Acknowledged.parse(all.toString()));
        assertEquals("load", new Acknowledged("load", new BitSet()).toString());
        assertEquals(0, Acknowledged.parse("load").count());
        assertEquals("load 50-99,101", all.since(Acknowledged.parse("load 0-49")).toString());
    }

    @Test
    void aSentinelIsElectedInTheEpochItTriedIn() {
        Leaders leaders = new Leaders();
        leaders.read("A1", "x +new-epoch 4\nx +try-failover master m\nx +new-epoch 5\nx +elected-leader master m\n");
        leaders.read("B1", "x +new-epoch 5\nx +vote-for-leader abc 5\n");
        assertEquals(Map.of(4L, List.of("A1")), leaders.byEpoch());
        assertNull(leaders.problem());
        leaders.read("B2", "x +new-epoch 4\nx +try-failover master m\nx +elected-leader master m\n");
        assertEquals("two leaders in epoch 4: [A1, B2]", leaders.problem());
    }

    private static Outcome outcome(int run, String problem, Change... changes) {
        return new Outcome(Scenario.A, run, List.of(changes), 1000, run - 1, 0, 0, Map.of(2L, List.of("B1")), problem);
    }

    @Test
    void asJson() {
        assertEquals("{\"scenario\":\"a\",\"run\":1,\"changes\":[{\"promoted_ms\":3500,\"gap_ms\":4000,\"back_ms\":null,\"resync\":null}],"
                + "\"acknowledged\":1000,\"lost\":0,\"leaders\":{\"2\":[\"B1\"]},\"problem\":\"a \\\"b\\\"\\u000a\"}",
                outcome(1, "a \"b\"\n", new Change(3500L, 4000, null, null)).json());
    }

    @Test
    void asATable() {
        Summary summary = new Summary(Scenario.A, List.of(outcome(1, null, new Change(3500L, 4000, 5000L, "partial")),
                outcome(2, "bad", new Change(3700L, 4400, null, null))));
        assertEquals(List.of("a: a machine loses power, back later", "2", "3.60 s (3.70 s)", "4.20 s (4.40 s)", "0.5 (1)", "5.00 s",
                "1 partial, 0 full", "1"), summary.cells().subList(0, 8));
        Table table = new Table(List.of("a", "long"));
        table.add(List.of("bb", "c"));
        assertEquals("| a | long |\n|---|---|\n| bb | c |\n", table.markdown());
        assertEquals("a   long\nbb  c\n", table.columns());
    }
}
