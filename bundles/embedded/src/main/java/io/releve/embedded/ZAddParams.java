package io.releve.embedded;

/** Options of ZADD. */
public final class ZAddParams extends Params<ZAddParams> {
    /** Only new members. */
    public ZAddParams nx() {
        return with("NX");
    }

    /** Only existing members. */
    public ZAddParams xx() {
        return with("XX");
    }

    /** Only higher scores. */
    public ZAddParams gt() {
        return with("GT");
    }

    /** Only lower scores. */
    public ZAddParams lt() {
        return with("LT");
    }

    /** The reply counts changed members too. */
    public ZAddParams ch() {
        return with("CH");
    }
}
