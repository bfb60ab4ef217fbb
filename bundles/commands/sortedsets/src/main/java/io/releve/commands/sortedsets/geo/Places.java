package io.releve.commands.sortedsets.geo;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.Reply;
import io.releve.commands.sortedsets.Result;
import io.releve.keyspace.SortedSetValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Places found in an area. */
final class Places {
    /** @param distance from the centre, in metres */
    private record Place(Bytes member, double score, double distance) {
    }

    private final List<Place> found = new ArrayList<>();
    private final Distance.Unit unit;

    /** @param unit what distances are given in; null when nothing will be found */
    Places(Distance.Unit unit) {
        this.unit = unit;
    }

    /** Adds the members that lie in an area, at most {@code most}. */
    void collect(SortedSetValue set, Shape shape, long most) {
        for (Cell cell : Cell.covering(shape)) {
            long from = set.rank(cell.lowest(), false);
            long count = set.rank(cell.after(), false) - from;
            if (count > 0 && found.size() < most) {
                collect(set, from, count, shape, most);
            }
        }
    }

    private void collect(SortedSetValue set, long from, long count, Shape shape, long most) {
        long[] left = {count};
        set.visit(from, true, (member, score) -> {
            double distance = shape.distance(Geohash.longitude(score), Geohash.latitude(score));
            if (!Double.isNaN(distance)) {
                found.add(new Place(member.copy(), score, distance));
            }
            return --left[0] > 0 && found.size() < most;
        });
    }

    void sort(boolean nearestFirst) {
        Comparator<Place> order = Comparator.comparingDouble(Place::distance);
        found.sort(nearestFirst ? order : order.reversed());
    }

    /** Keeps the first ones. */
    void limit(long count) {
        if (count < found.size()) {
            found.subList((int) count, found.size()).clear();
        }
    }

    /** Answers with the places and what else is asked for. */
    void write(Reply reply, SearchRequest request) {
        int more = (request.withDistance ? 1 : 0) + (request.withHash ? 1 : 0) + (request.withCoordinates ? 1 : 0);
        reply.array(found.size());
        for (Place place : found) {
            if (more > 0) {
                reply.array(1 + more);
            }
            reply.bulk(place.member);
            if (request.withDistance) {
                reply.bulk(Distance.text(place.distance / unit.metres));
            }
            if (request.withHash) {
                reply.integer((long) place.score);
            }
            if (request.withCoordinates) {
                Coordinates.of(place.score).write(reply);
            }
        }
    }

    /** Stores the places in a sorted set, with their geohashes or their distances as scores, and answers. */
    void store(Call call, Bytes destination, boolean distances, String event) {
        SortedSetValue result = Result.begin(call);
        for (Place place : found) {
            result.put(place.member, distances ? place.distance / unit.metres : place.score);
        }
        Result.store(call, destination, result, event);
        if (!found.isEmpty()) {
            call.countChanges(found.size() - 1);
        }
        call.reply().integer(found.size());
    }
}
