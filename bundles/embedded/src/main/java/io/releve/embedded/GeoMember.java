package io.releve.embedded;

import java.nio.charset.StandardCharsets;

/**
 * A place that GEOSEARCH has found.
 *
 * @param name the member as bytes
 * @param distance from the centre in the unit of the search; null when it was not asked for
 * @param hash the score; null when it was not asked for
 * @param point null when it was not asked for
 */
public record GeoMember(byte[] name, Double distance, Long hash, GeoPoint point) {
    /** The member as text. */
    public String member() {
        return new String(name, StandardCharsets.UTF_8);
    }
}
