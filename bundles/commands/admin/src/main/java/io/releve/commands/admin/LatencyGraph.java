package io.releve.commands.admin;

import io.releve.engine.Latencies;
import java.util.List;

/** The samples of an event as columns of letters, and below each how long ago it was, from top to bottom. */
final class LatencyGraph {
    private static final int ROWS = 4;
    private static final int MOST_COLUMNS = 80;
    /** The top of a column, by the third of a row that it reaches. */
    private static final char[] TOPS = {'_', 'o', '#'};

    private LatencyGraph() {
    }

    /** @param now seconds since the epoch */
    static String of(Latencies.Event event, long now) {
        List<Latencies.Sample> all = event.samples();
        List<Latencies.Sample> samples = all.subList(Math.max(0, all.size() - MOST_COLUMNS), all.size());
        long low = Long.MAX_VALUE;
        long high = 0;
        for (Latencies.Sample sample : samples) {
            low = Math.min(low, sample.milliseconds());
            high = Math.max(high, sample.milliseconds());
        }
        StringBuilder text = new StringBuilder();
        text.append(event.name()).append(" - high ").append(high).append(" ms, low ").append(low)
                .append(" ms (all time high ").append(event.worst()).append(" ms)\n");
        text.append("-".repeat(MOST_COLUMNS)).append('\n');
        for (int row = ROWS - 1; row >= 0; row--) {
            for (Latencies.Sample sample : samples) {
                text.append(letter(step(sample.milliseconds(), low, high), row));
            }
            text.append('\n');
        }
        text.append('\n');
        ages(text, samples, now);
        return text.toString();
    }

    /** Height of a column in thirds of rows. */
    private static int step(long value, long low, long high) {
        return high == low ? 0 : (int) Math.round((double) (value - low) / (high - low) * (ROWS * TOPS.length - 1));
    }

    private static char letter(int step, int row) {
        int top = step / TOPS.length;
        return row > top ? ' ' : row < top ? '|' : TOPS[step % TOPS.length];
    }

    private static void ages(StringBuilder text, List<Latencies.Sample> samples, long now) {
        List<String> ages = samples.stream().map(sample -> age(now - sample.time())).toList();
        int longest = ages.stream().mapToInt(String::length).max().orElse(0);
        for (int row = 0; row < longest; row++) {
            for (String age : ages) {
                text.append(row < age.length() ? age.charAt(row) : ' ');
            }
            text.append('\n');
        }
    }

    private static String age(long seconds) {
        if (seconds < 60) {
            return Math.max(0, seconds) + "s";
        }
        if (seconds < 3600) {
            return seconds / 60 + "m";
        }
        return seconds < 86_400 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
    }
}
