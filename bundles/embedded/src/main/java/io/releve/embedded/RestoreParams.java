package io.releve.embedded;

/** Options of RESTORE. */
public final class RestoreParams extends Params<RestoreParams> {
    /** An existing key is replaced. */
    public RestoreParams replace() {
        return with("REPLACE");
    }

    /** The ttl is a time in milliseconds since the epoch. */
    public RestoreParams absTtl() {
        return with("ABSTTL");
    }

    /** Seconds since the last access. */
    public RestoreParams idleTime(long seconds) {
        return with("IDLETIME", seconds);
    }

    /** The logarithmic access counter. */
    public RestoreParams frequency(long counter) {
        return with("FREQ", counter);
    }
}
