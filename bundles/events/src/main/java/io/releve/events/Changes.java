package io.releve.events;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares what does the work of each part, and what the server is, with what it was. One thread. */
final class Changes {
    /** The part that stands for what the server is. */
    static final String ROLE = "role";

    private final Map<String, String> last = new HashMap<>();

    /** @param from what it was, @param to what it is */
    record Change(String part, String from, String to) {
    }

    /**
     * What has changed since the last call. A part that is seen for the first time has not changed; one that is away is
     * remembered, so that it has changed when another comes in its place.
     */
    List<Change> next(Map<String, String> now) {
        List<Change> changes = new ArrayList<>();
        now.forEach((part, value) -> {
            String before = last.put(part, value);
            if (before != null && !before.equals(value)) {
                changes.add(new Change(part, before, value));
            }
        });
        return changes;
    }
}
