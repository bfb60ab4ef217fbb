package io.releve.engine;

/** What a process is: chosen when it starts, never changed. */
public enum Mode {
    /** Holds data. */
    SERVER("standalone"),
    /** Holds no data and watches servers that do. */
    SENTINEL("sentinel");

    /**
     * The framework property that chooses, {@code server} or {@code sentinel}, absent for a server; also the property of
     * the service {@link io.releve.config.Settings}, so that a component can ask for settings of its mode only.
     */
    public static final String PROPERTY = "releve.mode";

    private final String redisName;

    Mode(String redisName) {
        this.redisName = redisName;
    }

    /** The mode that a value of {@link #PROPERTY} names; null stands for a server. */
    public static Mode of(String property) {
        return "sentinel".equals(property) ? SENTINEL : SERVER;
    }

    /** The value of {@link #PROPERTY}. */
    public String property() {
        return this == SENTINEL ? "sentinel" : "server";
    }

    /** What HELLO calls {@code mode} and INFO {@code redis_mode}. */
    public String redisName() {
        return redisName;
    }
}
