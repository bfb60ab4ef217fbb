package io.releve.commands.sortedsets.geo;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.commands.sortedsets.Score;
import io.releve.keyspace.SortedSetValue;

/** What GEOSEARCH, GEORADIUS and their kin ask for. */
final class SearchRequest {
    private static final String FROM_MEMBER = "FROMMEMBER";
    private static final String FROM_COORDINATES = "FROMLONLAT";
    private static final String BY_RADIUS = "BYRADIUS";
    private static final String BY_BOX = "BYBOX";
    private static final CommandException NO_MEMBER =
            new CommandException("ERR could not decode requested zset member");
    private static final CommandException NO_COUNT = new CommandException("ERR COUNT must be > 0");
    private static final CommandException ANY_OF_ALL =
            new CommandException("ERR the ANY argument requires COUNT argument");
    private static final CommandException NO_RADIUS = new CommandException("ERR need numeric radius");
    private static final CommandException NEGATIVE_RADIUS = new CommandException("ERR radius cannot be negative");
    private static final CommandException NO_WIDTH = new CommandException("ERR need numeric width");
    private static final CommandException NO_HEIGHT = new CommandException("ERR need numeric height");
    private static final CommandException NEGATIVE_SIDE =
            new CommandException("ERR height or width cannot be negative");

    private final Arguments arguments;
    /** Null when the key is not there: then nothing is found, but the request is checked all the same. */
    private final SortedSetValue set;
    private final boolean search;
    /** The option that gave the centre, or null. */
    private String from;
    private Coordinates center;
    /** The option that gave the shape, or null. */
    private String by;
    private double radius;
    private double width;
    private double height;
    private Distance.Unit unit;
    private boolean any;
    private long count;
    private Boolean nearestFirst;
    boolean withDistance;
    boolean withHash;
    boolean withCoordinates;
    /** Where the result is stored, or null. */
    Bytes destination;
    boolean storesDistance;

    private SearchRequest(Arguments arguments, SortedSetValue set, boolean search) {
        this.arguments = arguments;
        this.set = set;
        this.search = search;
    }

    /** GEOSEARCH, and GEOSEARCHSTORE when there is a destination. */
    static SearchRequest search(Call call, SortedSetValue set, Bytes destination) {
        SearchRequest request = new SearchRequest(call.arguments(), set, true);
        request.destination = destination;
        request.options(destination == null ? 2 : 3, destination != null);
        request.checkStore("GEOSEARCHSTORE");
        String name = request.arguments.get(0).latin1();
        if (request.from == null) {
            throw new CommandException("ERR exactly one of FROMMEMBER or FROMLONLAT can be specified for " + name);
        }
        if (request.by == null) {
            throw new CommandException("ERR exactly one of BYRADIUS and BYBOX can be specified for " + name);
        }
        request.checkAny();
        return request;
    }

    /** GEORADIUS and GEORADIUSBYMEMBER. */
    static SearchRequest radius(Call call, SortedSetValue set, boolean member, boolean mayStore) {
        SearchRequest request = new SearchRequest(call.arguments(), set, false);
        if (!member) {
            request.center = Coordinates.parse(request.arguments, 2);
            request.radius(4);
        } else if (set != null) {
            request.member(2);
            request.radius(3);
        }
        request.options(member ? 5 : 6, mayStore);
        request.checkStore("STORE option in GEORADIUS");
        request.checkAny();
        return request;
    }

    private void options(int from, boolean mayStore) {
        for (int i = from; i < arguments.size(); i++) {
            int left = arguments.size() - i - 1;
            if (arguments.is(i, "WITHDIST")) {
                withDistance = true;
            } else if (arguments.is(i, "WITHHASH")) {
                withHash = true;
            } else if (arguments.is(i, "WITHCOORD")) {
                withCoordinates = true;
            } else if (arguments.is(i, "ANY")) {
                any = true;
            } else if (arguments.is(i, "ASC")) {
                nearestFirst = true;
            } else if (arguments.is(i, "DESC")) {
                nearestFirst = false;
            } else if (arguments.is(i, "COUNT") && left >= 1) {
                count = arguments.integer(++i);
                if (count <= 0) {
                    throw NO_COUNT;
                }
            } else {
                i += search ? area(i, left, mayStore) : store(i, left, mayStore);
            }
        }
    }

