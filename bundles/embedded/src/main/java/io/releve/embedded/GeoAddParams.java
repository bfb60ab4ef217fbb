package io.releve.embedded;

/** Options of GEOADD. */
public final class GeoAddParams extends Params<GeoAddParams> {
    /** Only new places. */
    public GeoAddParams nx() {
        return with("NX");
    }

    /** Only existing places. */
    public GeoAddParams xx() {
        return with("XX");
    }

    /** The reply counts moved places too. */
    public GeoAddParams ch() {
        return with("CH");
    }
}
