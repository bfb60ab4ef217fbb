package io.releve.lab;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** All runs of a scenario in one line. */
record Summary(Scenario scenario, List<Outcome> outcomes) {
    static final List<String> HEADINGS = List.of("scenario", "runs", "promoted after", "no answered write for",
            "answered writes lost", "in sync again after", "resynchronised", "problems");

    private Stream<Change> changes() {
        return outcomes.stream().map(Outcome::changes).flatMap(Collection::stream);
    }

    private Statistic of(Function<Change, Long> value) {
        return Statistic.of(changes().map(value).toList());
    }

    private Statistic lost() {
        return Statistic.of(outcomes.stream().map(outcome -> (long) outcome.lost()).toList());
    }

    private Statistic fixedLost() {
        return Statistic.of(outcomes.stream().filter(outcome -> outcome.fixedAcknowledged() > 0)
                .map(outcome -> (long) outcome.fixedLost()).toList());
    }

    private long resynchronised(String how) {
        return changes().filter(change -> how.equals(change.resync())).count();
    }

    private long problems() {
        return outcomes.stream().filter(outcome -> outcome.problem() != null).count();
    }

    /** As {@link #HEADINGS}: median, and the largest in brackets. */
    List<String> cells() {
        long runs = outcomes.size();
        long changes = changes().count();
        return List.of(scenario.word() + ": " + scenario.text(), changes == runs ? "" + runs : runs + " (" + changes + " changes)",
                seconds(of(Change::promotedMs)), seconds(of(Change::gapMs)),
                number(lost()) + (fixedLost().count() == 0 ? "" : "; of the client on A's side " + number(fixedLost())),
                seconds(of(Change::backMs)), resynchronised("partial") + " partial, " + resynchronised("full") + " full",
                Long.toString(problems()));
    }

    /** The cells with what they mean. */
    List<String> plain() {
        List<String> cells = cells();
        List<String> plain = new ArrayList<>(List.of(cells.get(0)));
        for (int i = 2; i < cells.size() - 1; i++) {
            plain.add(HEADINGS.get(i) + " " + cells.get(i));
        }
        return plain;
    }

    private static String seconds(Statistic statistic) {
        if (statistic.count() == 0) {
            return "never";
        }
        return statistic.count() == 1 ? String.format(Locale.ROOT, "%.2f s", statistic.median() / 1000)
                : String.format(Locale.ROOT, "%.2f s (%.2f s)", statistic.median() / 1000, statistic.max() / 1000.0);
    }

    private static String number(Statistic statistic) {
        return statistic.count() == 1 ? Long.toString(statistic.max())
                : String.format(Locale.ROOT, statistic.median() % 1 == 0 ? "%.0f (%d)" : "%.1f (%d)", statistic.median(), statistic.max());
    }

    String json() {
        Json json = new Json().field("summary", scenario.word()).field("runs", outcomes.size()).field("problems", problems());
        add(json, "promoted_ms", of(Change::promotedMs));
        add(json, "gap_ms", of(Change::gapMs));
        add(json, "back_ms", of(Change::backMs));
        add(json, "lost", lost());
        add(json, "fixed_lost", fixedLost());
        return json.field("resync_partial", resynchronised("partial")).field("resync_full", resynchronised("full")).text();
    }

    private static void add(Json json, String name, Statistic statistic) {
        if (statistic.count() > 0) {
            json.key(name).open('{').field("count", statistic.count()).field("median", statistic.median())
                    .field("max", statistic.max()).close('}');
        }
    }
}
