package io.releve.format.guard;

import java.util.List;
import java.util.TreeSet;

/**
 * Who leads, and whose copies are complete.
 *
 * @param holder the master, null while nobody has said
 * @param need replicas that must have a write before it is answered ({@code min-replicas-to-ack}); 0: copies are not tracked
 * @param members run ids of the replicas that count, without the master
 */
public record Arrangement(Stamp stamp, Address holder, int need, List<String> members) {
    public static final Arrangement NONE = new Arrangement(Stamp.NONE, null, 0, List.of());

    public Arrangement {
        members = List.copyOf(new TreeSet<>(members));
    }

    /** Members that must be asked before one of them may lead, so that every answered write is at one of them. */
    public int quorum() {
        return Math.max(1, members.size() - need + 1);
    }

    /** Words that {@link #parse} reads. */
    public List<String> words() {
        return List.of(stamp.toString(), holder == null ? "-" : holder.host(), holder == null ? "0" : String.valueOf(holder.port()),
                String.valueOf(need), members.isEmpty() ? "-" : String.join(",", members));
    }

    /** @throws IllegalArgumentException if these are none */
    public static Arrangement parse(List<String> words) {
        if (words.size() != 5) {
            throw new IllegalArgumentException("no arrangement: " + words);
        }
        Address holder = words.get(1).equals("-") ? null : new Address(words.get(1), Integer.parseInt(words.get(2)));
        int need = Integer.parseInt(words.get(3));
        List<String> members = words.get(4).equals("-") ? List.of() : List.of(words.get(4).split(","));
        if (need < 0 || members.size() > 1_000) {
            throw new IllegalArgumentException("no arrangement: " + words);
        }
        return new Arrangement(Stamp.parse(words.get(0)), holder, need, members);
    }
}
