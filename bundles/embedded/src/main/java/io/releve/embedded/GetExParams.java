package io.releve.embedded;

/** Options of GETEX. */
public final class GetExParams extends Params<GetExParams> {
    /** A time to live in seconds. */
    public GetExParams ex(long seconds) {
        return with("EX", seconds);
    }

    /** A time to live in milliseconds. */
    public GetExParams px(long milliseconds) {
        return with("PX", milliseconds);
    }

    /** Until a time in seconds since the epoch. */
    public GetExParams exAt(long unixTime) {
        return with("EXAT", unixTime);
    }

    /** Until a time in milliseconds since the epoch. */
    public GetExParams pxAt(long unixMilliseconds) {
        return with("PXAT", unixMilliseconds);
    }

    /** Without a time to live. */
    public GetExParams persist() {
        return with("PERSIST");
    }
}
