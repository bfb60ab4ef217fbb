package io.releve.lab;

import io.releve.cli.Connection;
import io.releve.cli.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Writes of a {@link WriteLoad} that were answered. As text: its name and ranges of numbers, {@code load 0-99,101}.
 *
 * @param numbers not changed any more
 */
public record Acknowledged(String name, BitSet numbers) {
    private static final int BATCH = 500;
    private static final int TIMEOUT_MS = 10_000;

    static Acknowledged parse(String text) {
        String[] words = text.split(" ");
        BitSet numbers = new BitSet();
        if (words.length > 1) {
            for (String range : words[1].split(",")) {
                String[] ends = range.split("-");
                numbers.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
            }
        }
        return new Acknowledged(words[0], numbers);
    }

    int count() {
        return numbers.cardinality();
    }

    /** Those that were not answered at that time. */
    Acknowledged since(Acknowledged earlier) {
        BitSet later = (BitSet) numbers.clone();
        later.andNot(earlier.numbers);
        return new Acknowledged(name, later);
    }

    /** How many of them a server does not have. */
    public int lost(Endpoint server) throws IOException {
        int lost = 0;
        try (Connection connection = server.connect(TIMEOUT_MS)) {
            int[] all = numbers.stream().toArray();
            for (int begin = 0; begin < all.length; begin += BATCH) {
                int end = Math.min(all.length, begin + BATCH);
                List<String> words = new ArrayList<>(List.of("MGET"));
                for (int i = begin; i < end; i++) {
                    words.add(name + all[i]);
                }
                Reply reply = connection.call(words.toArray(String[]::new));
                if (reply instanceof Reply.Failure failure) {
                    throw new IOException(failure.message());
                }
                List<String> values = Endpoint.texts(reply);
                for (int i = begin; i < end; i++) {
                    lost += Integer.toString(all[i]).equals(values.get(i - begin)) ? 0 : 1;
                }
            }
        }
        return lost;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name);
        char separator = ' ';
        for (int from = numbers.nextSetBit(0); from >= 0;) {
            int end = numbers.nextClearBit(from);
            text.append(separator).append(from);
            if (end > from + 1) {
                text.append('-').append(end - 1);
            }
            separator = ',';
            from = numbers.nextSetBit(end);
        }
        return text.toString();
    }
}
