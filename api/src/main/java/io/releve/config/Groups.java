package io.releve.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A value of whole numbers that belong together in groups of a fixed length: {@code save} takes pairs of seconds and
 * changes. An empty word clears what stands before it.
 */
final class Groups implements Directive.Format<List<String>> {
    private final int length;
    private final String wrong;

    Groups(int length, String wrong) {
        this.length = length;
        this.wrong = wrong;
    }

    @Override
    public List<String> parse(List<String> words) {
        List<String> value = new ArrayList<>();
        for (String word : words.stream().flatMap(Groups::parts).toList()) {
            if (word.isEmpty()) {
                value.clear();
            } else if (word.chars().allMatch(c -> c >= '0' && c <= '9') && word.length() < 19) {
                value.add(word);
            } else {
                throw new IllegalArgumentException(wrong);
            }
        }
        if (words.isEmpty() || value.size() % length != 0) {
            throw new IllegalArgumentException(wrong);
        }
        return List.copyOf(value);
    }

    /** The numbers of a group may stand in one quoted word, as CONFIG GET shows them. */
    private static Stream<String> parts(String word) {
        return word.isBlank() ? Stream.of("") : Stream.of(word.strip().split(" +"));
    }

    @Override
    public String show(List<String> value) {
        return String.join(" ", value);
    }
}
