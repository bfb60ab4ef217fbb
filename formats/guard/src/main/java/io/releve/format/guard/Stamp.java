package io.releve.format.guard;

/**
 * Orders what is said of a master's in-sync set: a later term (the configuration epoch under which the master leads) beats
 * all of an earlier one, then the ballot, then the version the master counts up.
 */
public record Stamp(long term, long ballot, long version) implements Comparable<Stamp> {
    public static final Stamp NONE = new Stamp(0, 0, 0);

    /** Reads {@link #toString}. */
    public static Stamp parse(String text) {
        String[] parts = text.split("-");
        if (parts.length != 3) {
            throw new IllegalArgumentException("no stamp: " + text);
        }
        return new Stamp(number(parts[0]), number(parts[1]), number(parts[2]));
    }

    private static long number(String text) {
        long number = Long.parseLong(text);
        if (number < 0) {
            throw new IllegalArgumentException("no stamp: " + text);
        }
        return number;
    }

    @Override
    public int compareTo(Stamp other) {
        int order = Long.compare(term, other.term);
        order = order != 0 ? order : Long.compare(ballot, other.ballot);
        return order != 0 ? order : Long.compare(version, other.version);
    }

    @Override
    public String toString() {
        return term + "-" + ballot + "-" + version;
    }
}
