package io.releve.command;

import java.util.Locale;

/** Facts about a command, with the names COMMAND INFO gives them (redis.io, COMMAND). */
public enum CommandFlag {
    /** May change the data. */
    WRITE,
    /** Reads the data and never changes it. */
    READONLY,
    /** Refused when memory is used up. */
    DENYOOM,
    /** For administrators. */
    ADMIN,
    /** Publishes or subscribes. */
    PUBSUB,
    /** Not to be called from scripts. */
    NOSCRIPT,
    /** May keep the client waiting. */
    BLOCKING,
    /** Allowed while data is being loaded. */
    LOADING,
    /** Allowed on a replica whose data may be stale. */
    STALE,
    /** Not shown by MONITOR. */
    SKIP_MONITOR,
    /** Not recorded by SLOWLOG. */
    SKIP_SLOWLOG,
    /** Asks a cluster node in the ASK state. */
    ASKING,
    /** Takes constant or logarithmic time. */
    FAST,
    /** Allowed before authentication. */
    NO_AUTH,
    /** May be propagated although it does not write. */
    MAY_REPLICATE,
    /** Not allowed in a transaction. */
    NO_MULTI,
    /** Its keys cannot be told from positions alone. */
    MOVABLEKEYS,
    /** Allowed while a long-running call holds the turn. */
    ALLOW_BUSY,
    /** Refused while data is loaded in the background. */
    NO_ASYNC_LOADING,
    /** May be called without any key although it has key positions. */
    NO_MANDATORY_KEYS,
    /** Also changes keys that are not among its arguments. */
    TOUCHES_ARBITRARY_KEYS,
    /** Exists in a sentinel as well as in a server. */
    SENTINEL,
    /** Exists in a sentinel and not in a server. */
    ONLY_SENTINEL;

    private final String redisName = name().toLowerCase(Locale.ROOT);

    /** Whether COMMAND INFO shows it: what Redis keeps to itself is not shown. */
    public boolean shown() {
        return this != MAY_REPLICATE && this != SENTINEL && this != ONLY_SENTINEL;
    }

    /** The name in COMMAND INFO. */
    public String redisName() {
        return redisName;
    }
}
