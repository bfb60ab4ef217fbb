package io.releve.embedded;

import java.util.List;

/** Where GEOSEARCH looks and what it returns: one centre, one shape, options. */
public final class GeoSearchParams extends Params<GeoSearchParams> {
    private boolean distance;
    private boolean hash;
    private boolean coordinates;

    /** Returns distances too. */
    public GeoSearchParams withDist() {
        distance = true;
        return with("WITHDIST");
    }

    /** Returns the scores too. */
    public GeoSearchParams withHash() {
        hash = true;
        return with("WITHHASH");
    }

    /** Returns the points too. */
    public GeoSearchParams withCoord() {
        coordinates = true;
        return with("WITHCOORD");
    }

    /** Reads what these options have asked for, which is always in the order distance, score, point. */
    Decoder<List<GeoMember>> decoder() {
        boolean plain = !distance && !hash && !coordinates;
        return Decoders.listOf(reply -> {
            if (plain) {
                return new GeoMember(reply.bytes(), null, null, null);
            }
            List<Reply> parts = reply.list();
            int at = 1;
            Double far = distance ? (Double) parts.get(at++).decimal() : null;
            Long score = hash ? (Long) parts.get(at++).integer() : null;
            GeoPoint point = coordinates ? GeoPoint.DECODER.decode(parts.get(at)) : null;
            return new GeoMember(parts.get(0).bytes(), far, score, point);
        });
    }

    /** Around a place of the same key. */
    public GeoSearchParams fromMember(String member) {
        return with("FROMMEMBER", member);
    }

    /** Around a place of the same key. */
    public GeoSearchParams fromMember(byte[] member) {
        return with("FROMMEMBER", member);
    }

    /** Around a point. */
    public GeoSearchParams fromLonLat(double longitude, double latitude) {
        return with("FROMLONLAT", longitude, latitude);
    }

    /** Within a circle. */
    public GeoSearchParams byRadius(double radius, GeoUnit unit) {
        return with("BYRADIUS", radius, unit);
    }

    /** Within a rectangle along the axes. */
    public GeoSearchParams byBox(double width, double height, GeoUnit unit) {
        return with("BYBOX", width, height, unit);
    }

    /** The nearest first. */
    public GeoSearchParams asc() {
        return with("ASC");
    }

    /** The farthest first. */
    public GeoSearchParams desc() {
        return with("DESC");
    }

    /** So many at most, the nearest. */
    public GeoSearchParams count(long places) {
        return with("COUNT", places);
    }

    /** So many at most, whichever are found first. */
    public GeoSearchParams countAny(long places) {
        return with("COUNT", places, "ANY");
    }
}
