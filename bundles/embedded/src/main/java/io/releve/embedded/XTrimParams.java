package io.releve.embedded;

/** What XTRIM removes. */
public final class XTrimParams extends Params<XTrimParams> {
    /** The oldest entries beyond so many. */
    public XTrimParams maxLen(long entries) {
        return with("MAXLEN", entries);
    }

    /** The same when a whole block can go. */
    public XTrimParams maxLenAbout(long entries) {
        return with("MAXLEN", "~", entries);
    }

    /** Entries with lower ids. */
    public XTrimParams minId(String lowest) {
        return with("MINID", lowest);
    }

    /** The same when a whole block can go. */
    public XTrimParams minIdAbout(String lowest) {
        return with("MINID", "~", lowest);
    }

    /** How many are removed at most, of those removed in blocks. */
    public XTrimParams limit(long entries) {
        return with("LIMIT", entries);
    }
}
