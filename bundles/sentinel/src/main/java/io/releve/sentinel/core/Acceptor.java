package io.releve.sentinel.core;

import io.releve.format.guard.Address;
import io.releve.format.guard.Arrangement;
import io.releve.format.guard.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What one sentinel, or a witness, has promised about one master: the arrangement it knows and the lease it has granted. Every
 * method that answers yes changes what must be on disk before the answer leaves.
 */
final class Acceptor {
    private static final int WORDS = 5;
    private static final int MOST_PROPOSED = 100;

    /** What the master said last, or what a leader had accepted here. */
    private Arrangement published = Arrangement.NONE;
    /** What sentinels proposed after that and the master has not said yet, in order: each may be decided, or come to nothing. */
    private final List<Arrangement> proposed = new ArrayList<>();
    /** The highest epoch in which it has voted or been asked to accept. */
    private long ballot;
    /** ms, how long the last grants were for; what a restart takes them to be still. */
    private long duration;
    private long grantedUntil = Long.MIN_VALUE;
    /** Time of the holder's clock from which the last grant counts. */
    private long grantedClock = Long.MIN_VALUE;

    /** The last of all. */
    Arrangement arrangement() {
        return proposed.isEmpty() ? published : proposed.get(proposed.size() - 1);
    }

    Arrangement published() {
        return published;
    }

    /** What the master said last, then what was proposed. */
    List<Arrangement> all() {
        List<Arrangement> all = new ArrayList<>(List.of(published));
        all.addAll(proposed);
        return all;
    }

    /** All, as words. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        all().forEach(arrangement -> words.addAll(arrangement.words()));
        return words;
    }

    /** @throws IllegalArgumentException if these are none */
    static List<Arrangement> parse(List<String> words) {
        List<Arrangement> all = new ArrayList<>();
        for (int i = 0; i == 0 || i < words.size(); i += WORDS) {
            all.add(Arrangement.parse(words.subList(i, Math.min(i + WORDS, words.size()))));
        }
        return all;
    }

    long ballot() {
        return ballot;
    }

    void voted(long epoch) {
        ballot = Math.max(ballot, epoch);
    }

    boolean isGranted(long now) {
        return now < grantedUntil;
    }

    /** What the master says of itself. */
    void published(Arrangement said) {
        boolean later = said.stamp().compareTo(published.stamp()) > 0;
        boolean entitled = published.holder() == null || said.holder().equals(published.holder())
                || said.stamp().term() > published.stamp().term();
        if (later && entitled) {
            settle(said);
        }
    }

    private void settle(Arrangement certain) {
        if (!Objects.equals(certain.holder(), published.holder())) {
            // another's clock may be far behind
            grantedClock = Long.MIN_VALUE;
        }
        published = certain;
        proposed.removeIf(each -> each.stamp().compareTo(certain.stamp()) <= 0);
    }

    /**
     * Lets another lead: refused while a lease is out, when something later than what the leader built on is known, or when the
     * master is known to lead beyond this epoch, so that the promises of replicas no longer bind.
     */
    boolean promote(long epoch, Stamp base, Address successor, int need, long now) {
        Arrangement wanted = new Arrangement(new Stamp(epoch, epoch, 0), successor, need, List.of());
        if (wanted.equals(published)) {
            return true;
        }
        Arrangement known = arrangement();
        if (epoch < ballot || known.stamp().compareTo(base) > 0 || epoch <= known.stamp().term() || epoch <= known.stamp().ballot()
                || isGranted(now) && !successor.equals(published.holder())) {
            return false;
        }
        ballot = epoch;
        settle(wanted);
        grantedUntil = Long.MIN_VALUE;
        return true;
    }

    /** What another has accepted from a leader counts as if that leader had asked here too. */
    boolean adopt(Arrangement accepted, long now) {
        if (accepted.stamp().compareTo(arrangement().stamp()) <= 0 || accepted.stamp().ballot() < ballot || isGranted(now)) {
            return false;
        }
        settle(accepted);
        return true;
    }

    /** Lets the master go on without some of its replicas, or beyond an election that came to nothing. */
    boolean propose(Stamp base, Arrangement next) {
        if (proposed.contains(next) || next.equals(published)) {
            return true;
        }
        if (ballot > next.stamp().term() && ballot >= next.stamp().ballot() || arrangement().stamp().compareTo(base) > 0 || next.stamp().compareTo(base) <= 0
                || next.stamp().term() == published.stamp().term() && published.holder() != null && !next.holder().equals(published.holder())) {
            return false;
        }
        // the same again is no other case to be right in
        proposed.removeIf(each -> each.need() == next.need() && each.members().equals(next.members()));
        return proposed.size() < MOST_PROPOSED && proposed.add(next);
    }

    /** Grants the lease, or renews it. Changes what must be on disk only if {@link #remembers} says so beforehand. */
    boolean grant(Address holder, long term, long ms, long clock, long now) {
        if (published.holder() == null) {
            published = new Arrangement(new Stamp(term, 0, 0), holder, 0, List.of());
        }
        if (!holder.equals(published.holder()) || term < published.stamp().term()) {
            return false;
        }
        duration = ms;
        grantedClock = Math.max(grantedClock, clock);
        grantedUntil = Math.max(grantedUntil, now + ms);
        return true;
    }

    /** Whether a grant is written already: only holder and duration are, not every renewal. */
    boolean remembers(Address holder, long ms) {
        return holder.equals(published.holder()) && ms == duration;
    }

    /** The holder gives back all leases up to a time of its clock: it does not use them any more. */
    void released(Address holder, long clock) {
        if (holder.equals(published.holder()) && grantedClock <= clock) {
            grantedUntil = Long.MIN_VALUE;
        }
    }

    String remember() {
        return ballot + " " + duration + " " + String.join(" ", words());
    }

    /** After a restart the lease counts from now, as nobody knows how much of it had passed. */
    static Acceptor recall(String text, long now) {
        Acceptor acceptor = new Acceptor();
        if (text != null) {
            List<String> words = List.of(text.split(" "));
            acceptor.ballot = Long.parseLong(words.get(0));
            acceptor.duration = Long.parseLong(words.get(1));
            List<Arrangement> all = parse(words.subList(2, words.size()));
            acceptor.proposed.addAll(all.subList(1, all.size()));
            acceptor.settle(all.get(0));
            acceptor.grantedUntil = acceptor.duration == 0 ? Long.MIN_VALUE : now + acceptor.duration;
        }
        return acceptor;
    }
}
