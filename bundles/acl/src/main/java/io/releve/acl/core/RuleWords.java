package io.releve.acl.core;

import java.util.ArrayList;
import java.util.List;

/** Words as they come, put together to rules: a selector in brackets is one, however many words it has. */
final class RuleWords {
    private RuleWords() {
    }

    /** A selector that is not closed. */
    static final class UnmatchedException extends Exception {
        private static final long serialVersionUID = 1;

        /** @param start the word it begins with */
        UnmatchedException(String start) {
            super(start);
        }
    }

    static List<String> merged(List<String> words) throws UnmatchedException {
        List<String> rules = new ArrayList<>();
        StringBuilder open = null;
        String start = null;
        for (String word : words) {
            if (open == null && word.startsWith("(") && !word.endsWith(")")) {
                open = new StringBuilder(word);
                start = word;
            } else if (open == null) {
                rules.add(word);
            } else {
                open.append(' ').append(word);
                if (word.endsWith(")")) {
                    rules.add(open.toString());
                    open = null;
                }
            }
        }
        if (open != null) {
            throw new UnmatchedException(start);
        }
        return rules;
    }
}
