package io.releve.embedded;

/** Words that are there or not. */
final class Flags {
    private Flags() {
    }

    static Options replace(boolean replace) {
        return words -> {
            if (replace) {
                words.add("REPLACE");
            }
        };
    }

    static Options makeStream(boolean yes) {
        return words -> {
            if (yes) {
                words.add("MKSTREAM");
            }
        };
    }
}
