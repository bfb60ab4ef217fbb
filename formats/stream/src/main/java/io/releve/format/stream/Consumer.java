package io.releve.format.stream;

import io.releve.bytes.Bytes;

/** A consumer of a group. Changed times are written down by {@link Group#store(Consumer)}. */
public final class Consumer {
    final int number;
    long pending;
    private final Bytes name;
    private long seen;
    private long active;

    Consumer(int number, Bytes name, long seen, long active) {
        this.number = number;
        this.name = name;
        this.seen = seen;
        this.active = active;
    }

    Consumer(Bytes content) {
        Record record = new Record().read(content);
        number = record.getInt();
        seen = record.getLong();
        active = record.getLong();
        pending = record.getLong();
        name = record.getRest();
    }

    void write(Record record) {
        record.putInt(number).putLong(seen).putLong(active).putLong(pending).putBytes(name);
    }

    public Bytes name() {
        return name;
    }

    /** When it last tried to read, ms since the epoch. */
    public long seen() {
        return seen;
    }

    public Consumer seen(long time) {
        seen = time;
        return this;
    }

    /** When it last got something, ms since the epoch, -1 for never. */
    public long active() {
        return active;
    }

    public Consumer active(long time) {
        active = time;
        return this;
    }

    /** Number of its pending entries. */
    public long pending() {
        return pending;
    }

    /** Whether a pending entry is its own. */
    public boolean has(PendingEntry entry) {
        return entry.consumer() == number;
    }
}
