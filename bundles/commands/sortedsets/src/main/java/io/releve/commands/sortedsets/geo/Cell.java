package io.releve.commands.sortedsets.geo;

import java.util.ArrayList;
import java.util.List;

/**
 * A cell of the grid that {@code 2^steps} columns and rows make of the map; the scores of the places in it are
 * neighbours.
 */
record Cell(long x, long y, int steps) {
    /** Half of the earth's circumference at the equator in the projection, in metres. */
    private static final double MERCATOR_MAX = 20037726.37;
    /** Latitudes from which on cells are narrower than they look: coarser ones are taken. */
    private static final double FAR = 66;
    private static final double VERY_FAR = 80;

    /** The cell in which a place lies. */
    static Cell of(Coordinates place, int steps) {
        long bits = Geohash.encode(place.longitude(), place.latitude(), Geohash.MAX_LATITUDE, steps);
        return new Cell(Geohash.x(bits), Geohash.y(bits), steps);
    }

    /** Round the map. What lies on its eastern or northern edge is in a cell beyond: only a step brings it back. */
    private Cell neighbour(int right, int up) {
        return new Cell(move(x, right), move(y, up), steps);
    }

    private long move(long position, int by) {
        return by == 0 ? position : position + by & (1L << steps) - 1;
    }

    private double west() {
        return Geohash.west(x, steps);
    }

    private double east() {
        return Geohash.west(x + 1, steps);
    }

    private double south() {
        return Geohash.south(y, steps);
    }

    private double north() {
        return Geohash.south(y + 1, steps);
    }

    /** The lowest score in the cell. */
    double lowest() {
        return score(Geohash.interleave(x, y));
    }

    /** The lowest score after those in the cell. */
    double after() {
        return score(Geohash.interleave(x, y) + 1);
    }

    private double score(long bits) {
        return bits << 2 * (Geohash.STEPS - steps);
    }

    /**
     * The cells in which the places of a shape lie: that of its centre and as many of the eight around it as it reaches
     * into, in Redis' order, which clients see where they do not ask for another.
     */
    static List<Cell> covering(Shape shape) {
        int steps = steps(shape.radius(), Math.abs(shape.center.latitude()));
        Cell middle = of(shape.center, steps);
        if (steps > 1 && !middle.reaches(shape)) {
            steps--;
            middle = of(shape.center, steps);
        }
        boolean all = steps < 2;
        boolean north = all || middle.north() <= shape.north();
        boolean south = all || middle.south() >= shape.south();
        boolean east = all || middle.east() <= shape.east();
        boolean west = all || middle.west() >= shape.west();
        List<Cell> cells = new ArrayList<>();
        cells.add(middle);
        middle.add(cells, north, 0, 1);
        middle.add(cells, south, 0, -1);
        middle.add(cells, east, 1, 0);
        middle.add(cells, west, -1, 0);
        middle.add(cells, north && east, 1, 1);
        middle.add(cells, north && west, -1, 1);
        middle.add(cells, south && east, 1, -1);
        middle.add(cells, south && west, -1, -1);
        return cells;
    }

    /** Adds a neighbour, unless it is the one added before: a coarse grid has fewer cells than there are directions. */
    private void add(List<Cell> cells, boolean wanted, int right, int up) {
        if (wanted) {
            Cell cell = neighbour(right, up);
            if (!cell.equals(cells.get(cells.size() - 1))) {
                cells.add(cell);
            }
        }
    }

    /** Whether this cell and its neighbours hold the shape. */
    private boolean reaches(Shape shape) {
        return neighbour(0, 1).north() >= shape.north() && neighbour(0, -1).south() <= shape.south()
                && neighbour(1, 0).east() >= shape.east() && neighbour(-1, 0).west() <= shape.west();
    }

    /** How fine the grid may be so that nine cells hold a circle. */
    private static int steps(double radius, double latitude) {
        if (radius == 0) {
            return Geohash.STEPS;
        }
        int steps = 1;
        for (double r = radius; r < MERCATOR_MAX; r *= 2) {
            steps++;
        }
        steps -= 2;
        if (latitude > FAR) {
            steps--;
        }
        if (latitude > VERY_FAR) {
            steps--;
        }
        return Math.max(1, Math.min(Geohash.STEPS, steps));
    }
}
