package io.releve.embedded;

/** Which pending entries XPENDING lists. */
public final class XPendingParams implements Options {
    private final String start;
    private final String end;
    private final long count;
    private long idle = -1;
    private String consumer;

    /** From one id to another ({@code -} and {@code +} for the ends), so many at most. */
    public XPendingParams(String start, String end, long count) {
        this.start = start;
        this.end = end;
        this.count = count;
    }

    /** Only those that were delivered so long ago. */
    public XPendingParams idle(long milliseconds) {
        idle = milliseconds;
        return this;
    }

    /** Only those of one consumer. */
    public XPendingParams consumer(String name) {
        consumer = name;
        return this;
    }

    @Override
    public void addTo(Invocation invocation) {
        if (idle >= 0) {
            invocation.add("IDLE").add(idle);
        }
        invocation.add(start).add(end).add(count);
        if (consumer != null) {
            invocation.add(consumer);
        }
    }
}