    /** An option of GEORADIUS alone; returns how many words belong to it beyond the first. */
    private int store(int i, int left, boolean mayStore) {
        boolean distance = arguments.is(i, "STOREDIST");
        if (!mayStore || left < 1 || !distance && !arguments.is(i, "STORE")) {
            throw CommandException.SYNTAX;
        }
        destination = arguments.get(i + 1);
        storesDistance = distance;
        return 1;
    }

    /** An option of GEOSEARCH alone; returns how many words belong to it beyond the first. */
    private int area(int i, int left, boolean mayStore) {
        if (arguments.is(i, FROM_MEMBER) && left >= 1 && isFree(from, FROM_MEMBER)) {
            from = FROM_MEMBER;
            if (set != null) {
                member(i + 1);
            }
            return 1;
        }
        if (arguments.is(i, FROM_COORDINATES) && left >= 2 && isFree(from, FROM_COORDINATES)) {
            from = FROM_COORDINATES;
            center = Coordinates.parse(arguments, i + 1);
            return 2;
        }
        if (arguments.is(i, BY_RADIUS) && left >= 2 && isFree(by, BY_RADIUS)) {
            by = BY_RADIUS;
            radius(i + 1);
            return 2;
        }
        if (arguments.is(i, BY_BOX) && left >= 3 && isFree(by, BY_BOX)) {
            by = BY_BOX;
            box(i + 1);
            return 3;
        }
        if (mayStore && arguments.is(i, "STOREDIST")) {
            storesDistance = true;
            return 0;
        }
        throw CommandException.SYNTAX;
    }

    /** An option may be repeated, the last one counts; but it excludes the other one. */
    private static boolean isFree(String chosen, String option) {
        return chosen == null || chosen.equals(option);
    }

    private void member(int i) {
        center = Coordinates.of(set, arguments.get(i));
        if (center == null) {
            throw NO_MEMBER;
        }
    }

    private void radius(int i) {
        radius = Score.parse(arguments.get(i), NO_RADIUS);
        if (radius < 0) {
            throw NEGATIVE_RADIUS;
        }
        unit = Distance.Unit.parse(arguments.get(i + 1));
    }

    private void box(int i) {
        width = Score.parse(arguments.get(i), NO_WIDTH);
        height = Score.parse(arguments.get(i + 1), NO_HEIGHT);
        if (width < 0 || height < 0) {
            throw NEGATIVE_SIDE;
        }
        unit = Distance.Unit.parse(arguments.get(i + 2));
    }

    private void checkStore(String what) {
        if (destination != null && (withDistance || withHash || withCoordinates)) {
            throw new CommandException("ERR " + what
                    + " is not compatible with WITHDIST, WITHHASH and WITHCOORD options");
        }
    }

    private void checkAny() {
        if (any && count == 0) {
            throw ANY_OF_ALL;
        }
    }

    /** The places asked for; none when the key is not there. */
    Places places() {
        Places places = new Places(unit);
        if (set != null) {
            Shape shape = BY_BOX.equals(by) ? Shape.box(center, width * unit.metres, height * unit.metres)
                    : Shape.circle(center, radius * unit.metres);
            places.collect(set, shape, any ? count : Long.MAX_VALUE);
            // The nearest ones are meant where no order is given.
            Boolean order = nearestFirst == null && count > 0 && !any ? Boolean.TRUE : nearestFirst;
            if (order != null) {
                places.sort(order);
            }
            if (count > 0) {
                places.limit(count);
            }
        }
        return places;
    }
}
