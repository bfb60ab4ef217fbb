package io.releve.embedded;

/** Options of XCLAIM. */
public final class XClaimParams extends Params<XClaimParams> {
    /** Sets how long ago it was delivered. */
    public XClaimParams idle(long milliseconds) {
        return with("IDLE", milliseconds);
    }

    /** Sets when it was delivered, ms since the epoch. */
    public XClaimParams time(long unixMilliseconds) {
        return with("TIME", unixMilliseconds);
    }

    /** Sets how often it was delivered. */
    public XClaimParams retryCount(long deliveries) {
        return with("RETRYCOUNT", deliveries);
    }

    /** Also entries that are not pending. */
    public XClaimParams force() {
        return with("FORCE");
    }
}
