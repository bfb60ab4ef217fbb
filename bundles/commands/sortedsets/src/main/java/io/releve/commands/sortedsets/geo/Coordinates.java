package io.releve.commands.sortedsets.geo;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.CommandException;
import io.releve.command.Reply;
import io.releve.commands.sortedsets.Score;
import io.releve.keyspace.SortedSetValue;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** A place in degrees. */
record Coordinates(double longitude, double latitude) {
    private static final int DECIMALS = 17;
    private static final int DECIMALS_OF_ERROR = 6;

    /**
     * Reads two arguments.
     *
     * @throws CommandException when they are no numbers, or beyond what the map shows
     */
    static Coordinates parse(Arguments arguments, int from) {
        double longitude = Score.parse(arguments.get(from), CommandException.NOT_FLOAT);
        double latitude = Score.parse(arguments.get(from + 1), CommandException.NOT_FLOAT);
        if (Math.abs(longitude) > Geohash.MAX_LONGITUDE || Math.abs(latitude) > Geohash.MAX_LATITUDE) {
            throw new CommandException("ERR invalid longitude,latitude pair " + fixed(longitude) + ","
                    + fixed(latitude));
        }
        return new Coordinates(longitude, latitude);
    }

    /** As C's printf writes it with {@code %f}. */
    private static String fixed(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        String text = new BigDecimal(Math.abs(value)).setScale(DECIMALS_OF_ERROR, RoundingMode.HALF_EVEN)
                .toPlainString();
        return value < 0 || 1 / value < 0 ? "-" + text : text;
    }

    /** The place a score stands for. */
    static Coordinates of(double score) {
        return new Coordinates(Geohash.longitude(score), Geohash.latitude(score));
    }

    /** The place of a member, or null when it is not there. */
    static Coordinates of(SortedSetValue set, Bytes member) {
        double score = set.score(member);
        return Double.isNaN(score) ? null : of(score);
    }

    /** Answers with both numbers. */
    void write(Reply reply) {
        reply.array(2);
        reply.decimal(longitude, text(longitude));
        reply.decimal(latitude, text(latitude));
    }

    private static String text(double degrees) {
        return new BigDecimal(degrees).setScale(DECIMALS, RoundingMode.HALF_EVEN).stripTrailingZeros().toPlainString();
    }

    double distance(Coordinates other) {
        return Distance.between(longitude, latitude, other.longitude, other.latitude);
    }
}
