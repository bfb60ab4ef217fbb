package io.releve.embedded.plain;

import io.releve.embedded.AutoClaimed;
import io.releve.embedded.GeoMember;
import io.releve.embedded.GeoPoint;
import io.releve.embedded.Reply;
import io.releve.embedded.ScanResult;
import io.releve.embedded.Scored;
import io.releve.embedded.StreamEntry;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A result as text, the same for the form with texts and that with bytes; maps and sets in order. */
final class ShownResult {
    private ShownResult() {
    }

    static String of(Object result) {
        if (result instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        if (result instanceof Map || result instanceof Set) {
            return sorted(result);
        }
        if (result instanceof List<?> list) {
            return list.stream().map(ShownResult::of).collect(Collectors.joining(", ", "[", "]"));
        }
        if (result instanceof Map.Entry<?, ?> entry) {
            return of(entry.getKey()) + '=' + of(entry.getValue());
        }
        return record(result);
    }

    /** A collection in the order of its elements' texts. */
    static String sorted(Object result) {
        Collection<?> all = result instanceof Map<?, ?> map ? map.entrySet() : (Collection<?>) result;
        return all.stream().map(ShownResult::of).sorted().collect(Collectors.joining(", ", "[", "]"));
    }

    private static String record(Object result) {
        if (result instanceof Scored<?> scored) {
            return of(scored.member()) + ':' + scored.score();
        }
        if (result instanceof StreamEntry entry) {
            return entry.id() + of(entry.binaryFields());
        }
        if (result instanceof ScanResult<?> step) {
            return step.cursor() + ' ' + sorted(step.found());
        }
        if (result instanceof AutoClaimed step) {
            return step.next() + ' ' + of(step.entries()) + ' ' + of(step.deleted());
        }
        if (result instanceof GeoPoint point) {
            return String.format(Locale.ROOT, "%.4f/%.4f", point.longitude(), point.latitude());
        }
        if (result instanceof GeoMember place) {
            return place.distance() == null ? place.member()
                    : place.member() + ' ' + place.distance() + ' ' + place.hash() + ' ' + of(place.point());
        }
        if (result instanceof Reply reply) {
            return reply.toString();
        }
        return String.valueOf(result);
    }
}
