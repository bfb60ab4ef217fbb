package io.releve.embedded;

/** Metres, kilometres, feet, miles. */
public enum GeoUnit {
    M, KM, FT, MI
}
