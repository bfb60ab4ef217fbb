package io.releve.replication.guard;

import io.releve.format.guard.Address;
import io.releve.format.guard.Arrangement;
import io.releve.format.guard.GuardAnswer;
import io.releve.format.guard.GuardRequest;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What a server knows from its sentinels, and whether it may serve as a master. One thread at a time. Times are ms of a clock that
 * goes on while the machine sleeps.
 */
public final class Guard {
    /** What a master may do. */
    public enum Verdict {
        /** Serve. */
        SERVE,
        /** Run nothing of what clients send for a bounded time, and answer nothing either. */
        HOLD,
        /** Refuse writes. */
        REFUSE
    }

    /** Why it holds. */
    private enum Fence { NONE, STARTED, SLEPT, REPLACED }

    private static final long LEAST_PATIENCE = 2_000;
    private static final long MOST_PATIENCE = 30_000;
    /** An epoch this much beyond what is known was not reached by elections. */
    private static final long LEAP = 1L << 32;

    private final Supplier<String> nonces;
    private boolean isMaster;
    private String masterName = "";
    private long epoch;
    /** The epoch in which it came to lead itself. */
    private long term;
    private long downAfter = 30_000;
    private boolean leaseNeeded;
    private Arrangement arrangement = Arrangement.NONE;
    private Arrangement wish = Arrangement.NONE;
    /** What a promotion is to start with. */
    private Arrangement promised = Arrangement.NONE;
    private long promise;
    private Address self;

    private Fence fence = Fence.NONE;
    private String nonce = "";
    private long fencedUntil;
    private long pausedUntil;
    private long leaseUntil;
    private long leasesFrom;
    private long leadsSince;
    private long lastCycle;

    /**
     * A server that starts.
     *
     * @param remembered what {@link #remember} said before, empty for a server no sentinel has met
     * @param isMaster what its configuration makes it
     * @param nonces texts that are never the same
     */
    public Guard(String remembered, boolean isMaster, long now, Supplier<String> nonces) {
        this.nonces = nonces;
        this.isMaster = isMaster;
        this.lastCycle = now;
        this.leadsSince = now;
        recall(remembered);
        if (isMaster && isWatched()) {
            fence(Fence.STARTED, now);
        }
    }

    /** Whether a sentinel of ours has ever met this server. */
    public boolean isWatched() {
        return !masterName.isEmpty();
    }

    public boolean isMaster() {
        return isMaster;
    }

    public String masterName() {
        return masterName;
    }

    public long epoch() {
        return epoch;
    }

    // ---- may it serve?

    /** To be called before each batch and regularly in between: finds out that the process or its machine slept. */
    public void cycle(long now) {
        if (isMaster && isWatched() && now - lastCycle > downAfter / 2) {
            fence(Fence.SLEPT, now);
        }
        lastCycle = now;
    }

    public Verdict verdict(long now) {
        if (!isMaster || !isWatched()) {
            return Verdict.SERVE;
        }
        if (now < pausedUntil) {
            return Verdict.HOLD;
        }
        if (fence != Fence.NONE) {
            if (now < fencedUntil) {
                return Verdict.HOLD;
            }
            fence = Fence.NONE;
            nonce = "";
        }
        if (leaseNeeded && now >= leaseUntil) {
            return now - leadsSince < patience() ? Verdict.HOLD : Verdict.REFUSE;
        }
        return Verdict.SERVE;
    }

    /** ms from now after which {@link #verdict} may be another without anything having been heard. */
    public long validFor(long now) {
        long until = lastCycle + downAfter / 2 + 1;
        if (isMaster && leaseNeeded && leaseUntil > now) {
            until = Math.min(until, leaseUntil);
        }
        if (isMaster && pausedUntil > now) {
            until = Math.min(until, pausedUntil);
        }
        return Math.max(1, until - now);
    }

    /** One sentence about why it does not serve, empty while it does. */
    public String reason(long now) {
        if (verdict(now) == Verdict.SERVE) {
            return "";
        }
        if (now < pausedUntil) {
            return "the sentinels are about to make another server master";
        }
        return switch (fence) {
            case STARTED -> "it has started, and waits for a sentinel to confirm that it still leads";
            case SLEPT -> "it slept, and waits for a sentinel to confirm that it still leads";
            case REPLACED -> "the sentinels have made another server master";
            case NONE -> "its lease has ended, and neither the witness nor the other sentinels renew it";
        };
    }

    private void fence(Fence why, long now) {
        fence = why;
        nonce = nonces.get();
        fencedUntil = now + patience();
    }

    private long patience() {
        return Math.min(MOST_PATIENCE, Math.max(LEAST_PATIENCE, 2 * downAfter));
    }

    // ---- what happens to it

    /** It leads from now on, or no longer. */
    public void roleChanged(boolean leads, long now) {
        if (leads == isMaster) {
            return;
        }
        isMaster = leads;
        fence = Fence.NONE;
        nonce = "";
        pausedUntil = 0;
        leaseUntil = 0;
        leadsSince = now;
        lastCycle = now;
        arrangement = leads && promised.stamp().term() == epoch ? promised : Arrangement.NONE;
        wish = Arrangement.NONE;
        promised = Arrangement.NONE;
    }

    /**
     * A sentinel has spoken.
     *
     * @param offset end of the stream, all of which was answered or will not be
     * @throws IllegalArgumentException if that cannot be true
     */
    public GuardAnswer take(GuardRequest request, long offset, long now) {
        cycle(now);
        checkCredible(request.epoch());
        checkCredible(request.promise());
        if (request.arrangement() != null) {
            checkCredible(request.arrangement().stamp().ballot());
        }
        if (request.epoch() >= epoch || !request.masterName().equals(masterName)) {
            heed(request, now);
        }
        verdict(now);
        return new GuardAnswer(isMaster, epoch, isMaster ? term : 0, now, nonce, isMaster && now < pausedUntil, offset, promise,
                isMaster ? arrangement : Arrangement.NONE, isMaster ? wish : Arrangement.NONE);
    }

