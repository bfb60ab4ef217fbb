package io.releve.replication.psync;

import io.releve.config.Directive;
import java.util.List;

/**
 * What a reply waits for.
 *
 * @param replicas how many must have what it shows; 0 for none
 * @param onDisk whether they must have it on disk
 */
record Confirmation(int replicas, boolean onDisk) {
    static final Confirmation NONE = new Confirmation(0, false);

    static final Directive.Format<Confirmation> FORMAT = new Directive.Format<>() {
        @Override
        public Confirmation parse(List<String> words) {
            List<String> parts = words.size() == 1 ? List.of(words.get(0).trim().split(" +")) : words;
            boolean onDisk = parts.size() == 2 && parts.get(1).equalsIgnoreCase("fsync");
            if (parts.size() > 2 || parts.size() == 2 && !onDisk || !parts.get(0).matches("[0-9]{1,4}")) {
                throw new IllegalArgumentException("argument must be a number of replicas, with 'fsync' behind it or not");
            }
            return new Confirmation(Integer.parseInt(parts.get(0)), onDisk);
        }

        @Override
        public String show(Confirmation value) {
            return value.replicas + (value.onDisk ? " fsync" : "");
        }
    };

    boolean needed() {
        return replicas > 0;
    }
}
