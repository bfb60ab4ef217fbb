package io.releve.embedded;

import java.util.List;

/** A place on the earth, degrees. */
public record GeoPoint(double longitude, double latitude) {
    static final Decoder<GeoPoint> DECODER = Decoders.orNull(
            reply -> new GeoPoint(reply.list().get(0).decimal(), reply.list().get(1).decimal()));
    static final Decoder<List<GeoPoint>> LIST = Decoders.listOf(DECODER);
}
