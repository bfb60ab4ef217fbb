package io.releve.commands.sortedsets.geo;

/** The area that is searched; lengths are in metres. */
abstract class Shape {
    final Coordinates center;
    /** How far it reaches to the east and to the west. */
    private final double halfWidth;
    /** How far it reaches to the north and to the south. */
    private final double halfHeight;

    private Shape(Coordinates center, double halfWidth, double halfHeight) {
        this.center = center;
        this.halfWidth = halfWidth;
        this.halfHeight = halfHeight;
    }

    static Shape circle(Coordinates center, double radius) {
        return new Shape(center, radius, radius) {
            @Override
            double radius() {
                return radius;
            }

            @Override
            double distance(double longitude, double latitude) {
                double distance = Distance.between(center.longitude(), center.latitude(), longitude, latitude);
                return distance > radius ? Double.NaN : distance;
            }
        };
    }

    static Shape box(Coordinates center, double width, double height) {
        return new Shape(center, width / 2, height / 2) {
            @Override
            double radius() {
                return Math.sqrt(width / 2 * (width / 2) + height / 2 * (height / 2));
            }

            @Override
            double distance(double longitude, double latitude) {
                if (Distance.alongMeridian(latitude, center.latitude()) > height / 2
                        || Distance.between(longitude, latitude, center.longitude(), latitude) > width / 2) {
                    return Double.NaN;
                }
                return Distance.between(center.longitude(), center.latitude(), longitude, latitude);
            }
        };
    }

    /** Radius of the circle around it. */
    abstract double radius();

    /** How far a place is from the centre, NaN when it lies outside. */
    abstract double distance(double longitude, double latitude);

    double north() {
        return center.latitude() + latitudes();
    }

    double south() {
        return center.latitude() - latitudes();
    }

    double east() {
        return center.longitude() + longitudes();
    }

    double west() {
        return center.longitude() - longitudes();
    }

    private double latitudes() {
        return Distance.degrees(halfHeight / Distance.EARTH_RADIUS);
    }

    /** Measured along the side that is nearer to a pole, where degrees are shorter. */
    private double longitudes() {
        double nearer = center.latitude() < 0 ? south() : north();
        return Distance.degrees(halfWidth / Distance.EARTH_RADIUS / Math.cos(Distance.radians(nearer)));
    }
}
