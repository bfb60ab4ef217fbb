package io.releve.embedded;

/** Options of XADD. Without {@link #id} the id is made from the clock. */
public final class XAddParams extends Params<XAddParams> {
    private String id = "*";

    /** The id of the entry: {@code milliseconds-number}, or {@code milliseconds-*}. */
    public XAddParams id(String ofEntry) {
        id = ofEntry;
        return this;
    }

    @Override
    public void addTo(Invocation invocation) {
        super.addTo(invocation);
        invocation.add(id);
    }

    /** Nothing happens if there is no stream. */
    public XAddParams noMkStream() {
        return with("NOMKSTREAM");
    }

    /** Removes the oldest entries beyond so many. */
    public XAddParams maxLen(long entries) {
        return with("MAXLEN", entries);
    }

    /** The same when a whole block can go. */
    public XAddParams maxLenAbout(long entries) {
        return with("MAXLEN", "~", entries);
    }

    /** Removes entries with lower ids. */
    public XAddParams minId(String lowest) {
        return with("MINID", lowest);
    }

    /** The same when a whole block can go. */
    public XAddParams minIdAbout(String lowest) {
        return with("MINID", "~", lowest);
    }

    /** How many are removed at most, of those removed in blocks. */
    public XAddParams limit(long entries) {
        return with("LIMIT", entries);
    }
}
