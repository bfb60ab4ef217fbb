package io.releve.keyspace.chronicle.expiry;

import io.releve.keyspace.Value;
import io.releve.keyspace.chronicle.extent.PageAllocator;
import java.util.ArrayDeque;
import java.util.Deque;

/** The expiry times of a database's keys: the index and the sum of the times. */
public final class Expiry {
    private final PageAllocator pages;
    private ExpiryIndex index;
    private long sum;

    public Expiry(PageAllocator pages) {
        this.pages = pages;
        index = new ExpiryIndex(pages);
    }

    public void open(ExpiryState state) {
        index = new ExpiryIndex(pages, state.root(), state.height(), state.size());
        sum = state.sum();
    }

    public ExpiryState state() {
        return new ExpiryState(index.root(), index.height(), index.size(), sum);
    }

    public long size() {
        return index.size();
    }

    /** The time at a rank from 0 on. */
    public long at(long rank) {
        return index.at(rank);
    }

    /** The key's hash that belongs to the time that {@link #at} has returned. */
    public long hash() {
        return index.hash();
    }

    /** Mean remaining life in ms; the sum wraps, the difference from {@code now} does not. */
    public long averageTtl(long now) {
        long size = index.size();
        return size == 0 ? 0 : Math.max(0, (sum - now * size) / size);
    }

    /**
     * Sees to it that {@link #change} with these times does not fail.
     *
     * @throws io.releve.keyspace.Keyspace.FullException when the disk is full
     */
    public void ensure(long from, long to) {
        if (to != Value.NEVER && to != from) {
            pages.ensureReserve();
        }
    }

    /** Notes that a key's time has changed; either may be {@link Value#NEVER}. */
    public void change(long hash, long from, long to) {
        if (from == to) {
            return;
        }
        if (from != Value.NEVER && index.remove(from, hash)) {
            sum -= from;
        }
        if (to != Value.NEVER) {
            index.add(to, hash);
            sum += to;
        }
    }

    /** Forgets all; @return the nodes to be given back with {@link ExpiryIndex#release} */
    public Deque<Long> clear() {
        Deque<Long> nodes = new ArrayDeque<>();
        index.clear(nodes);
        sum = 0;
        return nodes;
    }
}
