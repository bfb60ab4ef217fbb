package io.releve.embedded;

/** Options of SET: {@code new SetParams().nx().ex(60)}. */
public final class SetParams extends Params<SetParams> {
    /** Only if the key does not exist. */
    public SetParams nx() {
        return with("NX");
    }

    /** Only if the key exists. */
    public SetParams xx() {
        return with("XX");
    }

    /** With a time to live in seconds. */
    public SetParams ex(long seconds) {
        return with("EX", seconds);
    }

    /** With a time to live in milliseconds. */
    public SetParams px(long milliseconds) {
        return with("PX", milliseconds);
    }

    /** Until a time in seconds since the epoch. */
    public SetParams exAt(long unixTime) {
        return with("EXAT", unixTime);
    }

    /** Until a time in milliseconds since the epoch. */
    public SetParams pxAt(long unixMilliseconds) {
        return with("PXAT", unixMilliseconds);
    }

    /** The time to live stays as it is. */
    public SetParams keepTtl() {
        return with("KEEPTTL");
    }
}
