package io.releve.perf.compare;

import java.util.List;
import java.util.Locale;

/** Median, smallest and largest of the rounds. */
record Spread(double median, double min, double max) {

    static Spread of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
    }

    /** For a ratio: {@code **0.85** (0.81..0.90)}. */
    String ratio() {
        return String.format(Locale.ROOT, "**%.2f** (%.2f..%.2f)", median, min, max);
    }
}
