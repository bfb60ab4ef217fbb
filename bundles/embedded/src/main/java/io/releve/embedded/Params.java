package io.releve.embedded;

import java.util.ArrayList;
import java.util.List;

/** Words of options, in the order in which they are given. */
abstract class Params<P extends Params<P>> implements Options {
    private final List<Object> words = new ArrayList<>();

    /** Appends words: texts, byte arrays, numbers. */
    @SuppressWarnings("unchecked")
    final P with(Object... more) {
        for (Object word : more) {
            if (word == null) {
                throw new NullPointerException("a word of an option");
            }
            words.add(word);
        }
        return (P) this;
    }

    @Override
    public void addTo(Invocation invocation) {
        for (Object word : words) {
            if (word instanceof byte[] bytes) {
                invocation.add(bytes);
            } else if (word instanceof Double number) {
                invocation.add((double) number);
            } else if (word instanceof Long number) {
                invocation.add((long) number);
            } else {
                invocation.add(word.toString());
            }
        }
    }
}
