package io.releve.commands.sortedsets.geo;

import io.releve.bytes.Bytes;
import io.releve.command.CommandException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Distances on the earth taken as a sphere (redis.io/commands/geodist). */
final class Distance {
    /** In metres. */
    static final double EARTH_RADIUS = 6372797.560856;

    private static final double RADIANS = Math.PI / 180;
    private static final int DECIMALS = 4;

    private Distance() {
    }

    static double radians(double degrees) {
        return degrees * RADIANS;
    }

    static double degrees(double radians) {
        return radians / RADIANS;
    }

    /** Metres between two places, by the haversine formula. */
    static double between(double longitude, double latitude, double otherLongitude, double otherLatitude) {
        double v = Math.sin((radians(otherLongitude) - radians(longitude)) / 2);
        if (v == 0) {
            return alongMeridian(latitude, otherLatitude);
        }
        double lat = radians(latitude);
        double otherLat = radians(otherLatitude);
        double u = Math.sin((otherLat - lat) / 2);
        return 2 * EARTH_RADIUS * Math.asin(Math.sqrt(u * u + Math.cos(lat) * Math.cos(otherLat) * v * v));
    }

    /** Metres between two latitudes. */
    static double alongMeridian(double latitude, double otherLatitude) {
        return EARTH_RADIUS * Math.abs(radians(otherLatitude) - radians(latitude));
    }

    /** A distance as it is replied: four decimals. */
    static String text(double distance) {
        return new BigDecimal(distance).setScale(DECIMALS, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** What distances are given in. */
    enum Unit {
        M(1), KM(1000), FT(0.3048), MI(1609.34);

        private static final CommandException UNSUPPORTED =
                new CommandException("ERR unsupported unit provided. please use M, KM, FT, MI");
        private static final Unit[] ALL = values();

        /** Metres in one of it. */
        final double metres;

        Unit(double metres) {
            this.metres = metres;
        }

        /** @throws CommandException when the word is no unit */
        static Unit parse(Bytes word) {
            for (Unit unit : ALL) {
                if (word.is(unit.name())) {
                    return unit;
                }
            }
            throw UNSUPPORTED;
        }
    }
}
