package io.releve.embedded;

import java.util.List;

/** Places on the earth as members of sorted sets (redis.io, group geo). Longitude comes first; degrees. */
public interface GeoCommands extends Requests {
    /** Adds a place or moves it; 1 when it is new. */
    default long geoadd(String key, double longitude, double latitude, String member) {
        return request("GEOADD").add(key).add(longitude).add(latitude).add(member).integer();
    }

    /** {@link #geoadd(String, double, double, String)} with bytes. */
    default long geoadd(byte[] key, double longitude, double latitude, byte[] member) {
        return request("GEOADD").add(key).add(longitude).add(latitude).add(member).integer();
    }

    /** The same under conditions. */
    default long geoadd(String key, double longitude, double latitude, String member, GeoAddParams params) {
        return request("GEOADD").add(key).add(params).add(longitude).add(latitude).add(member).integer();
    }

    /** {@link #geoadd(String, double, double, String, GeoAddParams)} with bytes. */
    default long geoadd(byte[] key, double longitude, double latitude, byte[] member, GeoAddParams params) {
        return request("GEOADD").add(key).add(params).add(longitude).add(latitude).add(member).integer();
    }

    /** Metres between two places; null when one is missing. */
    default Double geodist(String key, String member1, String member2) {
        return request("GEODIST").add(key).add(member1).add(member2).as(Decoders.DECIMAL);
    }

    /** {@link #geodist(String, String, String)} with bytes. */
    default Double geodist(byte[] key, byte[] member1, byte[] member2) {
        return request("GEODIST").add(key).add(member1).add(member2).as(Decoders.DECIMAL);
    }

    /** The same in another unit. */
    default Double geodist(String key, String member1, String member2, GeoUnit unit) {
        return request("GEODIST").add(key).add(member1).add(member2).add(unit).as(Decoders.DECIMAL);
    }

    /** {@link #geodist(String, String, String, GeoUnit)} with bytes. */
    default Double geodist(byte[] key, byte[] member1, byte[] member2, GeoUnit unit) {
        return request("GEODIST").add(key).add(member1).add(member2).add(unit).as(Decoders.DECIMAL);
    }

    /** Geohashes of eleven characters, null for places that are missing. */
    default List<String> geohash(String key, String... members) {
        return request("GEOHASH").add(key).addAll(members).texts();
    }

    /** {@link #geohash(String, String...)} with bytes. */
    default List<byte[]> geohash(byte[] key, byte[]... members) {
        return request("GEOHASH").add(key).addAll(members).byteArrays();
    }

    /** Where places are, null for those that are missing. */
    default List<GeoPoint> geopos(String key, String... members) {
        return request("GEOPOS").add(key).addAll(members).as(GeoPoint.LIST);
    }

    /** {@link #geopos(String, String...)} with bytes. */
    default List<GeoPoint> geopos(byte[] key, byte[]... members) {
        return request("GEOPOS").add(key).addAll(members).as(GeoPoint.LIST);
    }

    /** The places within a circle or rectangle. */
    default List<GeoMember> geosearch(String key, GeoSearchParams params) {
        return request("GEOSEARCH").add(key).add(params).as(params.decoder());
    }

    /** {@link #geosearch(String, GeoSearchParams)} with bytes. */
    default List<GeoMember> geosearch(byte[] key, GeoSearchParams params) {
        return request("GEOSEARCH").add(key).add(params).as(params.decoder());
    }

    /** The same, stored with geohashes as scores; how many. */
    default long geosearchStore(String destination, String source, GeoSearchParams params) {
        return request("GEOSEARCHSTORE").add(destination).add(source).add(params).integer();
    }

    /** {@link #geosearchStore(String, String, GeoSearchParams)} with bytes. */
    default long geosearchStore(byte[] destination, byte[] source, GeoSearchParams params) {
        return request("GEOSEARCHSTORE").add(destination).add(source).add(params).integer();
    }

    /** The same with distances as scores. */
    default long geosearchStoreStoreDist(String destination, String source, GeoSearchParams params) {
        return request("GEOSEARCHSTORE").add(destination).add(source).add(params).add("STOREDIST").integer();
    }

    /** {@link #geosearchStoreStoreDist(String, String, GeoSearchParams)} with bytes. */
    default long geosearchStoreStoreDist(byte[] destination, byte[] source, GeoSearchParams params) {
        return request("GEOSEARCHSTORE").add(destination).add(source).add(params).add("STOREDIST").integer();
    }
}
