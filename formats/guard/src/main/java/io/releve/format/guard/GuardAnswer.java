package io.releve.format.guard;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a server of ours answers to GUARD: fields and values (docs/sentinel-protocol.md).
 *
 * @param epoch configuration epoch it knows
 * @param term the epoch in which it came to lead, if it does
 * @param clock ms of its own clock
 * @param fence what it waits to hear echoed before it serves, empty while it serves
 * @param paused whether it holds its writes for a planned change
 * @param offset place in its stream up to which everything it has answered stands
 * @param promise epoch before which it acknowledges nothing to any master any more
 * @param arrangement the in-sync set it works by as a master; {@link Arrangement#NONE} when there is none
 * @param wish the set it asks for, and heeds beside the other until that is decided; {@link Arrangement#NONE} without
 */
public record GuardAnswer(boolean isMaster, long epoch, long term, long clock, String fence, boolean paused, long offset, long promise,
        Arrangement arrangement, Arrangement wish) {
    /** Fields and values as the server sends them. */
    public List<String> words() {
        return List.of("role", isMaster ? "master" : "replica", "epoch", String.valueOf(epoch), "term",
                String.valueOf(term), "clock", String.valueOf(clock),
                "fence", fence, "paused", paused ? "1" : "0", "offset", String.valueOf(offset), "promise",
                String.valueOf(promise), "arrangement",
                text(arrangement), "wish", text(wish));
    }

    private static String text(Arrangement arrangement) {
        return arrangement.equals(Arrangement.NONE) ? "" : String.join(" ", arrangement.words());
    }

    private static Arrangement parse(String text) {
        return text == null || text.isEmpty() ? Arrangement.NONE : Arrangement.parse(List.of(text.split(" ")));
    }

    /** Null when it is none. */
    public static GuardAnswer of(Object reply) {
        if (!(reply instanceof List<?> list) || list.size() % 2 != 0) {
            return null;
        }
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < list.size(); i += 2) {
            fields.put(String.valueOf(list.get(i)), String.valueOf(list.get(i + 1)));
        }
        try {
            return new GuardAnswer(fields.getOrDefault("role", "").equals("master"), Long.parseLong(fields.get("epoch")),
                    Long.parseLong(fields.getOrDefault("term", "0")), Long.parseLong(fields.get("clock")), fields.getOrDefault("fence", ""),
                    fields.getOrDefault("paused", "").equals("1"), Long.parseLong(fields.get("offset")),
                    Long.parseLong(fields.getOrDefault("promise", "0")),
                    parse(fields.get("arrangement")), parse(fields.get("wish")));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