    private void checkCredible(long number) {
        if (number - epoch >= LEAP) {
            throw new IllegalArgumentException("epoch " + number + " cannot be true beside " + epoch);
        }
    }

    /**
     * Whether a sentinel that has spoken of this epoch last may say whom this server is to follow. What it has sent may have been
     * under way for long, while others were elected.
     */
    public boolean obeys(long said) {
        return said >= epoch;
    }

    private void heed(GuardRequest request, long now) {
        boolean later = request.epoch() > epoch || !isWatched();
        masterName = request.masterName();
        epoch = request.epoch();
        downAfter = request.downAfter();
        promise = Math.max(promise, request.promise());
        if (request.lease() != null) {
            leaseNeeded = request.lease().isNeeded();
        }
        if (!request.isMaster()) {
            if (later && isMaster) {
                fence(Fence.REPLACED, now);
            }
            return;
        }
        self = request.master();
        term = epoch;
        if (isMaster) {
            lead(request, now);
        } else if (request.arrangement() != null && request.arrangement().stamp().term() == epoch) {
            promised = request.arrangement();
        }
    }

    private void lead(GuardRequest request, long now) {
        if (!request.confirm().isEmpty() && request.confirm().equals(nonce) && fence != Fence.REPLACED) {
            fence = Fence.NONE;
            nonce = "";
        }
        // a time that is still to come was told by an earlier process, whose clock was ahead
        if (request.lease() != null && request.lease().ms() > 0 && request.lease().clock() >= leasesFrom && request.lease().clock() <= now) {
            leaseUntil = Math.max(leaseUntil, request.lease().clock() + request.lease().ms());
        }
        Arrangement decided = request.arrangement();
        if (decided != null && decided.stamp().compareTo(arrangement.stamp()) > 0 && decided.stamp().term() == epoch) {
            arrange(decided);
        }
        if (request.pause() >= 0) {
            pausedUntil = now + request.pause();
            if (request.pause() > 0) {
                // those of before are given back, and others of before the pause ends may be on their way
                leaseUntil = 0;
                leasesFrom = pausedUntil;
            }
        }
    }

    // ---- whose copies count

    /** Whether the sentinels know whose copies count; before that, any replicas do. */
    public boolean isArranged() {
        return isMaster && arrangement.need() > 0;
    }

    /**
     * Whether a write may be answered that these replicas have, by their run ids: enough of the set that was agreed upon, and of
     * the one that is asked for, since nobody knows from when on that is agreed.
     */
    public boolean isEnough(Collection<String> having) {
        return mayAcknowledge() && isEnough(arrangement, having) && isEnough(wish, having);
    }

    /** False when this master has promised an election to answer nothing that needs copies, and is not known to lead beyond it. */
    public boolean mayAcknowledge() {
        return counts(promise);
    }

    private static boolean isEnough(Arrangement of, Collection<String> having) {
        return of.members().stream().filter(having::contains).count() >= Math.min(of.need(), of.members().size());
    }

    /** What a replica says with its acknowledgements: no master of before this epoch may count them. A master's counts for itself. */
    public long promise() {
        return promise;
    }

    /** Whether acknowledgements of a replica that has promised so much count here. */
    public boolean counts(long promised) {
        return promised <= term || promised < arrangement.stamp().ballot();
    }

    /**
     * Tells which replicas have everything that was answered so far, and how many copies the configuration wants. It only ever asks
     * for more: taking away is the sentinels'.
     *
     * @param need {@code min-replicas-to-ack}
     */
    public void complete(int need, List<String> runIds) {
        if (!isMaster || !isWatched() || self == null || arrangement.need() == 0 && runIds.size() < need) {
            return;
        }
        Set<String> members = new TreeSet<>(arrangement.members());
        members.addAll(wish.members());
        members.addAll(runIds);
        Arrangement asked = new Arrangement(arrangement.stamp(), self, need, List.copyOf(members));
        boolean same = need == arrangement.need() && asked.members().equals(arrangement.members());
        if (need > 0 || arrangement.need() > 0) {
            wish = same ? Arrangement.NONE : asked;
        }
    }

    private void arrange(Arrangement next) {
        arrangement = next;
        wish = Arrangement.NONE;
    }

    // ---- memory

    /** One line for a restart: it must be on disk before anybody relies on it. */
    public String remember() {
        return isWatched() ? masterName + " " + epoch + " " + downAfter + " " + (leaseNeeded ? 1 : 0) + " "
                + String.join(" ", arrangement.words()) + " " + String.join(" ", wish.words()) + " " + term : "";
    }

    private void recall(String remembered) {
        if (remembered.isEmpty()) {
            return;
        }
        List<String> words = List.of(remembered.split(" "));
        arrangement = Arrangement.parse(words.subList(4, 9));
        wish = Arrangement.parse(words.subList(9, 14));
        term = words.size() > 14 ? Long.parseLong(words.get(14)) : 0;
        epoch = Long.parseLong(words.get(1));
        downAfter = Long.parseLong(words.get(2));
        leaseNeeded = words.get(3).equals("1");
        masterName = words.get(0);
        self = arrangement.holder();
        if (!isMaster) {
            arrangement = Arrangement.NONE;
            wish = Arrangement.NONE;
        }
    }
}
