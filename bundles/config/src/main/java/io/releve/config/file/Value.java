package io.releve.config.file;

import io.releve.config.Directive;
import io.releve.config.Directive.Trait;
import java.util.ArrayList;
import java.util.List;

/**
 * The value of a directive together with the words it was read from.
 *
 * @param words null for the default
 * @param given whether somebody set it
 */
record Value<T>(Directive<T> directive, List<String> words, T value, boolean given) {
    static <T> Value<T> byDefault(Directive<T> directive) {
        return new Value<>(directive, null, directive.defaultValue(), false);
    }

    /** @throws IllegalArgumentException with the text for the user */
    static <T> Value<T> parse(Directive<T> directive, List<String> words, boolean given) {
        return new Value<>(directive, List.copyOf(words), directive.format().parse(words), given);
    }

    /** The value after one more line of a file. */
    Value<T> line(List<String> more) {
        if (!directive.is(Trait.REPEATED)) {
            return parse(directive, more, true);
        }
        List<String> all = new ArrayList<>(given ? words : directive.is(Trait.REPLACED) ? List.of() : shownWords());
        all.addAll(more);
        return parse(directive, all, true);
    }

    /** The value after CONFIG SET, which has one word where redis.conf may have several. */
    Value<T> set(List<String> argument) {
        List<String> words = isSplit(argument) ? split(argument.get(0)) : argument;
        if (directive.is(Trait.REPEATED) && !directive.is(Trait.REPLACED)) {
            List<String> all = new ArrayList<>(shownWords());
            all.addAll(words);
            return parse(directive, all, true);
        }
        return parse(directive, words, true);
    }

    private boolean isSplit(List<String> argument) {
        T example = directive.defaultValue();
        boolean oneWord = example instanceof CharSequence || example instanceof Number || example instanceof Boolean
                || example instanceof Enum;
        return argument.size() == 1 && !oneWord;
    }

    private static List<String> split(String argument) {
        return argument.isBlank() ? List.of("") : List.of(argument.strip().split(" +"));
    }

    /** The same words in the eyes of another declaration of the same name. */
    <U> Value<U> as(Directive<U> other) {
        return words == null ? byDefault(other) : parse(other, words, given);
    }

    String shown() {
        return directive.format().show(value);
    }

    /** What stands behind the name in redis.conf. */
    List<String> shownWords() {
        String shown = shown();
        if (value instanceof String || shown.isEmpty()) {
            return directive.is(Trait.REPEATED) && shown.isEmpty() ? List.of() : List.of(shown);
        }
        return List.of(shown.split(" +"));
    }

    boolean isDefault() {
        return shown().equals(directive.format().show(directive.defaultValue()));
    }
}
