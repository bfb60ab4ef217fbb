package io.releve.persistence.segments;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a file of the journal, {@code <sequence>.<position>.seg} or {@code .base}. Every new segment has a sequence
 * number of its own, greater than all before; a base has that of the segment that follows it.
 *
 * @param position in the log, at which it begins
 */
record SegmentName(long sequence, long position, boolean base) implements Comparable<SegmentName> {
    static final String TEMPORARY = "temp-";
    private static final Pattern FORM = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})\\.(base|seg)");

    /** @return null when it is none */
    static SegmentName parse(Path path) {
        Matcher matcher = FORM.matcher(path.getFileName().toString());
        return !matcher.matches() ? null : new SegmentName(Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)), matcher.group(3).equals("base"));
    }

    Path in(Path folder) {
        return folder.resolve(toString());
    }

    /** Under this name a base is written; nobody else uses it. */
    Path temporary(Path folder, long unique) {
        return folder.resolve(TEMPORARY + Long.toHexString(unique) + "-" + this);
    }

    @Override
    public int compareTo(SegmentName other) {
        int bySequence = Long.compare(sequence, other.sequence);
        return bySequence != 0 ? bySequence : Boolean.compare(other.base, base);
    }

    @Override
    public String toString() {
        return sequence + "." + position + (base ? ".base" : ".seg");
    }
}
