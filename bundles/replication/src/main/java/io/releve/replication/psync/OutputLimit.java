package io.releve.replication.psync;

import io.releve.config.Settings;

/**
 * How far a replica may be behind: the class {@code slave} of {@code client-output-buffer-limit}, which belongs to the
 * listener.
 *
 * @param hard bytes, 0 for none
 * @param soft bytes that may be exceeded for a while, 0 for none
 * @param softSeconds how long
 */
record OutputLimit(long hard, long soft, long softSeconds) {
    private static final String DIRECTIVE = "client-output-buffer-limit";
    private static final String CLASS = "slave";

    static OutputLimit of(Settings settings) {
        String[] words = settings.find(DIRECTIVE).getOrDefault(DIRECTIVE, "").split(" ");
        for (int i = 0; i + 3 < words.length; i++) {
            if (words[i].equals(CLASS)) {
                return new OutputLimit(Long.parseLong(words[i + 1]), Long.parseLong(words[i + 2]),
                        Long.parseLong(words[i + 3]));
            }
        }
        return new OutputLimit(0, 0, 0);
    }
}
